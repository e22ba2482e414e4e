"""Files of lines: problems named by their place, and CSV read line by line."""

import pytest

from survey.core.lines import BrokenCsvError, FileError, LineProblem, read_csv


class TestLineProblem:
    def test_names_the_column_where_there_is_one(self) -> None:
        assert str(LineProblem(3, "team", "is empty")) == "line 3, team: is empty"
        assert str(LineProblem(3, "", "is empty")) == "line 3: is empty"


class TestFileError:
    def test_says_the_first_problems_and_keeps_all(self) -> None:
        problems = [LineProblem(line, "", "bad") for line in range(1, 6)]
        error = FileError(iter(problems))

        assert str(error) == "line 1: bad; line 2: bad; line 3: bad"
        assert error.problems == tuple(problems)


class TestReadCsv:
    @pytest.mark.parametrize("delimiter", [",", ";", "\t"])
    def test_finds_the_delimiter_in_the_first_line(self, delimiter: str) -> None:
        text = f"a{delimiter}b\n1{delimiter}2,;\t"

        assert list(read_csv(text))[0] == (1, ["a", "b"])

    def test_numbers_lines_as_an_editor_does_and_leaves_empty_ones_out(self) -> None:
        assert list(read_csv('a,b\n\n"1\n2",3\n , \n4,5')) == [
            (1, ["a", "b"]),
            (3, ["1\n2", "3"]),
            (6, ["4", "5"]),
        ]

    def test_says_where_it_breaks_after_what_came_before(self) -> None:
        lines = read_csv('a,b\n1,2\n"3,4\n')

        assert [next(lines), next(lines)] == [(1, ["a", "b"]), (2, ["1", "2"])]
        with pytest.raises(BrokenCsvError) as caught:
            next(lines)
        assert caught.value.line == 3
