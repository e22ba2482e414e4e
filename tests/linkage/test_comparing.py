"""One pair of scales over some units."""

import numpy as np
import pandas as pd
import pytest

from survey.linkage.comparing import Pair, Side, compare, judge, pair_figures, rank_together
from survey.linkage.worth import Worth
from survey.statistics.correlation import kendall, minimum_detectable, pearson, spearman

GOOD = Worth(0.3, "GREEN")
UNKNOWN = Worth(None, None, "not known from counts")


def figures(n_teams: int, *, slope: float = 0.6, n_cx: int = 40) -> pd.DataFrame:
    rng = np.random.default_rng(n_teams)
    x = rng.normal(60, 10, n_teams).round(1)
    y = (60 + slope * (x - 60) + rng.normal(0, 8, n_teams)).round(1)
    return pd.DataFrame({"ex_mean": x, "cx_mean": y, "ex_n": 10, "cx_n": n_cx})


def pair(units: pd.DataFrame, *, ex: Worth = GOOD, cx: Worth = GOOD) -> Pair:
    sides = {"ex": Side("fair", "being treated fairly", ex), "cx": Side("care", "care", cx)}
    return compare(units, **sides)


class TestPairFigures:
    def test_keeps_units_with_both_sides_and_ten_customers(self) -> None:
        ex = pd.DataFrame({"mean": [1.0, 2, 3], "n": [5, 5, 5]}, index=[1, 2, 3])
        cx = pd.DataFrame({"mean": [4.0, 5, 6], "n": [10, 9, 50]}, index=[1, 2, 4])
        assert pair_figures(ex, cx).index.tolist() == [1]


class TestCompare:
    def test_holds_the_numbers_of_statistics(self) -> None:
        units = figures(30)
        numbers = pair(units).numbers
        x, y = units["ex_mean"], units["cx_mean"]
        assert numbers.r == pearson(x, y).r
        assert numbers.spearman == spearman(x, y).r
        assert numbers.kendall == kendall(x, y).r
        assert numbers.minimum_detectable == minimum_detectable(30)
        assert (numbers.n_ex, numbers.n_cx) == (300, 1200)
        without = [pearson(x.drop(at), y.drop(at)).r for at in units.index]
        assert numbers.loo_low == pytest.approx(min(one for one in without if one is not None))

    def test_corrects_for_noise_up_to_the_ceiling(self) -> None:
        numbers = pair(figures(30)).numbers
        assert numbers.ceiling == pytest.approx(
            ((numbers.reliability_ex or 0) * (numbers.reliability_cx or 0)) ** 0.5
        )
        assert numbers.disattenuated == pytest.approx((numbers.r or 0) / (numbers.ceiling or 1))

    def test_knows_no_ceiling_from_counts(self) -> None:
        found = pair(figures(30), cx=UNKNOWN)
        assert found.numbers.ceiling is found.numbers.disattenuated is None
        assert found.reason == "care: not known from counts"

    def test_gives_no_coefficient_under_eight_teams(self) -> None:
        found = pair(figures(7))
        assert found.numbers.r is found.numbers.loo_low is None
        assert found.reason == "fewer than 8 teams"

    def test_takes_no_units_at_all(self) -> None:
        found = pair(figures(7).iloc[:0])
        assert (found.n_teams, found.numbers.n_ex, found.numbers.reliability_ex) == (0, 0, None)


class TestRankTogether:
    def test_adjusts_over_the_pairs_that_were_tested(self) -> None:
        pairs = [pair(figures(30)), pair(figures(7)), pair(figures(25, slope=0))]
        strong, none, weak = (one.numbers for one in rank_together(pairs))
        assert none.q_value is None
        assert strong.q_value == pytest.approx(2 * (strong.p_value or 0))
        assert weak.q_value == weak.p_value


class TestJudge:
    def test_says_it_with_the_scales_phrases(self) -> None:
        (found,) = rank_together([pair(figures(60))])
        verdict = judge(found, previous=None, n_left_out=2)
        assert verdict["code"] == "HIGHER"
        assert "being treated fairly" in verdict["sentence"]
        assert any("2 groups are not drawn" in caveat for caveat in verdict["caveats"])

    def test_measures_nothing_where_teams_cannot_be_told_apart(self) -> None:
        (found,) = rank_together([pair(figures(60), ex=Worth(0.0, "RED"))])
        assert judge(found, previous=None, n_left_out=0)["code"] == "NOT_MEASURABLE"
