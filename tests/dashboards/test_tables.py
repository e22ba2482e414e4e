"""Tables as files."""

import csv
from datetime import date
from io import BytesIO, StringIO
from zipfile import ZipFile

import pandas as pd
import pytest

from survey.dashboards.tables import (
    FORMULA_STARTS,
    Table,
    respond_with,
    write_csv,
    write_frame,
    write_xlsx,
)

TABLE = Table(
    "Teams: fairness/quarter [1]",
    ("team", "mean", "answers"),
    [("Bakery", 61.5, 12), ("=cmd()", None, 0)],
    (("teams", 2), ("release", "abc"), ("method", "@sum")),
)


def read_csv(table: Table) -> list[list[str]]:
    return list(csv.reader(StringIO("".join(write_csv(table)))))


def sheets(workbook: bytes) -> dict[str, str]:
    with ZipFile(BytesIO(workbook)) as book:
        return {name: book.read(name).decode() for name in book.namelist()}


class TestWriteCsv:
    def test_prints_the_rows_then_how_they_were_made(self) -> None:
        assert read_csv(TABLE)[:2] == [["team", "mean", "answers"], ["Bakery", "61.5", "12"]]
        assert read_csv(TABLE)[3:] == [[], ["teams", "2"], ["release", "abc"], ["method", "'@sum"]]

    def test_tells_a_missing_number_from_zero(self) -> None:
        assert read_csv(TABLE)[2][1:] == ["", "0"]

    @pytest.mark.parametrize("start", sorted(FORMULA_STARTS))
    def test_marks_text_that_a_spreadsheet_would_run(self, start: str) -> None:
        rows = read_csv(Table("t", ("a",), [(f"{start}1+1",)]))

        assert rows[1][0].startswith("'")

    def test_leaves_negative_numbers_numbers(self) -> None:
        assert read_csv(Table("t", ("a",), [(-1.5,)]))[1] == ["-1.5"]


class TestWriteFrame:
    def test_marks_words_and_leaves_numbers_as_they_are(self) -> None:
        rows = [("=1+1", -1 / 3, date(2026, 1, 1)), ("Bread", float("nan"), None)]

        written = write_frame(pd.DataFrame(rows, columns=["chain", "ex one", "wave"]))

        assert written == ("chain,ex one,wave\n'=1+1,-0.3333333333333333,2026-01-01\nBread,,\n")


class TestWriteXlsx:
    def test_holds_no_formula_and_no_link(self) -> None:
        table = Table("t", ("a",), [("=1+1",), ("https://example.org",)])

        parts = sheets(write_xlsx(table))

        assert "<f>" not in parts["xl/worksheets/sheet1.xml"]
        assert "<hyperlink" not in parts["xl/worksheets/sheet1.xml"]
        assert "'=1+1" in parts["xl/sharedStrings.xml"]

    def test_says_how_it_was_made_on_a_sheet_of_its_own(self) -> None:
        parts = sheets(write_xlsx(TABLE))

        assert "How it was made" in parts["xl/workbook.xml"]
        assert "Teams  fairness quarter  1" in parts["xl/workbook.xml"]
        assert "<v>61.5</v>" in parts["xl/worksheets/sheet1.xml"]


class TestRespondWith:
    @pytest.mark.parametrize("as_format", ["csv", "xlsx"])
    def test_names_the_file_after_the_table(self, as_format: str) -> None:
        response = respond_with(TABLE, as_format=as_format)

        assert response["Content-Disposition"] == (
            f'attachment; filename="teams-fairnessquarter-1.{as_format}"'
        )
