"""Codes and numbers of strangers as ours."""

import pytest

from survey.questionnaires.importers.coding import Codes, free_number, make_code, number_answers
from survey.questionnaires.importers.reports import Report


class TestMakeCode:
    @pytest.mark.parametrize(
        ("raw", "code"),
        [
            ("age", "age"),
            ("Größe & Co.", "groe_co"),
            ("1st", "q_1st"),
            ("اسم", "stand_in"),
            ("a" * 90, "a" * 70),
            ("keeps__its_", "keeps__its_"),
        ],
    )
    def test_keeps_what_letters_there_are(self, raw: str, code: str) -> None:
        assert make_code(raw, "stand_in") == code


class TestCodes:
    def test_are_given_once_and_changes_are_told(self) -> None:
        report = Report()
        codes = Codes(report)

        given = [codes.take(raw, "q", "here") for raw in ("Age", "age", "a-b", "a" * 70, "a" * 70)]

        assert given == ["age", "age_2", "a_b", "a" * 70, f"{'a' * 64}_2"]
        assert [line.what for line in report.lines][:2] == ["the code “age”", "the code “a-b”"]
        assert len(report.lines) == 3


class TestNumberAnswers:
    @pytest.mark.parametrize(
        ("codes", "numbers"),
        [
            (["5", "-1", "0"], (5, -1, 0)),
            (["1", "01"], (1, 2)),
            (["yes", "1"], (1, 2)),
            (["99999"], (1,)),
            ([], ()),
        ],
    )
    def test_takes_their_own_where_all_differ(self, codes: list[str], numbers: tuple[int]) -> None:
        assert number_answers(codes) == numbers


class TestFreeNumber:
    def test_is_the_next_or_the_first_one_free(self) -> None:
        assert free_number([]) == 1
        assert free_number([3, -5]) == 4
        assert free_number([1, 32767]) == 2
