"""Ranks of many figures at once, and Kendall's count of the teams that two of them order alike."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from survey.statistics.inputs import FloatArray, IntArray

# Up to so many teams the p-value of tau without ties is exact.
MOST_FOR_EXACT = 33
# Comparisons of teams made at once: one byte each.
COMPARISONS = 16_000_000


@dataclass(frozen=True, slots=True, eq=False)
class Ranking:
    """Mean ranks of figures, (figures, teams), NaN where missing; the rest is (figures,).

    `tied` counts pairs of teams with the same value, `skewed` and `spread` the tied triples and
    the variance that ties cost, as the p-value of Kendall (1970) wants them.
    """

    ranks: FloatArray
    tied: FloatArray
    skewed: FloatArray
    spread: FloatArray


def rank(figures: FloatArray) -> Ranking:
    """Rank each row, (figures, teams), from 1; equal values share the mean of their ranks."""
    n_teams = figures.shape[1]
    order = np.argsort(figures, axis=1)
    ordered = np.take_along_axis(figures, order, axis=1)
    begins = np.ones(figures.shape, dtype=np.bool_)
    begins[:, 1:] = ordered[:, 1:] != ordered[:, :-1]
    first = np.flatnonzero(begins)
    sizes = np.diff(first, append=begins.size)
    size = np.repeat(sizes, sizes).reshape(figures.shape)
    place = np.repeat(first, sizes).reshape(figures.shape) % max(n_teams, 1) + (size + 1) / 2
    ranks = np.empty_like(figures)
    np.put_along_axis(ranks, order, np.where(np.isnan(ordered), np.nan, place), axis=1)
    others = np.where(np.isnan(ordered), 0, size - 1)
    return Ranking(
        ranks,
        others.sum(axis=1) / 2,
        (others * (size - 2.0)).sum(axis=1),
        (others * (2.0 * size + 5)).sum(axis=1),
    )


def concordance(ranks: FloatArray, left: IntArray, right: IntArray) -> FloatArray:
    """Count, for rows `left` and `right`, the pairs of teams in the same order less the opposite.

    A team missing from one row of a pair must be missing from both. Returns (pairs,).
    """
    figures, n_teams = ranks.shape
    narrow = ranks.astype(np.float32)
    step = max(1, COMPARISONS // max(figures * n_teams, 1))
    found = np.zeros(len(left))
    for start in range(0, n_teams, step):
        rows = narrow[:, start : start + step, None]
        below, above = _packed(rows < narrow[:, None, :]), _packed(rows > narrow[:, None, :])
        found += _shared(below, below, left, right) - _shared(below, above, left, right)
    return found


def kendall_p(
    ranking: Ranking, left: IntArray, right: IntArray, n: IntArray, difference: FloatArray
) -> FloatArray:
    """Return the two-sided p-values, (pairs,), of the differences that `concordance` counts.

    Exact for few teams without ties, else from the normal distribution (Kendall 1970).
    """
    from scipy.special import ndtr

    tied_x, tied_y = ranking.tied[left], ranking.tied[right]
    m = n * (n - 1.0)
    variance = (m * (2 * n + 5) - ranking.spread[left] - ranking.spread[right]) / 18
    variance += 2 * tied_x * tied_y / m
    variance += ranking.skewed[left] * ranking.skewed[right] / (9 * m * (n - 2))
    p: FloatArray = 2 * ndtr(-np.abs(difference) / np.sqrt(variance))
    discordant = np.rint((m / 2 - np.abs(difference)) / 2).astype(np.intp)
    for i in np.flatnonzero((tied_x + tied_y == 0) & (n <= MOST_FOR_EXACT)):
        p[i] = _exact_p(int(n[i]))[discordant[i]]
    return p


@lru_cache(maxsize=MOST_FOR_EXACT)
def _exact_p(n: int) -> FloatArray:
    """Return the two-sided p-value for every number of pairs of n teams in the rarer order."""
    shares = np.ones(1)
    for k in range(2, n + 1):
        shares = np.convolve(shares, np.full(k, 1 / k))
    return np.minimum(2 * np.cumsum(shares), 1.0)


def _packed(compared: NDArray[np.bool_]) -> NDArray[np.uint64]:
    """Pack comparisons, (figures, teams, teams), into words of 64, (figures, words)."""
    packed = np.packbits(compared.reshape(len(compared), -1), axis=1)
    padded = np.pad(packed, ((0, 0), (0, -packed.shape[1] % 8)))
    return padded.view(np.uint64)


def _shared(
    one: NDArray[np.uint64], other: NDArray[np.uint64], left: IntArray, right: IntArray
) -> FloatArray:
    counted: FloatArray = np.bitwise_count(one[left] & other[right]).sum(axis=1, dtype=np.float64)
    return counted
