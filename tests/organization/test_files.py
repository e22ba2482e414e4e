"""Files of lines: problems named by their place, and CSV read line by line."""

import json
from copy import deepcopy

import pytest

from survey.organization import files
from survey.organization.files import (
    BrokenCsvError,
    FileError,
    LineProblem,
    Said,
    read_csv,
    say_again,
)


class TestLineProblem:
    def test_names_the_column_where_there_is_one(self) -> None:
        assert str(LineProblem(3, "team", "is empty")) == "line 3, team: is empty"
        assert str(LineProblem(3, "", "is empty")) == "line 3: is empty"


class TestSaid:
    def test_is_what_it_says(self) -> None:
        said = Said("%(cell)s is not a date such as 2026-11-30", cell="'x'")

        assert said == "'x' is not a date such as 2026-11-30"
        assert deepcopy(said).values == {"cell": "'x'"}

    def test_leaves_per_cents_of_plain_sentences_alone(self) -> None:
        assert Said("is 100 % empty") == "is 100 % empty"


class TestSayAgain:
    def test_survives_being_kept(self) -> None:
        kept = json.loads(json.dumps(LineProblem(3, "team", Said("is empty")).as_json()))
        assert say_again(kept) == "is empty"

    def test_asks_for_the_sentence_that_is_translated(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(files, "gettext", {"holds %(cell)s": "enthält %(cell)s"}.__getitem__)
        kept = LineProblem(3, "team", Said("holds %(cell)s", cell="7")).as_json()

        assert say_again(kept) == "enthält 7"

    def test_fills_the_values_in(self) -> None:
        kept = LineProblem(3, "team", Said("is longer than %(n)s letters", n=80)).as_json()

        assert kept[:3] == [3, "team", "is longer than 80 letters"]
        assert say_again(kept) == "is longer than 80 letters"

    def test_repeats_what_holds_no_more_than_words(self) -> None:
        assert say_again([3, "team", "is gone"]) == "is gone"


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

        assert next(read_csv(text)) == (1, ["a", "b"])

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
