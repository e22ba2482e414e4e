"""Checks of a correlation: teams drawn again, and two correlations of the same teams compared."""

from dataclasses import dataclass
from math import atanh, erf, sqrt
from typing import Literal

import numpy as np

from survey.statistics.correlation.coefficients import (
    Correlation,
    refuse,
    weighted_r,
)
from survey.statistics.correlation.influence import r_without
from survey.statistics.inputs import ROUNDING, FloatArray, Values, complete

FEWEST_TEAMS = {"bca": 8, "percentile": 40}


@dataclass(frozen=True, slots=True)
class SteigerTest:
    """Whether two correlations between the same teams differ: z and its two-sided p-value."""

    z: float | None
    p_value: float | None
    reason: str = ""


def bootstrap(
    x: Values,
    y: Values,
    *,
    method: Literal["bca", "percentile"] = "bca",
    replicates: int = 2000,
    seed: int = 1,
) -> Correlation:
    """Bound Pearson's r by drawing teams again: bias-corrected and accelerated (Efron 1987).

    x and y have shape (n_teams,). The interval needs no straight line and no normal scores;
    p_value is None. At least eight teams; the percentile method, whose intervals are too short
    for few teams, at least forty.
    """
    _, (a, b) = complete(x, y)
    refusal = refuse(a, b)
    if refusal:
        return refusal
    if a.size < FEWEST_TEAMS[method]:
        reason = f"drawing teams again needs {FEWEST_TEAMS[method]} teams"
        return Correlation(None, None, None, None, a.size, reason)
    r = weighted_r(a, b, np.ones_like(a))
    drawn = _redrawn(a, b, np.random.default_rng(seed), replicates)
    if drawn.size < 0.9 * replicates:
        reason = "too few teams differ to draw them again"
        return Correlation(None, None, None, None, a.size, reason)
    levels = np.array([0.025, 0.975])
    if method == "bca":
        levels = _bca_levels(drawn, r, r_without(a, b), levels)
    low, high = np.quantile(drawn, levels)
    return Correlation(r, float(low), float(high), None, a.size)


def steiger(
    *, n: int, r12: float, r34: float, r13: float, r14: float, r23: float, r24: float
) -> SteigerTest:
    """Compare r12 with r34 over the same n teams (Steiger 1980, equation 15, pooled).

    For who comes first: 1 staff before, 2 customers after, 3 customers before, 4 staff after.
    """
    if n < 4 or max(abs(r12), abs(r34)) >= 1:
        return SteigerTest(None, None, "needs four teams and correlations inside -1 and 1")
    r = (r12 + r34) / 2
    shared = (
        (r13 - r * r23) * (r24 - r23 * r)
        + (r14 - r13 * r) * (r23 - r * r13)
        + (r13 - r14 * r) * (r24 - r * r14)
        + (r14 - r * r24) * (r23 - r24 * r)
    ) / 2
    covariance = shared / (1 - r**2) ** 2
    if covariance >= 1 - ROUNDING:
        return SteigerTest(None, None, "the two correlations cannot differ")
    z = (atanh(r12) - atanh(r34)) * sqrt((n - 3) / (2 - 2 * covariance))
    return SteigerTest(z, 1 - erf(abs(z) / sqrt(2)))


def _redrawn(x: FloatArray, y: FloatArray, rng: np.random.Generator, replicates: int) -> FloatArray:
    """Correlate redrawn teams as one matrix product; draws without variation are left out."""
    dx, dy = x - x.mean(), y - y.mean()
    dx, dy = dx / np.abs(dx).max(), dy / np.abs(dy).max()
    counts = rng.multinomial(x.size, np.full(x.size, 1 / x.size), size=replicates)
    sums = counts @ np.column_stack([dx, dy, dx * dx, dy * dy, dx * dy]) / x.size
    sxx, syy = sums[:, 2] - sums[:, 0] ** 2, sums[:, 3] - sums[:, 1] ** 2
    kept = (sxx > ROUNDING) & (syy > ROUNDING)
    sxy = sums[kept, 4] - sums[kept, 0] * sums[kept, 1]
    return np.asarray(np.clip(sxy / np.sqrt(sxx[kept] * syy[kept]), -1, 1), dtype=np.float64)


def _bca_levels(drawn: FloatArray, r: float, without: FloatArray, levels: FloatArray) -> FloatArray:
    """Move the levels by the bias of the draws and the acceleration of the jackknife."""
    from scipy.stats import norm

    below = ((drawn < r).mean() + (drawn <= r).mean()) / 2
    bias = norm.ppf(np.clip(below, 1 / drawn.size, 1 - 1 / drawn.size))
    distance = without.mean() - without
    size = float((distance**2).sum())
    acceleration = float((distance**3).sum()) / (6 * size**1.5) if size > ROUNDING**2 else 0.0
    z = bias + norm.ppf(levels)
    return np.asarray(norm.cdf(bias + z / (1 - acceleration * z)), dtype=np.float64)
