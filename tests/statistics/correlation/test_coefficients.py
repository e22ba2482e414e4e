from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
import scipy.stats
from hypothesis import given
from hypothesis import strategies as st

from survey.statistics import correlation

Reference = Callable[[str], pd.DataFrame]
Coefficient = Callable[..., correlation.Correlation]
EACH = pytest.mark.parametrize(
    "coefficient", [correlation.pearson, correlation.spearman, correlation.kendall]
)
PAIRS = st.lists(
    st.tuples(st.integers(0, 100), st.integers(0, 100)), min_size=5, max_size=30, unique=True
)


@pytest.fixture
def teams(reference: Reference) -> pd.DataFrame:
    data = reference("bh1996")
    return (
        data.groupby("GRP")[["LEAD", "WBEING", "HRS"]].mean().assign(n=data.groupby("GRP").size())
    )


class TestPearson:
    def test_agrees_with_r(self, teams: pd.DataFrame) -> None:
        found = correlation.pearson(teams.LEAD, teams.WBEING)

        assert found.r == pytest.approx(0.6066969389, abs=1e-8)
        assert (found.low, found.high) == pytest.approx((0.4649747424, 0.7181022667), abs=1e-8)
        assert found.n_teams == 99

    def test_agrees_with_r_when_weighted(self, teams: pd.DataFrame) -> None:
        found = correlation.pearson(teams.LEAD, teams.WBEING, weights=teams.n)

        assert found.r == pytest.approx(0.5323177599, abs=1e-8)
        assert found.high - found.low > 0.2531

    @pytest.mark.parametrize(
        ("n_teams", "low", "high"),
        [
            (10, -0.29, 0.83),
            (20, -0.03, 0.73),
            (38, 0.12, 0.65),
            (60, 0.19, 0.61),
            (100, 0.24, 0.57),
        ],
    )
    def test_has_an_honest_interval(self, n_teams: int, low: float, high: float) -> None:
        """The intervals of r = .42 that the linkage page promises (ux)."""
        x = scipy.stats.zscore(np.arange(n_teams) % 7 + np.linspace(0, 1, n_teams))
        e = np.cos(np.arange(n_teams))
        e = scipy.stats.zscore(e - x * (x * e).mean() - e.mean())

        found = correlation.pearson(x, 0.42 * x + np.sqrt(1 - 0.42**2) * e)

        assert found.r == pytest.approx(0.42)
        assert (found.low, found.high) == pytest.approx((low, high), abs=0.0051)

    def test_does_not_count_teams_without_weight(self) -> None:
        x, y = [1, 2, 3, 4, 5, 60], [2, 1, 4, 3, 6, -50]

        weighted = correlation.pearson(x, y, weights=[1, 1, 1, 1, 1, 0])

        assert weighted == correlation.pearson(x[:5], y[:5])

    @pytest.mark.parametrize("weights", [[1, 1, 1e-9, 1e-9], [4, 3, 1, 1]])
    def test_has_no_interval_where_the_weights_count_three_teams_or_fewer(
        self, weights: list[float]
    ) -> None:
        found = correlation.pearson([1, 2, 3, 4], [2, 1, 4, 3], weights=weights)

        assert found.r is not None
        assert (found.low, found.p_value) == (None, None)
        assert found.reason

    def test_finds_the_teams_by_index(self) -> None:
        x = pd.Series([1.0, 2.0, 3.0, 4.0, 9.0], index=list("abcde"))
        y = pd.Series([4.0, 3.0, 5.0, 1.0, 7.0], index=list("dcbax"))

        assert correlation.pearson(x, y).r == correlation.pearson([1, 2, 3, 4], [1, 5, 3, 4]).r


class TestSpearman:
    def test_agrees_with_r(self, teams: pd.DataFrame) -> None:
        assert correlation.spearman(teams.LEAD, teams.WBEING).r == pytest.approx(0.5668893012)

    def test_has_the_interval_of_bonett_and_wright(self) -> None:
        x, y = [1, 2, 3, 4, 5, 6], [2, 1, 4, 3, 6, 5]
        found = correlation.spearman(x, y)
        half = 1.959964 * np.sqrt((1 + found.r**2 / 2) / 3)

        assert np.arctanh(found.high) - np.arctanh(found.r) == pytest.approx(half, abs=1e-6)

    @given(PAIRS)
    def test_equals_scipy(self, pairs: list[tuple[int, int]]) -> None:
        x, y = (list(one) for one in zip(*pairs, strict=True))
        found = correlation.spearman(x, y)
        if found.r is not None:
            expected = scipy.stats.spearmanr(x, y)
            assert found.r == pytest.approx(expected.statistic)
            assert found.p_value == pytest.approx(expected.pvalue, abs=1e-7)


