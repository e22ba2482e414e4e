import io
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
import xlsxwriter
from hypothesis import given, settings

from survey.questionnaires.documents import Document
from survey.questionnaires.importers import ImportRefusedError
from survey.questionnaires.importers.xlsform_sheets import read_first_rows
from survey.questionnaires.translations import compare
from survey.questionnaires.translations.tables import read_table, write_table
from tests.questionnaires.importers.makers import xlsx
from tests.questionnaires.sayable import documents
from tests.questionnaires.translations.samples import PIPED, texts_of, visit

HEAD = ("where", "source", "es", "ar")
LANGUAGES = ("en", "es", "ar")


def sheet(*rows: Sequence[Any]) -> bytes:
    return xlsx(texts=rows)


class TestWriteTable:
    def test_has_one_row_for_each_text_and_one_column_for_each_language(self) -> None:
        rows = read_first_rows(write_table(visit()))

        assert rows[0] == ["where", "source", "es", "ar"]
        assert rows[2] == ["item/ease/text", "How easy was it?", "¿Qué tan fácil fue?", ""]
        assert rows[5] == ["item/ease/answer/2", "Easy", "Fácil", "سهل"]
        assert len(rows) == 8

    def test_writes_what_looks_like_a_formula_as_text(self) -> None:
        [section] = visit().sections
        document = visit(sections=(_renamed(section, "=cmd|' /C calc'!A0"),))

        assert compare(document, read_table(write_table(document), LANGUAGES)[0]).left_aside == ()


class TestRoundTrip:
    @settings(max_examples=40, deadline=None)
    @given(document=documents())
    def test_changes_nothing(self, document: Document) -> None:
        languages = tuple(dict.fromkeys([*document.languages, "fr"]))
        document = replace(document, languages=languages)
        found, left_out = read_table(write_table(document), languages)

        comparison = compare(document, found)

        assert not left_out
        assert (comparison.changes, comparison.left_aside, comparison.faults) == ((), (), ())


class TestReadTable:
    def test_reads_what_was_filled_in(self) -> None:
        data = sheet(HEAD, ("item/why/text", PIPED, "Sí", "نعم"), ("section/visit", "Your visit"))

        found, left_out = read_table(data, LANGUAGES)

        assert texts_of(found) == {("item/why/text", "es"): "Sí", ("item/why/text", "ar"): "نعم"}
        assert found[0].row == "row 2"
        assert not left_out

    def test_finds_its_columns_in_any_order_under_any_name_of_a_language(self) -> None:
        data = sheet(("Notes", "Arabic", "SOURCE", "Where"), ("x", "نعم", PIPED, "item/why/text"))

        found, left_out = read_table(data, LANGUAGES)

        assert texts_of(found) == {("item/why/text", "ar"): "نعم"}
        assert [one.where for one in left_out] == ["column “Notes”"]

    def test_takes_numbers_and_days_as_text(self) -> None:
        data = sheet(HEAD, ("item/why/text", PIPED, 5, 2.5))

        assert sorted(texts_of(read_table(data, LANGUAGES)[0]).values()) == ["2.5", "5"]

    @pytest.mark.parametrize(
        ("data", "why"),
        [
            (sheet(), "its first sheet is empty"),
            (sheet(("where", "es")), "one column “source”"),
            (sheet(("source", "es")), "one column “where”"),
            (sheet(("where", "where", "source", "es")), "one column “where”"),
            (sheet(("where", "source")), "none of them is a language"),
            (sheet(("where", "source", "fr")), "none of them is a language"),
            (sheet(("where", "source", "es", "Spanish")), "two columns for es"),
            (sheet(("just", "some"), ("other", "table")), "one column “where”"),
            (b"PK\x03\x04 no archive", "damaged"),
            (write_table(visit())[:900], "damaged"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old spreadsheet or has a password"),
        ],
    )
    def test_refuses_other_tables(self, data: bytes, why: str) -> None:
        with pytest.raises(ImportRefusedError) as refused:
            read_table(data, LANGUAGES)

        assert why in str(refused.value)

    def test_refuses_formulas_and_says_where_they_stand(self) -> None:
        buffer = io.BytesIO()
        with xlsxwriter.Workbook(buffer) as book:
            page = book.add_worksheet()
            page.write_row(0, 0, HEAD)
            page.write_row(1, 0, ("item/why/text", PIPED))
            page.write_formula("C2", '=HYPERLINK("https://example.org","x")', None, "x")

        with pytest.raises(ImportRefusedError) as refused:
            read_table(buffer.getvalue(), LANGUAGES)

        assert (refused.value.where, "formula" in refused.value.why) == ("cell C2", True)

    def test_takes_a_text_that_begins_like_a_formula(self) -> None:
        data = sheet(HEAD)
        buffer = io.BytesIO()
        with xlsxwriter.Workbook(buffer) as book:
            page = book.add_worksheet()
            for row, cells in enumerate((HEAD, ("item/why/text", PIPED, "=cmd|'x'!A0"))):
                for column, cell in enumerate(cells):
                    page.write_string(row, column, cell)
        assert data

        found, _left_out = read_table(buffer.getvalue(), LANGUAGES)

        assert texts_of(found) == {("item/why/text", "es"): "=cmd|'x'!A0"}


def _renamed(section: Any, heading: str) -> Any:
    return type(section)(section.code, section.items, {"en": heading, "es": heading})
