"""Teams drawn again and again: how much a correlation depends on which teams there happen to be.

One draw serves every pair of figures and every wave, so that what is compared was drawn alike.
"""

import numpy as np
from numpy.typing import NDArray

from survey.statistics.inputs import ROUNDING, FloatArray

LEVELS = np.array([[0.025, 0.975]])
# An interval is told only if this share of the draws gives a correlation at all.
LEAST_SHARE = 0.9
# Draws as near to r as this are r but for rounding.
TIE = 1e-9


def draw_counts(n_teams: int, *, replicates: int = 2000, seed: int = 1) -> FloatArray:
    """Draw as many teams as there are, with replacement, again and again.

    Returns how often each team came, shape (replicates, n_teams); each row sums to n_teams.
    """
    rng = np.random.default_rng(seed)
    drawn = rng.integers(0, max(n_teams, 1), size=(replicates, n_teams))
    drawn += np.arange(replicates)[:, None] * n_teams
    counts = np.bincount(drawn.ravel(), minlength=replicates * n_teams)
    return counts.reshape(replicates, n_teams).astype(np.float64)


def spread_of_draws(
    n: FloatArray, total: FloatArray, squares: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Return each draw's mean and 1 / standard deviation; the latter NaN where nothing varies.

    From how many teams were drawn and the sums of their figures, of about size 1, and squares.
    """
    n = np.maximum(n, 1.0)
    mean = total / n
    variance = squares / n - mean * mean
    varies = variance > ROUNDING
    return mean, np.where(varies, 1 / np.sqrt(np.where(varies, variance, 1.0)), np.nan)


def correlate_draws(
    n: FloatArray,
    products: FloatArray,
    x: tuple[FloatArray, FloatArray],
    y: tuple[FloatArray, FloatArray],
) -> FloatArray:
    """Correlate draws from their sums of products and the spread of each side; NaN without one."""
    (mean_x, per_sd_x), (mean_y, per_sd_y) = x, y
    covariance = products / np.maximum(n, 1.0) - mean_x * mean_y
    return np.asarray(np.clip(covariance * per_sd_x * per_sd_y, -1.0, 1.0), dtype=np.float64)


def are_enough(drawn: FloatArray) -> NDArray[np.bool_]:
    """Tell for each pair whether its draws, (pairs, replicates), give enough correlations."""
    fewest = max(LEAST_SHARE * drawn.shape[1], 1)
    enough: NDArray[np.bool_] = np.isfinite(drawn).sum(axis=1) >= fewest
    return enough


def bca_levels(drawn: FloatArray, r: FloatArray, without: FloatArray) -> FloatArray:
    """Move the levels of a 95 % interval by bias and acceleration (BCa, Efron 1987): (pairs, 2).

    `drawn` is (pairs, replicates), `r` (pairs,), `without` r without each team, (pairs, n_teams),
    NaN for a team that is not there. Draws that rounding alone keeps from r count as r.
    """
    from scipy.special import ndtr, ndtri

    r = r[:, None]
    n = np.isfinite(drawn).sum(axis=1, keepdims=True)
    below = (drawn < r - TIE).sum(axis=1) + (drawn <= r + TIE).sum(axis=1)
    bias = ndtri(np.clip(below[:, None] / (2 * n), 1 / (n + 1), n / (n + 1)))
    there = np.isfinite(without)
    mean = np.where(there, without, 0.0).sum(axis=1) / there.sum(axis=1)
    pull = np.where(there, mean[:, None] - without, 0.0)
    size = (pull**2).sum(axis=1)
    moved = size > ROUNDING**2
    acceleration = np.where(moved, (pull * pull * pull).sum(axis=1), 0.0)[:, None]
    acceleration = acceleration / (6 * np.where(moved, size, 1.0)[:, None] ** 1.5)
    z = bias + ndtri(LEVELS)
    levels: FloatArray = ndtr(bias + z / (1 - acceleration * z))
    return levels


def quantiles(drawn: FloatArray, levels: FloatArray) -> FloatArray:
    """Read each pair's draws, (pairs, replicates), at its levels, (pairs, levels); skip NaN."""
    ordered = np.sort(drawn, axis=1)
    last = np.isfinite(drawn).sum(axis=1, keepdims=True) - 1
    place = levels * last
    below = np.floor(place).astype(np.intp)
    low = np.take_along_axis(ordered, below, axis=1)
    high = np.take_along_axis(ordered, np.minimum(below + 1, last), axis=1)
    found: FloatArray = low + (high - low) * (place - below)
    return found