class TestKendall:
    def test_agrees_with_r(self, teams: pd.DataFrame) -> None:
        assert correlation.kendall(teams.LEAD, teams.WBEING).r == pytest.approx(0.4079571222)

    @pytest.mark.parametrize("n_teams", [3, 4])
    def test_has_no_interval_under_five_teams(self, n_teams: int) -> None:
        found = correlation.kendall([1, 2, 3, 4][:n_teams], [1, 3, 2, 4][:n_teams])

        assert found.r == pytest.approx({3: 1 / 3, 4: 2 / 3}[n_teams])
        assert (found.low, found.high) == (None, None)
        assert found.p_value > 0.3
        assert found.reason == "an interval needs five teams"


class TestEveryCoefficient:
    @EACH
    @given(pairs=PAIRS, shift=st.floats(-1e3, 1e3), unit=st.floats(0.01, 100))
    def test_does_not_depend_on_unit_or_order(
        self, coefficient: Coefficient, pairs: list[tuple[int, int]], shift: float, unit: float
    ) -> None:
        x, y = (np.array(one, dtype=float) for one in zip(*pairs, strict=True))

        plain, changed = (
            coefficient(x, y),
            coefficient(y[::-1], np.round(x * unit, 9)[::-1] + shift),
        )
        mirrored = coefficient(x, -y)

        assert changed.r == pytest.approx(plain.r, abs=1e-7)
        assert mirrored.r == pytest.approx(None if plain.r is None else -plain.r)

    @EACH
    @given(pairs=PAIRS)
    def test_lies_in_its_interval(
        self, coefficient: Coefficient, pairs: list[tuple[int, int]]
    ) -> None:
        found = coefficient(*zip(*pairs, strict=True))
        if found.r is not None:
            assert -1 <= found.low <= found.r <= found.high <= 1
            assert 0 <= found.p_value <= 1

    @EACH
    @pytest.mark.parametrize(
        ("x", "y"),
        [
            ([], []),
            ([1.0], [2.0]),
            ([1, 2], [1, 4]),
            ([1, 2, 3, None], [1, None, 4, 3]),
            ([0.1] * 9, list(range(9))),
            (list(range(9)), [1e10 + 1e-9 * i for i in range(9)]),
            ([None] * 9, list(range(9))),
            ([1, 2, -np.inf, np.inf, 1e200, np.nan], [1, 2, 3, 4, 5, 6]),
            ([1e-200, 2e-200, 3e-200, 4e-200], [1, 2, 3, 4]),
        ],
    )
    def test_claims_nothing_from_nothing(
        self, coefficient: Coefficient, x: list[float], y: list[float]
    ) -> None:
        found = coefficient(x, y)

        assert (found.r, found.low, found.high, found.p_value) == (None, None, None, None)
        assert found.reason

    @pytest.mark.parametrize("coefficient", [correlation.pearson, correlation.spearman])
    @pytest.mark.parametrize(("y", "r"), [([2, 1, 3], 0.5), ([1, 2, 3], 1.0)])
    def test_says_of_three_teams_how_they_lie_and_nothing_more(
        self, coefficient: Coefficient, y: list[int], r: float
    ) -> None:
        found = coefficient([1, 2, 3], y)

        assert found.r == pytest.approx(r)
        assert (found.low, found.high, found.p_value) == (None, None, None)
        assert found.reason == "an interval and a p-value need four teams"
        assert coefficient([1, 2, 3, 4], [*y, 4]).low is not None

    @EACH
    def test_stays_a_point_on_a_perfect_line(self, coefficient: Coefficient) -> None:
        found = coefficient([1, 2, 3, 4, 5], [-2, -4, -6, -8, -10])

        assert (found.r, found.low, found.high) == (-1, -1, -1)

    @EACH
    def test_holds_huge_and_tiny_numbers(self, coefficient: Coefficient) -> None:
        y = np.array([1, 3, 2, 5, 4, 6.0])

        found = coefficient(y[::-1] * 1e49, y * 1e-48)

        assert found.r == pytest.approx(coefficient(y[::-1], y).r)
