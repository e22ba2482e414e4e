"""CSV files from outside."""

import pytest

from survey.samples.tables import CountsFileError, read_table
from tests.samples.counts_files import source


def problems_of(text: str | bytes, columns: tuple[str, ...] = ("a", "b")) -> list[str]:
    with pytest.raises(CountsFileError) as caught:
        read_table(source("file.csv", text), columns)
    return [str(problem) for problem in caught.value.problems]


class TestReadTable:
    def test_reads_the_columns_asked_for_in_that_order(self) -> None:
        rows = read_table(source("file.csv", "b,c,a\n1,2,3\n"), ("a", "b"))

        assert [(row.line, row.values) for row in rows] == [(2, ("3", "1"))]

    def test_takes_a_byte_order_mark_and_windows_line_ends(self) -> None:
        rows = read_table(source("file.csv", b"\xef\xbb\xbfa,b\r\n 1 ,2\r\n\r\n"), ("a", "b"))

        assert [row.values for row in rows] == [("1", "2")]

    def test_counts_the_lines_inside_quoted_fields(self) -> None:
        assert problems_of('a,b\n"one\ntwo",3\n4\n') == [
            "file.csv, line 4: the row is cut short: 1 of 2 fields"
        ]

    def test_names_every_row_with_the_wrong_number_of_fields(self) -> None:
        assert problems_of("a,b\n1\n1,2\n1,2,3\n") == [
            "file.csv, line 2: the row is cut short: 1 of 2 fields",
            "file.csv, line 4: the row has too many fields: 3 of 2 fields",
        ]

    def test_refuses_a_missing_column(self) -> None:
        assert problems_of("a,c\n1,2\n") == ['file.csv, line 1: the column "b" is missing']

    def test_refuses_a_column_that_stands_there_twice(self) -> None:
        assert problems_of("a,b,b\n1,2,3\n") == [
            'file.csv, line 1: the column "b" stands there twice'
        ]

    @pytest.mark.parametrize("text", ["", "\n\n", "a,b\n"])
    def test_refuses_a_file_without_rows(self, text: str) -> None:
        assert problems_of(text)

    @pytest.mark.parametrize(
        "data",
        [
            "a,b\n1,é\n".encode("latin-1"),
            "a,b\n1,2\n".encode("utf-16"),
            b"a,b\n1,\xed\xa0\x80\n",
            b"\x00\xff" * 50,
        ],
    )
    def test_refuses_what_is_not_utf_8(self, data: bytes) -> None:
        assert problems_of(data)[0].endswith("this is not UTF-8 text")

    def test_refuses_a_nul_with_its_line(self) -> None:
        assert problems_of("a,b\n1,2\n1,\0\n") == ["file.csv, line 3: there is a NUL character"]

    def test_refuses_a_quote_that_never_ends(self) -> None:
        assert "this is not CSV" in problems_of('a,b\n1,"2\n3,4\n')[0]

    def test_refuses_a_field_larger_than_the_reader_takes(self) -> None:
        assert "this is not CSV" in problems_of("a,b\n1," + "x" * 200_000 + "\n")[0]

    def test_shows_at_most_twenty_problems_and_counts_the_rest(self) -> None:
        with pytest.raises(CountsFileError) as caught:
            read_table(source("file.csv", "a,b\n" + "1\n" * 25), ("a", "b"))

        assert len(caught.value.problems) == 25
        assert str(caught.value).endswith("and 5 more")
