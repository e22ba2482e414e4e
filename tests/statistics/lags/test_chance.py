from itertools import permutations

import numpy as np
import pytest

from survey.statistics.lags.chance import covariance, draw_orders, normal, permuted, shifted

N_LAGS = 3


@pytest.fixture
def x(rng: np.random.Generator) -> np.ndarray:
    return centred(rng.normal(size=(6, 5)))


@pytest.fixture
def y(rng: np.random.Generator) -> np.ndarray:
    return centred(rng.exponential(size=(6, 5)))


def centred(values: np.ndarray) -> np.ndarray:
    values = values - values.mean(axis=0)
    return values - values.mean(axis=1, keepdims=True)


class TestShifted:
    def test_pairs_each_wave_with_a_later_one(self) -> None:
        waves = np.arange(5)[None, :]

        found = [(one.tolist(), other.tolist()) for one, other in shifted(waves, waves + 10, 2)]

        assert found == [
            ([[0, 1, 2, 3, 4]], [[10, 11, 12, 13, 14]]),
            ([[0, 1, 2, 3]], [[11, 12, 13, 14]]),
        ]


class TestDrawOrders:
    def test_names_every_team_once(self, rng: np.random.Generator) -> None:
        orders = draw_orders(7, 500, rng)

        assert (np.sort(orders, axis=1) == np.arange(7)).all()
        assert orders.mean(axis=0) == pytest.approx([3] * 7, abs=0.4)


class TestPermuted:
    def test_adds_up_what_the_order_pairs(self, x: np.ndarray, y: np.ndarray) -> None:
        order = np.array([2, 0, 1, 5, 4, 3])

        found = permuted(x, y, n_lags=N_LAGS, orders=order[None, :])

        expected = [(x[:, : 5 - lag] * y[order, lag:]).sum() for lag in range(N_LAGS)]
        assert found[0] == pytest.approx(expected)


class TestCovariance:
    def test_is_that_of_every_order_there_is(self, x: np.ndarray, y: np.ndarray) -> None:
        orders = np.array(list(permutations(range(6))))

        every = permuted(x, y, n_lags=N_LAGS, orders=orders)

        assert every.mean(axis=0) == pytest.approx([0] * N_LAGS, abs=1e-12)
        assert covariance(x, y, N_LAGS) == pytest.approx(np.cov(every.T, bias=True))

    def test_needs_the_means_of_waves_taken_out(self, x: np.ndarray, y: np.ndarray) -> None:
        """Prove that the comparison can fail."""
        orders = np.array(list(permutations(range(6))))

        every = permuted(x + 1, y + 1, n_lags=N_LAGS, orders=orders)

        assert covariance(x + 1, y + 1, N_LAGS) != pytest.approx(np.cov(every.T, bias=True))


class TestNormal:
    def test_spreads_draws_as_permutations_would(self, x: np.ndarray, y: np.ndarray) -> None:
        root = normal(x, y, draws=np.eye(N_LAGS))

        assert root.T @ root == pytest.approx(covariance(x, y, N_LAGS))

    def test_takes_lags_that_say_the_same(self, x: np.ndarray) -> None:
        assert (normal(x, np.zeros_like(x), draws=np.ones((4, 2))) == 0).all()
