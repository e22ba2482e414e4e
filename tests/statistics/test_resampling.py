import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import ndtr, ndtri

from survey.statistics import resampling
from survey.statistics.resampling import draw_counts

DRAWS = st.lists(st.one_of(st.just(np.nan), st.floats(-1, 1)), min_size=1, max_size=30).filter(
    lambda draws: not np.isnan(draws).all()
)


class TestDrawCounts:
    def test_draws_as_many_teams_as_there_are(self) -> None:
        counts = draw_counts(7, replicates=50)

        assert counts.shape == (50, 7)
        assert counts.dtype == np.float64
        assert (counts.sum(axis=1) == 7).all()

    def test_draws_every_team_alike_and_independently(self) -> None:
        counts = draw_counts(10, replicates=20_000)

        assert counts.mean(axis=0) == pytest.approx(1.0, abs=0.04)
        assert counts.var(axis=0) == pytest.approx(0.9, abs=0.05)  # binomial, 10 draws at 1/10
        assert np.corrcoef(counts[:, 0], counts[:, 1])[0, 1] == pytest.approx(-1 / 9, abs=0.03)

    def test_is_the_same_again(self) -> None:
        assert (draw_counts(9) == draw_counts(9)).all()
        assert (draw_counts(9) != draw_counts(9, seed=2)).any()

    @pytest.mark.parametrize("n_teams", [0, 1])
    def test_takes_as_good_as_no_teams(self, n_teams: int) -> None:
        assert (draw_counts(n_teams, replicates=3) == 1).all()
        assert draw_counts(n_teams, replicates=3).shape == (3, n_teams)


class TestCorrelateDraws:
    def test_equals_correlating_the_drawn_teams(self, rng: np.random.Generator) -> None:
        x, y = rng.uniform(-1, 1, size=(2, 12))
        counts = draw_counts(12, replicates=30)
        n = counts.sum(axis=1)

        found = resampling.correlate_draws(
            n,
            counts @ (x * y),
            resampling.spread_of_draws(n, counts @ x, counts @ x**2),
            resampling.spread_of_draws(n, counts @ y, counts @ y**2),
        )

        for r, count in zip(found, counts.astype(int), strict=True):
            drawn = np.corrcoef(np.repeat(x, count), np.repeat(y, count))[0, 1]
            assert r == pytest.approx(drawn, abs=1e-12)

    def test_says_nothing_of_a_draw_without_variation(self) -> None:
        counts = np.array([[0.0, 3, 0], [0, 0, 0], [1, 1, 1]])
        x = np.array([-1.0, 0.5, 0.5])
        n = counts.sum(axis=1)

        spread = resampling.spread_of_draws(n, counts @ x, counts @ x**2)
        found = resampling.correlate_draws(n, counts @ x**2, spread, spread)

        assert np.isnan(found).tolist() == [True, True, False]
        assert found[2] == pytest.approx(1.0)


class TestAreEnough:
    def test_wants_nine_draws_of_ten(self) -> None:
        drawn = np.zeros((3, 20))
        drawn[1, :2], drawn[2, :3] = np.nan, np.nan

        assert resampling.are_enough(drawn).tolist() == [True, True, False]
        assert resampling.are_enough(np.empty((1, 0))).tolist() == [False]


class TestBcaLevels:
    def test_follows_the_formula(self) -> None:
        drawn = np.array([[0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, np.nan]])
        without = np.array([[0.1, 0.5, np.nan, 0.6]])
        pull = 0.4 - np.array([0.1, 0.5, 0.6])
        acceleration = (pull**3).sum() / (6 * (pull**2).sum() ** 1.5)
        z = ndtri(2.5 / 8) + ndtri(np.array([0.025, 0.975]))  # two draws below r and one at r

        found = resampling.bca_levels(drawn, np.array([0.3]), without)

        expected = ndtr(ndtri(2.5 / 8) + z / (1 - acceleration * z))
        assert found[0] == pytest.approx(expected)
        assert found[0, 0] != pytest.approx(0.025, abs=0.001)

    def test_counts_a_draw_as_r_that_only_rounding_keeps_from_it(self) -> None:
        exact, rounded = np.array([[0.1, 0.3, 0.5]]), np.array([[0.1, 0.3 + 1e-15, 0.5]])
        r, without = np.array([0.3]), np.array([[0.2, 0.3, 0.5]])

        assert (
            resampling.bca_levels(exact, r, without) == resampling.bca_levels(rounded, r, without)
        ).all()

    def test_stays_a_level_where_all_draws_lie_on_one_side(self) -> None:
        found = resampling.bca_levels(np.ones((1, 5)), np.array([-1.0]), np.zeros((1, 4)))

        assert ((found > 0) & (found < 1)).all()


class TestQuantiles:
    @given(DRAWS, st.floats(0, 1))
    def test_equals_numpy_without_the_draws_that_give_nothing(
        self, draws: list[float], level: float
    ) -> None:
        found = resampling.quantiles(np.array([draws]), np.array([[level, 1.0]]))

        assert found[0] == pytest.approx(np.nanquantile(draws, [level, 1.0]), abs=1e-12)
