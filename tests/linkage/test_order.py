"""Which side comes first."""

import json
from dataclasses import asdict, replace

import numpy as np
import pytest

from survey.linkage.families import rank_together
from survey.linkage.history import History
from survey.linkage.order import Order, judge_order, list_p_values, look_for_order
from survey.statistics.lags import panel_var
from tests.linkage.material import CARE, FAIR, SIDES, draw_periods, make_part, make_units


def history_of(n_teams: int, n_periods: int, *, lag: float = 0.0) -> History:
    return make_part(*draw_periods(n_teams, n_periods, lag=lag)).history


def orders_of(history: History) -> dict[tuple[str, str], Order]:
    """Judge all pairs, ranked together as a study does."""
    courses = look_for_order(history, SIDES, seed=1)
    p_values = [p_value for one in courses.values() for p_value in list_p_values(one.panel)]
    q_values = rank_together(p_values).q_values
    return {
        pair: judge_order(
            course.panel, ex=FAIR, cx=CARE, q_forward=q_values[2 * at],
            q_backward=q_values[2 * at + 1],
        )
        for at, (pair, course) in enumerate(courses.items())
    }  # fmt: skip


class TestLookForOrder:
    def test_correlates_with_customers_some_periods_later(self) -> None:
        history = history_of(20, 8)
        points = look_for_order(history, SIDES, seed=1)["fair", "care"].lags.points
        x, y = (side.to_numpy().reshape(8, 20) for side in (history.ex["fair"], history.cx["care"]))
        x, y = (
            one - one.mean(axis=0) - one.mean(axis=1, keepdims=True) + one.mean() for one in (x, y)
        )
        assert [point.lag for point in points] == [0, 1, 2, 3, 4, 5]
        for point in points:
            before, after = x[: 8 - point.lag], y[point.lag :]
            r = (before * after).sum() / np.sqrt((before**2).sum() * (after**2).sum())
            assert point.r == pytest.approx(r)
            assert point.low < point.r < point.high
            assert point.n_teams == 20

    def test_fits_both_arrows(self) -> None:
        history = history_of(24, 7, lag=0.5)
        panel = look_for_order(history, SIDES, seed=1)["fair", "care"].panel
        frame = history.rows.assign(x=history.ex["fair"], y=history.cx["care"])
        alone = panel_var(frame, team="unit", wave="period", x="x", y="y", seed=1)
        assert panel.phi == pytest.approx(alone.phi)
        assert panel.asymmetry == pytest.approx(alone.asymmetry)

    @pytest.mark.parametrize(("n_teams", "n_periods"), [(1, 1), (7, 8), (20, 2)])
    def test_says_what_is_missing_for_a_profile(self, n_teams: int, n_periods: int) -> None:
        lags = look_for_order(history_of(n_teams, n_periods), SIDES, seed=1)["fair", "care"].lags
        assert lags.points == ()
        assert lags.reason

    def test_takes_no_figures_at_all(self) -> None:
        units = make_units({"fair": [1.0], "seen": [1.0]}, {"care": [1.0]}, n_cx=2)
        orders = orders_of(make_part(units).history)
        assert {order.code for order in orders.values()} == {"TOO_SHORT"}


class TestJudgeOrder:
    def test_finds_a_planted_lag(self) -> None:
        orders = orders_of(history_of(40, 12, lag=0.5))
        found, other = orders["fair", "care"], orders["seen", "care"]
        assert found.code == "EX_FIRST"
        assert found.ex_before_cx.estimate is not None
        assert found.ex_before_cx.estimate > 0.3
        assert found.ex_before_cx.low is not None
        assert found.ex_before_cx.low > 0
        assert (found.ex_before_cx.q_value or 1) < 0.05
        assert (found.asymmetry.p_value or 1) < 0.05
        assert "being treated fairly" in found.sentence
        assert (found.n_teams, found.n_waves, found.is_early) == (40, 12, False)
        assert other.code == "CANNOT_TELL"

    def test_finds_none_where_none_was_planted(self) -> None:
        assert orders_of(history_of(40, 12))["fair", "care"].code == "CANNOT_TELL"

    def test_calls_it_early_below_twelve_periods(self) -> None:
        found = orders_of(history_of(40, 8, lag=0.6))["fair", "care"]
        assert found.is_early
        assert found.chip == "hint"

    @pytest.mark.parametrize(("n_teams", "n_periods"), [(1, 1), (19, 8), (40, 5)])
    def test_says_nothing_where_the_panel_is_too_short(self, n_teams: int, n_periods: int) -> None:
        found = orders_of(history_of(n_teams, n_periods, lag=0.6))["fair", "care"]
        assert found.code == "TOO_SHORT"
        assert found.reason
        assert found.ex_before_cx.estimate is found.asymmetry.estimate is None

    def test_counts_units_that_miss_a_period(self) -> None:
        periods = draw_periods(24, 6)
        shown = periods[2].ex.drop(index=20_001, level="group_id")
        periods[2] = replace(periods[2], ex=shown)
        found = orders_of(make_part(*periods).history)["fair", "care"]
        assert (found.n_teams, found.n_left_out) == (23, 1)

    def test_is_plain_data(self) -> None:
        order = asdict(orders_of(history_of(24, 6))["fair", "care"])
        assert json.loads(json.dumps(order, allow_nan=False))["code"] == order["code"]
