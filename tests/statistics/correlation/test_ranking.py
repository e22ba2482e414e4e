import numpy as np
import pytest
import scipy.stats
from hypothesis import given
from hypothesis import strategies as st

from survey.statistics.correlation import ranking

ROWS = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 30)), min_size=4, max_size=40)


class TestRank:
    @given(ROWS)
    def test_gives_equal_values_the_mean_of_their_ranks(self, rows: list[tuple[int, int]]) -> None:
        figures = np.array(rows, dtype=float).T

        assert ranking.rank(figures).ranks == pytest.approx(scipy.stats.rankdata(figures, axis=1))

    def test_leaves_out_what_is_missing(self) -> None:
        found = ranking.rank(np.array([[3.0, np.nan, 1.0, 1.0], [np.nan] * 4]))

        assert found.ranks[0] == pytest.approx([3.0, np.nan, 1.5, 1.5], nan_ok=True)
        assert np.isnan(found.ranks[1]).all()
        assert found.tied.tolist() == [1, 0]


class TestKendallP:
    @staticmethod
    def p_value(x: np.ndarray, y: np.ndarray) -> float:
        ranked, n = ranking.rank(np.array([x, y], dtype=float)), np.array([len(x)])
        left, right = np.array([0]), np.array([1])
        difference = ranking.concordance(ranked, left, right, n)
        return float(ranking.kendall_p(ranked, left, right, n, difference)[0])

    @pytest.mark.parametrize("n_teams", [4, 5, 12, 33, 34, 60])
    def test_is_exact_for_up_to_33_teams_without_ties(
        self, rng: np.random.Generator, n_teams: int
    ) -> None:
        x, y = rng.normal(size=(2, n_teams))
        method = "exact" if n_teams <= 33 else "asymptotic"

        expected = scipy.stats.kendalltau(x, x + 3 * y, method=method).pvalue

        assert self.p_value(x, x + 3 * y) == pytest.approx(expected, abs=1e-12)

    @given(ROWS)
    def test_takes_ties_into_account(self, rows: list[tuple[int, int]]) -> None:
        x, y = np.array(rows).T
        if np.ptp(x) and np.ptp(y) and len(set(x)) < len(x):
            expected = scipy.stats.kendalltau(x, y).pvalue

            assert self.p_value(x, y) == pytest.approx(expected, abs=1e-12)
