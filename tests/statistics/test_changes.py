"""Differences of two printed means."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.statistics.changes import difference

NUMBERS = st.floats(0, 100)
ERRORS = st.floats(0.01, 20)


class TestDifference:
    def test_adds_the_margins_of_both(self) -> None:
        found = difference(50.0, 57.0, first_se=3.0, second_se=4.0)

        assert found.value == 7.0
        assert found.low == pytest.approx(7 - 1.959964 * 5, abs=1e-5)
        assert found.high == pytest.approx(7 + 1.959964 * 5, abs=1e-5)
        assert (found.direction, found.reason) == (0, "")

    @pytest.mark.parametrize(("second", "direction"), [(60.0, 1), (40.0, -1)])
    def test_is_a_change_where_the_interval_leaves_0_out(
        self, second: float, direction: int
    ) -> None:
        found = difference(50.0, second, first_se=3.0, second_se=4.0)

        assert found.direction == direction

    @pytest.mark.parametrize("missing", [None, float("nan"), float("inf")])
    def test_claims_nothing_without_both_means(self, missing: float | None) -> None:
        found = difference(missing, 50.0, first_se=1.0, second_se=1.0)

        assert (found.value, found.low, found.direction) == (None, None, 0)
        assert found.reason

    @pytest.mark.parametrize("missing", [None, float("nan")])
    def test_tells_the_value_alone_without_both_margins(self, missing: float | None) -> None:
        found = difference(40.0, 50.0, first_se=1.0, second_se=missing)

        assert (found.value, found.low, found.high, found.direction) == (10.0, None, None, 0)
        assert found.reason

    @given(NUMBERS, NUMBERS, ERRORS, ERRORS)
    def test_turns_round_with_its_sides(self, a: float, b: float, e: float, f: float) -> None:
        there = difference(a, b, first_se=e, second_se=f)
        back = difference(b, a, first_se=f, second_se=e)

        assert there.value == -(back.value or 0.0)
        assert there.direction == -back.direction
