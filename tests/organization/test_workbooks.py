"""Spreadsheets are looked through before they are read; the hostile ones are in hostile.py."""

from contextlib import suppress

import pytest

from survey.organization import workbooks
from survey.organization.lines import RosterError
from survey.organization.workbooks import Workbook, read_workbook
from tests.organization.arrivals import xlsx_of
from tests.organization.hostile import doctored

TEXTS, SHEET = "xl/sharedStrings.xml", "xl/worksheets/sheet1.xml"
FILLING = [(number, number * 7919 % 10_007) for number in range(900)]


def read(content: bytes, *, most_columns: int = 100, most_lines: int = 1000) -> Workbook:
    return read_workbook(content, most_columns=most_columns, most_lines=most_lines)


def with_texts(texts: bytes) -> bytes:
    """Return a spreadsheet whose shared texts say something else, padded against the bomb check."""
    return doctored(lambda name, part: texts if name == TEXTS else part, *FILLING)


class TestReadWorkbook:
    def test_yields_rows_with_their_numbers(self) -> None:
        book = read(xlsx_of(("a", "b"), (), (1001, True)))

        assert list(book.lines) == [(1, ["a", "b"]), (3, [1001.0, True])]
        assert book.emptiness == "the sheet 'Staff' is empty"

    def test_names_the_sheet_of_several(self) -> None:
        book = read(xlsx_of(("a",), sheets=("One", "Two")))

        assert book.emptiness == "the sheet 'One', the first of 2, is empty"

    @pytest.mark.parametrize(("most_columns", "most_lines"), [(2, 9), (9, 2)])
    def test_bounds_how_far_out_cells_stand(self, most_columns: int, most_lines: int) -> None:
        content = xlsx_of(("a", "b"), (1, 2), (3, 4, 5))

        with pytest.raises(RosterError, match=r"line 3, column [AC]: stands too far out"):
            read(content, most_columns=most_columns, most_lines=most_lines)

    def test_bounds_the_table_up_to_the_furthest_cells(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(workbooks, "MOST_CELLS", 5)
        with pytest.raises(RosterError, match="line 3, column A: stands too far out"):
            read(xlsx_of(("a", "b"), (1, 2), (3, 4)))

    def test_bounds_the_texts_once_every_cell_has_its_own(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        content = xlsx_of(*[("A" * 100, "B" * 100)] * 50)
        assert read(content)

        monkeypatch.setattr(workbooks, "MOST_TEXT", 10_000)
        with pytest.raises(RosterError, match="repeats a long text so often"):
            read(content)

    @pytest.mark.parametrize("text", [b"<si>", b"<si ", b"<si>" * 3 + b"</si>"])
    def test_looks_at_every_shared_text_once(self, text: bytes) -> None:
        """Text after text that never ends: looking for each end anew would take minutes."""
        content = with_texts(b"<sst>" + text * 100_000)

        with pytest.raises(RosterError, match="is damaged"):
            read(content)

    def test_finds_a_long_text_among_cells_that_never_end(self) -> None:
        long = b"<sst><si><t>" + b"A" * 10_000 + b"</t></si></sst>"
        sheet = b"<worksheet>" + b'<c r="A1" ' * 100_000 + b'><c r="B2" t="s"><v>0</v></c>'
        content = doctored(lambda name, part: {TEXTS: long, SHEET: sheet}.get(name, part))

        with pytest.raises(RosterError, match="line 2, column B: is longer than 1000 letters"):
            read(content)

    def test_lets_no_comment_hide_how_long_a_text_is(self) -> None:
        hidden = b"<sst><si><!--</si>--><t>" + b"A" * 10_000 + b"</t></si></sst>"

        with pytest.raises(RosterError, match="is damaged"):
            read(with_texts(hidden))

    def test_refuses_what_is_mangled_wherever_it_is(self) -> None:
        whole = xlsx_of(("person_id", "name"), *FILLING)
        for at in range(30, len(whole), 37):
            mangled = whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :]
            with suppress(RosterError):
                list(read(mangled).lines)
