from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.statistics.regression import weighted

Reference = Callable[[str], pd.DataFrame]
ROWS = st.lists(st.tuples(*[st.integers(-20, 20)] * 3, st.integers(1, 9)), min_size=4, max_size=15)


class TestWeighted:
    def test_agrees_with_r(self, reference: Reference) -> None:
        data = reference("bh1996")
        teams = data.groupby("GRP")[["LEAD", "HRS", "WBEING"]].mean()

        found = weighted(teams.WBEING, teams[["LEAD", "HRS"]], data.groupby("GRP").size())

        assert found.coefficients["intercept"] == pytest.approx(3.7295338665, abs=1e-8)
        assert found.coefficients["LEAD"] == pytest.approx(0.2623237089, abs=1e-8)
        assert found.coefficients["HRS"] == pytest.approx(-0.1511619930, abs=1e-8)
        assert found.standard_errors["LEAD"] == pytest.approx(0.04943382, abs=1e-8)
        assert found.standard_errors["HRS"] == pytest.approx(0.01643926, abs=1e-8)

    @given(ROWS)
    def test_solves_the_normal_equations(self, rows: list[tuple[int, ...]]) -> None:
        a, b, y, w = (np.array(one, dtype=float) for one in zip(*rows, strict=True))

        found = weighted(y, pd.DataFrame({"a": a, "b": b}), w)

        if not found.reason:
            design = np.column_stack([np.ones_like(a), a, b])
            residual = y - design @ found.coefficients.to_numpy()
            assert design.T @ (w * residual) == pytest.approx(np.zeros(3), abs=1e-6)
            inverse = np.linalg.inv((design * w[:, None]).T @ design)
            variance = max((w * residual**2).sum(), 0) / (len(y) - 3)
            expected = np.sqrt(np.diag(inverse) * variance)
            assert found.standard_errors.to_numpy() == pytest.approx(expected, rel=1e-4, abs=1e-6)
            assert 0 <= found.r2 <= 1

    def test_takes_one_series(self) -> None:
        x = pd.Series([1.0, 2.0, 3.0, 4.0], name="x")

        found = weighted([3.0, 5.0, 7.0, 9.0], x, [1, 1, 1, 1])

        assert found.coefficients.to_dict() == pytest.approx({"intercept": 1, "x": 2})
        assert found.r2 == pytest.approx(1)

    def test_drops_teams_without_weight(self) -> None:
        x = pd.Series([1.0, 2.0, 3.0, 4.0, 50.0], name="x")

        found = weighted([3.0, 5.0, 7.0, 9.0, -99.0], x, [1, 1, 1, 1, 0])

        assert found.coefficients["x"] == pytest.approx(2)
        assert found.n_teams == 4

    def test_needs_one_team_more_than_coefficients(self) -> None:
        found = weighted([1.0, 2.0, 4.0], pd.DataFrame({"a": [0.0, 1.0, 2.0]}), [1.0] * 3)

        assert found.coefficients.tolist() == pytest.approx([5 / 6, 1.5])
        assert found.standard_errors["a"] == pytest.approx(np.sqrt(1 / 6 / 2))

    @pytest.mark.parametrize(
        ("y", "x"),
        [
            ([], {"a": []}),
            ([1.0, 2.0], {"a": [1.0, 3.0]}),
            ([2.0, 2.0, 2.0, 2.0], {"a": [1, 2, 3, 4]}),
            ([1.0, 2.0, 3.0, 5.0], {"a": [7, 7, 7, 7]}),
            ([1.0, 2.0, 3.0, 5.0], {"a": [0, 0, 0, 0]}),
            ([1.0, 2.0, 3.0, 5.0, 4.0], {"a": [1, 2, 3, 4, 6], "b": [2, 4, 6, 8, 12]}),
            ([None, np.inf, 3.0, 5.0], {"a": [1, 2, 3, 4]}),
        ],
    )
    def test_claims_nothing_from_nothing(self, y: list[float], x: dict[str, list[float]]) -> None:
        found = weighted(y, pd.DataFrame(x), [1] * len(y))

        assert found.coefficients.empty
        assert found.standard_errors.empty
        assert found.r2 is None
        assert found.reason
