"""One pair of scales over all periods so far."""

from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pytest
from scipy import stats

from survey.linkage.comparing import Sides
from survey.linkage.history import History
from survey.linkage.over_time import ONE_PERIOD, TOO_FEW_TEAMS, OverTime, look_over_time
from tests.linkage.material import CARE, FAIR, SIDES, draw_periods, make_part, make_units

Array = npt.NDArray[np.float64]
NAN = float("nan")
ONE_PAIR = Sides((FAIR,), (CARE,))


def looked(n_teams: int, n_periods: int) -> tuple[OverTime, Array, Array]:
    """Return what was found, and both scores, (periods, teams)."""
    history = make_part(*draw_periods(n_teams, n_periods)).history
    found = look_over_time(history, SIDES)[0]
    shape = (n_periods, n_teams)
    x, y = (side.to_numpy().reshape(shape) for side in (history.ex["fair"], history.cx["care"]))
    return found, x, y


class TestPooled:
    def test_correlates_the_means_of_units(self) -> None:
        found, x, y = looked(20, 5)
        expected = stats.pearsonr(x.mean(axis=0), y.mean(axis=0))
        assert found.pooled.r == pytest.approx(expected.statistic)
        assert found.pooled.p_value == pytest.approx(expected.pvalue)
        assert (found.pooled.n_teams, found.pooled.n_waves) == (20, 5)

    def test_takes_the_periods_that_have_both(self) -> None:
        first = make_units({"fair": [*range(9), NAN]}, {"care": [NAN, *range(9)]})
        second = make_units({"fair": range(10)}, {"care": range(10)}, at=1)
        found = look_over_time(make_part(first, second).history, ONE_PAIR)[0].pooled
        x = [0, *(float(at) for at in range(1, 9)), 9]
        y = [0, *(at - 0.5 for at in range(1, 9)), 9]
        assert found.r == pytest.approx(stats.pearsonr(x, y).statistic)

    def test_gives_no_coefficient_under_eight_teams(self) -> None:
        found, _, _ = looked(7, 5)
        assert found.pooled.r is found.waba.r_total is None
        assert found.pooled.reason == found.waba.reason == TOO_FEW_TEAMS
        assert (found.pooled.n_teams, found.pooled.n_waves) == (7, 5)


class TestWithin:
    def test_takes_out_periods_and_units(self) -> None:
        found, x, y = looked(20, 5)
        inside = [
            one - one.mean(axis=1, keepdims=True) - one.mean(axis=0) + one.mean() for one in (x, y)
        ]
        r = np.corrcoef(inside[0].ravel(), inside[1].ravel())[0, 1]
        df = 100 - 20 - 1 - 4
        half = 1.959964 / np.sqrt(df - 1)
        within = found.within
        assert within.r == pytest.approx(r)
        assert within.df == df
        assert within.low == pytest.approx(np.tanh(np.arctanh(r) - half), abs=1e-6)
        t = abs(r) * np.sqrt(df / (1 - r**2))
        assert within.p_value == pytest.approx(2 * stats.t.sf(t, df))
        assert (within.n_teams, within.n_waves) == (20, 5)

    def test_is_blind_to_what_moves_all_units_alike(self) -> None:
        calm = draw_periods(20, 5)
        shaken = [
            replace(one, ex=one.ex.assign(mean=one.ex["mean"] + 5 * at),
                    cx=one.cx.assign(mean=one.cx["mean"] - 5 * at))
            for at, one in enumerate(calm)
        ]  # fmt: skip
        one, other = (
            look_over_time(make_part(*units).history, SIDES)[0].within.r for units in (calm, shaken)
        )
        assert one == pytest.approx(other)

    def test_says_how_many_units_and_periods_it_needs(self) -> None:
        for n_teams, n_periods in ((20, 2), (4, 5), (1, 1)):
            found, _, _ = looked(n_teams, n_periods)
            assert found.within.r is None
            assert found.within.reason == "needs five teams with three waves"

    def test_may_disagree_with_the_link_between_units(self) -> None:
        level = np.arange(20.0)
        rng = np.random.default_rng(2)
        periods = []
        for at in range(6):
            moved = rng.normal(size=20)
            fair, care = 40 + level + moved, 40 + level - moved
            periods.append(make_units({"fair": fair}, {"care": care}, at=at))
        found = look_over_time(make_part(*periods).history, ONE_PAIR)[0]
        assert (found.pooled.r or 0) > 0.9
        assert (found.within.r or 0) < -0.9


class TestSplit:
    def test_adds_up_to_the_whole(self) -> None:
        found, x, y = looked(20, 5)
        split = found.waba
        assert split.r_total == pytest.approx(np.corrcoef(x.ravel(), y.ravel())[0, 1])
        assert split.r_between == pytest.approx(np.corrcoef(x.mean(axis=0), y.mean(axis=0))[0, 1])
        eta = x.mean(axis=0).std() / x.std()
        assert split.eta_ex == pytest.approx(eta)
        parts = [split.r_between, split.r_within, split.eta_ex, split.eta_cx]
        between, within, a, b = (part or 0.0 for part in parts)
        whole = a * b * between + np.sqrt((1 - a**2) * (1 - b**2)) * within
        assert split.r_total == pytest.approx(whole, abs=1e-12)

    def test_needs_two_periods(self) -> None:
        found, _, _ = looked(20, 1)
        assert found.waba.r_total is None
        assert found.waba.reason == ONE_PERIOD
        assert found.pooled.r is not None


class TestDegenerate:
    def test_takes_no_figures_at_all(self) -> None:
        units = make_units({"fair": [1.0], "seen": [1.0]}, {"care": [1.0]}, n_cx=2)
        history: History = make_part(units).history
        for found in look_over_time(history, SIDES):
            assert found.pooled.r is found.within.r is found.waba.r_total is None
            assert (found.pooled.n_teams, found.pooled.n_waves) == (0, 0)

    def test_says_nothing_of_a_scale_that_is_always_the_same(self) -> None:
        periods = [
            make_units({"fair": [50.0] * 9}, {"care": np.arange(9.0) ** at}, at=at)
            for at in range(4)
        ]
        found = look_over_time(make_part(*periods).history, ONE_PAIR)[0]
        assert found.pooled.r is found.within.r is found.waba.r_total is None
        assert found.pooled.reason
        assert found.within.reason
        assert found.waba.reason
