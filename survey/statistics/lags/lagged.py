"""How far x and y of later waves go together, lag by lag, with a band for all lags at once."""

from collections.abc import Callable, Sequence
from functools import partial
from math import sqrt

import numpy as np
import pandas as pd

from survey.statistics.inputs import FloatArray
from survey.statistics.lags.chance import draw_orders, normal, permuted, shifted
from survey.statistics.lags.panel import SINGULAR, Pair, Panel, pairs_of, read_panels

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
    xs: Sequence[str],
    ys: Sequence[str],
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
    return {pair: found[pair] for pair in pairs_of(xs, ys)}


def _profiled(
    panel: Panel, n_lags: int, replicates: int, rng: np.random.Generator
) -> dict[Pair, pd.DataFrame]:
    """Take the profiles of all pairs of a panel, with the same chance for each."""
    inside = panel.figures - panel.figures.mean(axis=2, keepdims=True)
    by_chance: Callable[[FloatArray, FloatArray], FloatArray]
    if panel.n_teams <= MOST_TEAMS_TO_PERMUTE:
        orders = draw_orders(panel.n_teams, replicates, rng)
        by_chance = partial(permuted, n_lags=n_lags, orders=orders)
    else:
        by_chance = partial(normal, draws=rng.normal(size=(replicates, n_lags)))
    found = {}
    for pair in panel.left_out:
        x, y = (inside[panel.column[name]] for name in pair)
        sums, scales = _sums(x, y, n_lags)
        if scales.min() <= SINGULAR:
            found[pair] = _empty()
        else:
            found[pair] = _banded(sums / scales, by_chance(x, y) / scales, panel.n_teams)
    return found


def _sums(x: FloatArray, y: FloatArray, n_lags: int) -> tuple[FloatArray, FloatArray]:
    """Return the sums of products at each lag, (lags,), and the largest that they could be."""
    pairs = list(shifted(x, y, n_lags))
    scales = [sqrt((one**2).sum() * (other**2).sum()) for one, other in pairs]
    return np.array([(one * other).sum() for one, other in pairs]), np.array(scales)


def _banded(r: FloatArray, by_chance: FloatArray, n_teams: int) -> pd.DataFrame:
    """Bound r, (lags,), by what chance gives, (replicates, lags): 95 % for all lags together."""
    z, drawn = (np.arctanh(np.clip(one, SINGULAR - 1, 1 - SINGULAR)) for one in (r, by_chance))
    error = np.maximum(drawn.std(axis=0, ddof=1), SINGULAR)
    half = np.quantile(np.abs(drawn / error).max(axis=1), 0.95) * error
    bounds = {"r": np.tanh(z), "low": np.tanh(z - half), "high": np.tanh(z + half)}
    return pd.DataFrame({"lag": range(len(r)), **bounds, "n_teams": n_teams})


def _empty() -> pd.DataFrame:
    found = pd.DataFrame(columns=["lag", "r", "low", "high", "n_teams"], dtype=float)
    found.attrs["reason"] = (
        "needs eight teams and three waves, with scores that change on both sides"
    )
    return found
