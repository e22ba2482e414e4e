"""How far x and y of later waves go together, lag by lag, with a band for all lags at once."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import product
from math import sqrt

import numpy as np
import pandas as pd

from survey.statistics.inputs import FloatArray, IntArray
from survey.statistics.lags.panel import SINGULAR, Pair, Panel, read_panels

FEWEST_TEAMS, FEWEST_PAIRS_OF_WAVES = 8, 3
MOST_TEAMS_TO_PERMUTE = 150


def profile(
    frame: pd.DataFrame,
    *,
    team: str,
    wave: str,
    x: str,
    y: str,
    max_lag: int,
    replicates: int = 2000,
    seed: int = 1,
) -> pd.DataFrame:
    """Correlate x with y some waves later, inside teams, for every lag from 0 to max_lag.

    Columns: lag, r, low, high, n_teams. low and high hold for all lags together (95 %): their
    width comes from pairing each team's x with another team's y. Descriptive: it cannot say which
    comes first. Lags with fewer than three pairs of waves are left out; without eight teams that
    change it is empty and `attrs["reason"]` says why. Raises ValueError for a team and wave given
    twice.
    """
    found = profiles(
        frame, team=team, wave=wave, xs=[x], ys=[y],
        max_lag=max_lag, replicates=replicates, seed=seed,
    )  # fmt: skip
    return found[x, y]


def profiles(
    frame: pd.DataFrame,
    *,
    team: str,
    wave: str,
    xs: Iterable[str],
    ys: Iterable[str],
    max_lag: int,
    replicates: int = 2000,
    seed: int = 1,
) -> dict[Pair, pd.DataFrame]:
    """Take the `profile` of every x with every y, by (x, y).

    Pairs with as many teams share one set of permutations. Beyond 150 teams the permutations are
    not carried out: the variances and covariances they would give are known exactly, and their
    sums over so many teams are normal (Hoeffding 1951), so normal draws stand for them.
    """
    found: dict[Pair, pd.DataFrame] = {}
    for panel in read_panels(frame, team=team, wave=wave, xs=xs, ys=ys):
        n_lags = max(min(max_lag, panel.n_waves - FEWEST_PAIRS_OF_WAVES) + 1, 0)
        if panel.n_teams < FEWEST_TEAMS or not n_lags:
            found |= {pair: _empty() for pair in panel.left_out}
        else:
            found |= _profiled(panel, n_lags, replicates, np.random.default_rng(seed))
    return found


def _profiled(
    panel: Panel, n_lags: int, replicates: int, rng: np.random.Generator
) -> dict[Pair, pd.DataFrame]:
    """Take the profiles of all pairs of a panel, with the same chance for each."""
    inside = panel.figures - panel.figures.mean(axis=2, keepdims=True)
    by_chance: Callable[[FloatArray, FloatArray], FloatArray]
    if panel.n_teams <= MOST_TEAMS_TO_PERMUTE:
        by_chance = partial(
            _permuted, n_lags=n_lags, orders=_orders(panel.n_teams, replicates, rng)
        )
    else:
        by_chance = partial(_normal, draws=rng.normal(size=(replicates, n_lags)))
    found = {}
    for pair in panel.left_out:
        x, y = (inside[panel.column[name]] for name in pair)
        products = np.array([(one * other).sum() for one, other in _shifted(x, y, n_lags)])
        scales = np.array(
            [sqrt((one**2).sum() * (other**2).sum()) for one, other in _shifted(x, y, n_lags)]
        )
        if scales.min() <= SINGULAR:
            found[pair] = _empty()
        else:
            found[pair] = _banded(products / scales, by_chance(x, y) / scales, panel.n_teams)
    return found


def _shifted(x: FloatArray, y: FloatArray, n_lags: int) -> Iterator[tuple[FloatArray, FloatArray]]:
    """Yield x, (teams, waves), and y some waves later, over the waves that both have."""
    n_waves = x.shape[1]
    yield from ((x[:, : n_waves - lag], y[:, lag:]) for lag in range(n_lags))


def _orders(n_teams: int, replicates: int, rng: np.random.Generator) -> IntArray:
    """Return the teams in an order by chance, (replicates, teams)."""
    return rng.permuted(np.tile(np.arange(n_teams), (replicates, 1)), axis=1)


def _permuted(x: FloatArray, y: FloatArray, *, n_lags: int, orders: IntArray) -> FloatArray:
    """Sum the products of each team's x with the later y of the team that the order names."""
    rows = np.arange(len(x))
    sums = [(one @ other.T)[rows, orders].sum(axis=1) for one, other in _shifted(x, y, n_lags)]
    return np.column_stack(sums)


def _normal(x: FloatArray, y: FloatArray, *, draws: FloatArray) -> FloatArray:
    """Give normal draws, (replicates, lags), the spread of such sums over all permutations.

    With every wave's mean taken out, the covariance at two lags is the sum over the products of all
    teams with all teams, divided by teams - 1 (Hoeffding 1951, theorem 2).
    """
    n_lags, n_waves = draws.shape[1], x.shape[1]
    xx, yy = x.T @ x, y.T @ y
    covariance = np.empty((n_lags, n_lags))
    for one, other in product(range(n_lags), repeat=2):
        shifted = xx[: n_waves - one, : n_waves - other] * yy[one:, other:]
        covariance[one, other] = shifted.sum() / (len(x) - 1)
    values, vectors = np.linalg.eigh(covariance)
    found: FloatArray = draws @ (vectors * np.sqrt(np.maximum(values, 0.0))).T
    return found


def _banded(r: FloatArray, by_chance: FloatArray, n_teams: int) -> pd.DataFrame:
    """Bound r, (lags,), by what chance gives, (replicates, lags): 95 % for all lags together."""
    z, drawn = (np.arctanh(np.clip(one, SINGULAR - 1, 1 - SINGULAR)) for one in (r, by_chance))
    error = np.maximum(drawn.std(axis=0, ddof=1), SINGULAR)
    half = np.quantile(np.abs(drawn / error).max(axis=1), 0.95) * error
    bounds = {"r": np.tanh(z), "low": np.tanh(z - half), "high": np.tanh(z + half)}
    return pd.DataFrame({"lag": range(len(r)), **bounds, "n_teams": n_teams})


def _empty() -> pd.DataFrame:
    found = pd.DataFrame(columns=["lag", "r", "low", "high", "n_teams"], dtype=float)
    found.attrs["reason"] = "needs eight teams and three waves, with x and y that change"
    return found
