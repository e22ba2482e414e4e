"""Pearson's, Spearman's and Kendall's coefficients of a whole block of pairs."""

import numpy as np

from survey.statistics.correlation.blocks import Block
from survey.statistics.correlation.coefficients import (
    FEWEST_FOR_INTERVAL,
    FEWEST_FOR_INTERVAL_OF_TAU,
    NO_INTERVAL,
    NO_INTERVAL_OF_TAU,
    Correlation,
)
from survey.statistics.correlation.ranking import Ranking, concordance, kendall_p
from survey.statistics.inputs import NORMAL_95, ROUNDING, FloatArray, IntArray


def pearson_r(dx: FloatArray, dy: FloatArray) -> FloatArray:
    """Correlate deviations row by row, (pairs, teams), 0 for a team that is not there."""
    scale = np.sqrt((dx * dx).sum(axis=1) * (dy * dy).sum(axis=1))
    return _whole((dx * dy).sum(axis=1) / scale)


def pearsons(r: FloatArray, n: IntArray) -> list[Correlation]:
    """Give r of n teams, (pairs,), interval and p-value, as `pearson` does."""
    return _correlations(r, np.ones_like(r), n)


def spearmans(block: Block, ranks: FloatArray) -> list[Correlation]:
    """Correlate the ranks of the figures, (figures, teams), as `spearman` does."""
    n = block.n_teams
    middle = (np.isfinite(ranks).sum(axis=1, keepdims=True) + 1) / 2
    centred = np.nan_to_num(ranks - middle)
    r = pearson_r(centred[block.left], centred[block.right])
    return _correlations(r, np.sqrt(1 + r**2 / 2), n)


def kendalls(block: Block, ranking: Ranking) -> list[Correlation]:
    """Count the teams that both figures of a pair order alike, as `kendall` does."""
    n, left, right = block.n_teams, block.left, block.right
    difference = concordance(ranking, left, right, n)
    all_pairs = n * (n - 1) / 2
    tau = _whole(
        difference
        / np.sqrt(all_pairs - ranking.tied[left])
        / np.sqrt(all_pairs - ranking.tied[right])
    )
    p = kendall_p(ranking, left, right, n, difference)
    low, high = _fisher(tau, np.sqrt(0.437 / np.maximum(n - 4, 1)))
    rows = zip(*(one.tolist() for one in (tau, low, high, p, n)), strict=True)
    return [
        Correlation(r, None, None, p_value, size, NO_INTERVAL_OF_TAU)
        if size < FEWEST_FOR_INTERVAL_OF_TAU
        else Correlation(r, below, above, p_value, size)
        for r, below, above, p_value, size in rows
    ]


def _correlations(r: FloatArray, widening: FloatArray, n: IntArray) -> list[Correlation]:
    from scipy.special import stdtr

    low, high = _fisher(r, widening / np.sqrt(np.maximum(n - 3, 1)))
    is_line = np.abs(r) == 1
    t = np.abs(r) * np.sqrt((n - 2) / np.where(is_line, 1.0, 1 - r**2))
    p = np.where(is_line, 0.0, 2 * stdtr(n - 2, -t))
    rows = zip(*(column.tolist() for column in (r, low, high, p, n)), strict=True)
    return [
        Correlation(one, None, None, None, size, NO_INTERVAL)
        if size < FEWEST_FOR_INTERVAL
        else Correlation(one, below, above, p_value, size)
        for one, below, above, p_value, size in rows
    ]


def _whole(r: FloatArray) -> FloatArray:
    """Do for each r what `coefficients.whole` does."""
    return np.where(np.abs(r) > 1 - ROUNDING, np.sign(r), r)


def _fisher(r: FloatArray, se: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Do for each r what `coefficients.fisher_interval` does."""
    is_line = np.abs(r) == 1
    z = np.arctanh(np.where(is_line, 0.0, r))
    low, high = np.tanh(z - NORMAL_95 * se), np.tanh(z + NORMAL_95 * se)
    return np.where(is_line, r, low), np.where(is_line, r, high)
