"""Checks of a correlation: teams drawn again, and two correlations of the same teams compared."""

from dataclasses import dataclass
from math import atanh, erfc, sqrt
from typing import Literal

import numpy as np

from survey.statistics.correlation.coefficients import Correlation, refuse, weighted_r
from survey.statistics.correlation.influence import deviations, leave_one_out
from survey.statistics.inputs import ROUNDING, FloatArray, Values, complete
from survey.statistics.resampling import (
    LEVELS,
    are_enough,
    bca_levels,
    correlate_draws,
    draw_counts,
    quantiles,
    spread_of_draws,
)

FEWEST_TEAMS = {"bca": 8, "percentile": 40}
TOO_FEW_DIFFER = "too few teams differ to draw them again"


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
        return Correlation(None, None, None, None, a.size, too_few(method))
    return interval(a, b, draw_counts(a.size, replicates=replicates, seed=seed), method=method)


def too_few(method: Literal["bca", "percentile"]) -> str:
    """Say why so few teams are not drawn again."""
    return f"drawing teams again needs {FEWEST_TEAMS[method]} teams"


def interval(
    x: FloatArray, y: FloatArray, counts: FloatArray, *, method: Literal["bca", "percentile"]
) -> Correlation:
    """Bound r of figures that are not constant, (n_teams,), by counts, (replicates, n_teams)."""
    dx, dy = deviations(x), deviations(y)
    columns = np.column_stack([np.ones_like(dx), dx, dx * dx, dy, dy * dy, dx * dy])
    n, sx, sxx, sy, syy, sxy = (counts @ columns).T
    spreads = spread_of_draws(n, sx, sxx), spread_of_draws(n, sy, syy)
    drawn = correlate_draws(n, sxy, *spreads)[None, :]
    if not are_enough(drawn).all():
        return Correlation(None, None, None, None, x.size, TOO_FEW_DIFFER)
    r = weighted_r(x, y, np.ones_like(x))
    levels = LEVELS
    if method == "bca":
        levels = bca_levels(drawn, np.array([r]), leave_one_out(dx, dy, x.size)[None, :])
    low, high = quantiles(drawn, levels)[0]
    return Correlation(r, float(low), float(high), None, x.size)


def steiger(
    *, n: int, r12: float, r34: float, r13: float, r14: float, r23: float, r24: float
) -> SteigerTest:
    """Compare r12 with r34 over the same n teams (Steiger 1980, equation 15, pooled).

    For who comes first: 1 staff before, 2 customers after, 3 customers before, 4 staff after.
    """
    all_inside = all(abs(one) <= 1 for one in (r13, r14, r23, r24))
    if n < 4 or not (abs(r12) < 1 and abs(r34) < 1 and all_inside):
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
    return SteigerTest(z, erfc(abs(z) / sqrt(2)))
