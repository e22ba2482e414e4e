"""The link between teams beside the link inside them."""

import pytest

from survey.dashboards.linkage.levels import TOO_FEW, Levels, read_levels
from tests.dashboards.studies import make_numbers

UP, DOWN, OPEN = (0.1, 0.3), (-0.3, -0.1), (-0.1, 0.1)


def read(
    between: tuple[float, float], within: tuple[float, float], *, q: float = 0.01, n_teams: int = 40
) -> Levels:
    numbers = make_numbers(0.3, n_teams=40)
    numbers["pooled"] |= dict(zip(("low", "high"), between, strict=True))
    numbers["within"] |= dict(zip(("low", "high"), within, strict=True))
    numbers["within"] |= {"q_value": q, "n_teams": n_teams}
    levels = read_levels(numbers, period="QUARTER")
    assert levels is not None
    return levels


class TestReadLevels:
    @pytest.mark.parametrize(
        ("between", "within", "said"),
        [
            (UP, UP, "They agree: teams that are usually higher inside tend to be higher outside"),
            (UP, DOWN, "it goes down outside"),
            (DOWN, UP, "They disagree, and both can be so"),
            (UP, OPEN, "cannot be told: a single period is noisy"),
            (OPEN, DOWN, "When a team goes up inside, it goes down outside"),
            (OPEN, OPEN, "neither can be told"),
        ],
    )
    def test_says_whether_the_two_agree(
        self, between: tuple[float, float], within: tuple[float, float], said: str
    ) -> None:
        assert said in read(between, within).sentence

    def test_says_nothing_of_what_many_tests_explain(self) -> None:
        assert "neither can be told" in read(OPEN, UP, q=0.10).sentence
        assert "goes up outside" in read(OPEN, UP, q=0.099).sentence

    def test_shows_all_three_with_how_many_teams_and_periods(self) -> None:
        now, pooled, within = read(UP, UP).strips.rows

        assert (now.value, pooled.value, within.value) == (0.3, 0.31, 0.09)
        assert (pooled.note, within.note) == ("40 teams, 8 periods", "40 teams, 8 periods, q 0.01")

    def test_shows_no_coefficient_below_eight_teams(self) -> None:
        levels = read(UP, UP, n_teams=7)

        assert levels.strips.rows[2].value is None
        assert TOO_FEW in levels.sentence

    def test_is_none_without_a_coefficient(self) -> None:
        assert read_levels({}, period="QUARTER") is None
