"""Ranks of many figures at once, and Kendall's count of the teams that two of them order alike."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from survey.statistics.inputs import FloatArray, IntArray

# Up to so many teams the p-value of tau without ties is exact.
MOST_FOR_EXACT = 33


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


def concordance(ranking: Ranking, left: IntArray, right: IntArray, n: IntArray) -> FloatArray:
    """Count the pairs of teams in one order in rows `left` and `right` less those in the opposite.

    In order of the one and then the other, teams in opposite order are the inversions of the other
    (Knight 1966). Both rows of a pair miss the same teams; `n` teams are left. Returns (pairs,).
    """
    teams = ranking.ranks.shape[1]
    base = 2 * teams + 2
    doubled = np.nan_to_num(2 * ranking.ranks, nan=base - 1).astype(np.int64)
    both = np.sort(doubled[left] * base + doubled[right], axis=1)
    order = np.arange(teams)
    begins = np.ones(both.shape, dtype=np.bool_)
    begins[:, 1:] = both[:, 1:] != both[:, :-1]
    begin = np.maximum.accumulate(np.where(begins, order, 0), axis=1)
    tied_in_both = np.where(order < n[:, None], order - begin, 0).sum(axis=1)
    opposite = _inversions((both % base).astype(np.int32))
    different = n * (n - 1) / 2 - ranking.tied[left] - ranking.tied[right] + tied_in_both
    difference: FloatArray = different - 2 * opposite
    return difference


def _inversions(rows: NDArray[np.int32]) -> IntArray:
    """Count in each row, (rows, places), the larger numbers that stand before smaller ones.

    Sorting ever longer stretches, with the numbers of the first half marked even and those of the
    second odd, each number of the first half moves behind as many as it is larger than.
    """
    places = 1 << max(rows.shape[1] - 1, 0).bit_length()
    rows = np.pad(rows, ((0, 0), (0, places - rows.shape[1])), constant_values=rows.max())
    found = np.zeros(len(rows), dtype=np.intp)
    half = 1
    while half < places:
        marked = 2 * rows.reshape(len(rows), -1, 2 * half)
        marked[:, :, half:] += 1
        marked.sort(axis=2)
        is_first = (marked & 1) == 0
        found += is_first.sum(axis=1) @ np.arange(2 * half) - (places // 4) * (half - 1)
        rows = marked >> 1
        half *= 2
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
