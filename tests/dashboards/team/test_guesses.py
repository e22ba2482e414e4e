"""What staff think customers feel, beside what customers say."""

from dataclasses import replace
from typing import Any

import pytest

from survey.dashboards.measures import Measure
from survey.dashboards.team.guesses import find_apart
from survey.questionnaires.models import Audience
from tests.dashboards.team.test_sentences import TREAT, make_line, make_side

GUESS = Measure("guess", "Guess", "what people think customers feel", mirrors="treat")


def apart(guess: float | None, answer: float | None, **more: Any) -> Any:
    return find_apart([
        make_side(Audience.EMPLOYEE, make_line(GUESS, guess, **more)),
        make_side(Audience.CUSTOMER, make_line(TREAT, answer)),
    ])  # fmt: skip


class TestFindApart:
    @pytest.mark.parametrize(
        ("guess", "answer", "says"),
        [
            (74.0, 53.0, "Staff think customers feel better treated than customers say: 21.0 "
             "points apart, likely between 15.5 and 26.5."),
            (53.0, 74.0, "Staff think customers feel worse treated than customers say: 21.0 "
             "points apart, likely between 15.5 and 26.5."),
            (55.0, 53.0, "What staff think and what customers say are 2.0 points apart, too close "
             "to tell apart."),
        ],
    )  # fmt: skip
    def test_says_how_far_apart_and_how_surely(
        self, guess: float, answer: float, says: str
    ) -> None:
        (found,) = apart(guess, answer)

        assert found.sentence == says

    def test_says_that_the_margin_is_not_known(self) -> None:
        (found,) = apart(74.0, 53.0, se=None)

        assert found.sentence == "The two are 21.0 points apart; the margin is not known."

    def test_compares_the_medians_of_all_teams_where_both_are_known(self) -> None:
        (found,) = apart(74.0, 53.0)
        above = replace(found, guess=replace(found.guess, median=76.0), median=6.0)

        assert found.median == 0.0
        assert above.median_sentence == (
            "Over all teams the median guess lies 6.0 points above the median answer."
        )
        assert replace(found, median=None).median_sentence == ""

    @pytest.mark.parametrize(("guess", "answer"), [(None, 53.0), (74.0, None)])
    def test_is_nothing_where_one_of_both_is_not_shown(
        self, guess: float | None, answer: float | None
    ) -> None:
        assert apart(guess, answer) == []

    def test_is_nothing_on_one_side_alone(self) -> None:
        assert find_apart([make_side(Audience.EMPLOYEE, make_line(GUESS, 74.0))]) == []
