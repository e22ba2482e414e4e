"""A roster as a table."""

import pytest

from survey.organization import sheets
from survey.organization.lines import RosterError
from survey.organization.sheets import read_table
from tests.organization.arrivals import xlsx_of


class TestReadTable:
    @pytest.mark.parametrize("delimiter", [",", ";", "\t"])
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
    def test_reads_what_spreadsheets_write(self, delimiter: str, encoding: str) -> None:
        text = delimiter.join(("Name", "Ort")) + "\r\n" + delimiter.join(("Zoë", "Łódź"))
        table = read_table(text.encode(encoding))

        assert table.headings == ("Name", "Ort")
        assert list(table.lines) == [(2, ["Zoë", "Łódź"])]

    def test_numbers_lines_as_an_editor_does(self) -> None:
        table = read_table(b'a,b\n"1\n2",3\n\n4,5\n')

        assert [line for line, _ in table.lines] == [2, 5]

    def test_numbers_the_rows_of_a_spreadsheet_as_it_does(self) -> None:
        table = read_table(xlsx_of((), ("a", "b"), (), (1, 2)))

        assert table.headings == ("a", "b")
        assert list(table.lines) == [(4, [1.0, 2.0])]

    def test_looks_ahead_and_loses_nothing(self) -> None:
        table, seen = read_table(xlsx_of(("a", "b"), (7, "x"), ("#REF!", ""), (8, "y"))).peek(2)

        assert seen == {"a": ["7"], "b": ["x", ""]}
        assert [line for line, _ in table.lines] == [2, 3, 4]

    def test_drops_empty_columns_at_the_end(self) -> None:
        assert read_table(b"a,b,,\n1,2,,\n").headings == ("a", "b")

    def test_bounds_the_size(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sheets, "LARGEST", 10)
        with pytest.raises(RosterError, match="the file is larger than"):
            read_table(b"a,b\n" * 5)

    def test_bounds_the_lines(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sheets, "MOST_LINES", 3)
        with pytest.raises(RosterError, match="line 3: the file has more than 3 lines"):
            read_table(b"a,b\n" * 5)
