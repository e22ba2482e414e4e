"""What chance alone gives: each team's x beside the later y of some other team.

x and y are (teams, waves), the mean of each wave and of each team taken out.
"""

from collections.abc import Iterator
from itertools import product

import numpy as np

from survey.statistics.inputs import FloatArray, IntArray


def shifted(x: FloatArray, y: FloatArray, n_lags: int) -> Iterator[tuple[FloatArray, FloatArray]]:
    """Yield x and y some waves later, each (teams, waves - lag), for every lag from 0."""
    n_waves = x.shape[1]
    yield from ((x[:, : n_waves - lag], y[:, lag:]) for lag in range(n_lags))


def draw_orders(n_teams: int, replicates: int, rng: np.random.Generator) -> IntArray:
    """Draw orders of the teams, each as likely as any other, (replicates, teams)."""
    return rng.permuted(np.tile(np.arange(n_teams), (replicates, 1)), axis=1)


def permuted(x: FloatArray, y: FloatArray, *, n_lags: int, orders: IntArray) -> FloatArray:
    """Sum the products of each team's x with the y of the team that the order names.

    `orders` is (replicates, teams); returns (replicates, lags).
    """
    rows = np.arange(len(x))
    sums = [(one @ other.T)[rows, orders].sum(axis=1) for one, other in shifted(x, y, n_lags)]
    return np.column_stack(sums)


def covariance(x: FloatArray, y: FloatArray, n_lags: int) -> FloatArray:
    """Return how such sums vary and go together over all orders of the teams, (lags, lags).

    Exact: the sum over every team's x with every team's y of the products at both lags, divided by
    teams - 1 (Hoeffding 1951, theorem 2), reordered so that waves meet waves.
    """
    n_waves, xx, yy = x.shape[1], x.T @ x, y.T @ y
    found = np.empty((n_lags, n_lags))
    for one, other in product(range(n_lags), repeat=2):
        products = xx[: n_waves - one, : n_waves - other] * yy[one:, other:]
        found[one, other] = products.sum() / (len(x) - 1)
    return found


def normal(x: FloatArray, y: FloatArray, *, draws: FloatArray) -> FloatArray:
    """Give standard normal draws, (replicates, lags), the variances of `permuted`."""
    values, vectors = np.linalg.eigh(covariance(x, y, draws.shape[1]))
    found: FloatArray = draws @ (vectors * np.sqrt(np.maximum(values, 0.0))).T
    return found
