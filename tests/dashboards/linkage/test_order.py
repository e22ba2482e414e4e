"""Which comes first, as the page says it."""

import pytest

from survey.dashboards.linkage.order import Order, name_lag, read_order
from tests.dashboards.studies import make_times


def read(lag: int = 1, **changes: object) -> Order:
    order = read_order(
        make_times() | changes, period="QUARTER", lag=lag, address=lambda one: f"?lag={one}"
    )
    assert order is not None
    return order


class TestReadOrder:
    def test_prints_the_stored_sentence_and_calls_a_hint_a_hint(self) -> None:
        order = read()

        assert order.sentence == "An early hint: staff came before."
        assert (order.chip, order.chip_class) == ("Treat as a hint", "gold")
        assert order.caveats == ("8 waves are few.",)

    def test_draws_both_arrows_in_their_own_colours(self) -> None:
        arrows = read().arrows
        assert arrows is not None
        forward, backward, difference = arrows.rows

        assert (forward.value, forward.low, forward.high) == (0.17, 0.05, 0.29)
        assert (forward.look, backward.look, difference.look) == ("r", "", "n")
        assert (forward.note, backward.note) == ("q 0.04", "q 0.95")

    def test_draws_no_arrows_that_are_not_known(self) -> None:
        none = dict.fromkeys(("estimate", "low", "high", "p_value", "q_value"))
        direction = make_times()["direction"] | {
            "code": "TOO_SHORT", "chip": "too few waves", "ex_before_cx": none,
            "cx_before_ex": none, "asymmetry": none,
        }  # fmt: skip
        order = read(direction=direction)

        assert order.arrows is None
        assert (order.chip, order.chip_class) == ("Too few waves", "")

    def test_marks_the_lag_that_was_fixed_in_advance(self) -> None:
        lags = read().lags
        assert lags is not None

        assert [row.note for row in lags.rows] == ["", "fixed in advance", "", ""]
        assert [row.is_chosen for row in lags.rows] == [False, True, False, False]
        assert [row.address for row in lags.rows] == [f"?lag={lag}" for lag in range(4)]

    def test_says_that_a_lag_was_picked_only_if_it_is_another(self) -> None:
        picked = read(lag=2).picked

        assert read(lag=1).picked is None
        assert picked is not None
        assert picked.label == "Customers 2 quarters later"

    def test_says_why_there_is_no_profile(self) -> None:
        order = read(lags={"points": [], "reason": "needs eight teams"})

        assert (order.lags, order.lag_reason) == (None, "needs eight teams")

    def test_is_none_for_a_study_that_looked_at_no_order(self) -> None:
        assert read_order({}, period="MONTH", lag=1, address=str) is None


class TestNameLag:
    @pytest.mark.parametrize(
        ("lag", "name"),
        [(0, "Same month"), (1, "Customers one month later"), (3, "Customers 3 months later")],
    )
    def test_says_how_much_later(self, lag: int, name: str) -> None:
        assert name_lag(lag, is_monthly=True) == name
