from collections.abc import Callable
from math import sqrt

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.statistics.decomposition import WithinBetween, waba

Reference = Callable[[str], pd.DataFrame]
ROWS = st.lists(
    st.tuples(st.integers(0, 4), st.integers(0, 9), st.integers(0, 9)), min_size=1, max_size=40
)


def put_together(found: WithinBetween) -> float:
    between = found.eta_x * found.eta_y * (found.r_between or 0.0)
    inside = sqrt(1 - found.eta_x**2) * sqrt(1 - found.eta_y**2) * (found.r_within or 0.0)
    return between + inside


class TestWaba:
    def test_agrees_with_r(self, reference: Reference) -> None:
        data = reference("bh1996")

        found = waba(data.HRS, data.WBEING, data.GRP)

        assert found.r_total == pytest.approx(-0.1632063813, abs=1e-8)
        assert (found.eta_x, found.eta_y) == pytest.approx((0.3787880679, 0.2359287264), abs=1e-8)
        assert found.r_between == pytest.approx(-0.7121728540, abs=1e-8)
        assert found.r_within == pytest.approx(-0.1107030886, abs=1e-8)
        assert (found.n_groups, found.n_people) == (99, 7382)

    @given(ROWS)
    def test_adds_up_exactly(self, rows: list[tuple[int, int, int]]) -> None:
        groups, x, y = zip(*rows, strict=True)

        found = waba(x, y, groups)

        if found.r_total is not None:
            assert put_together(found) == pytest.approx(found.r_total, abs=1e-12)

    @given(ROWS, st.floats(-50, 50), st.floats(0.1, 10))
    def test_does_not_depend_on_unit(
        self, rows: list[tuple[int, int, int]], shift: float, unit: float
    ) -> None:
        groups, x, y = zip(*rows, strict=True)

        plain, changed = waba(x, y, groups), waba(np.array(x) * unit + shift, y, groups)

        assert changed.r_between == pytest.approx(plain.r_between, abs=1e-6)
        assert changed.r_within == pytest.approx(plain.r_within, abs=1e-6)

    def test_finds_parts_that_differ_in_sign(self) -> None:
        x = np.array([1, 2, 3, 11, 12, 13, 21, 22, 23.0])
        y = np.array([3, 2, 1, 13, 12, 11, 23, 22, 21.0])

        found = waba(x, y, ["a"] * 3 + ["b"] * 3 + ["c"] * 3)

        assert found.r_between == pytest.approx(1)
        assert found.r_within == pytest.approx(-1)

    @pytest.mark.parametrize(
        ("groups", "part"), [(["a"] * 4, "r_between"), (list("abcd"), "r_within")]
    )
    def test_leaves_open_a_part_that_is_not_there(self, groups: list[str], part: str) -> None:
        assert getattr(waba([1, 2, 3, 5], [2, 1, 4, 3], groups), part) is None

    @pytest.mark.parametrize(
        ("x", "y"),
        [([], []), ([1, 2], [2, 1]), ([1, 1, 1], [1, 2, 3]), ([1, 2, np.inf], [1, None, 3])],
    )
    def test_claims_nothing_from_nothing(self, x: list[float], y: list[float]) -> None:
        found = waba(x, y, ["a"] * len(x))

        assert (found.r_total, found.r_between, found.eta_x) == (None, None, None)
        assert found.reason
