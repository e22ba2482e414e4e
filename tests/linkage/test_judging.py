"""The verdict on a pair."""

from dataclasses import replace
from typing import Any

from survey.linkage.comparing import Pair, Side, compare
from survey.linkage.confounders import Adjustment
from survey.linkage.judging import judge
from survey.linkage.worth import Worth
from survey.statistics.correlation import Correlation
from tests.linkage.material import SIDES, draw_periods, make_part


def pair_of(n_teams: int = 60) -> Pair:
    """Make a pair with a strong link that stands up to every check."""
    pair = compare(make_part(*draw_periods(n_teams, 1)), SIDES, seed=1)[0]
    strong = {"r": 0.6, "low": 0.4, "high": 0.75, "q_value": 0.001, "spearman": 0.6}
    return replace(pair, numbers=replace(pair.numbers, **strong, loo_low=0.5, loo_high=0.65))


def judged(pair: Pair, **known: Any) -> dict[str, Any]:
    options: dict[str, Any] = {
        "previous": None,
        "adjustment": None,
        "n_left_out": 0,
        "trust_is_low": False,
    }
    return judge(pair, **options | known)


class TestJudge:
    def test_says_it_with_the_scales_phrases(self) -> None:
        verdict = judged(pair_of())
        assert verdict["code"] == "HIGHER"
        assert "being treated fairly" in verdict["sentence"]
        assert isinstance(verdict["caveats"], list)

    def test_measures_nothing_where_teams_cannot_be_told_apart(self) -> None:
        pair = replace(pair_of(), ex=Side("fair", "fairness", Worth(0.0, "RED")))
        assert judged(pair)["code"] == "NOT_MEASURABLE"

    def test_is_firm_where_the_period_before_agrees(self) -> None:
        before = Correlation(r=0.5, low=0.3, high=0.7, p_value=0.01, n_teams=24)
        assert [judged(pair_of(), previous=one)["chip"] for one in (None, before)] == [
            "some",
            "firm",
        ]

    def test_mentions_what_is_left_with_something_held_steady(self) -> None:
        plain = judged(pair_of())["caveats"]
        adjustment = Adjustment(0.2, "team size and region")
        told = judged(pair_of(), adjustment=adjustment)["caveats"]
        assert set(told) - set(plain) == {
            "With team size and region held steady, the correlation is 0.20."
        }

    def test_mentions_groups_left_out_and_low_trust(self) -> None:
        caveats = judged(pair_of(), n_left_out=2, trust_is_low=True)["caveats"]
        assert any("2 groups are not drawn" in caveat for caveat in caveats)
        assert any("Trust in the survey is low" in caveat for caveat in caveats)
