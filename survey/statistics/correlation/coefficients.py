"""Pearson's, Spearman's and Kendall's coefficients between two team figures."""

from dataclasses import dataclass
from math import atanh, sqrt, tanh

import numpy as np

from survey.statistics.inputs import NORMAL_95, ROUNDING, FloatArray, Values, complete, is_constant

FEWEST_TEAMS = 3
TOO_FEW = "fewer than three teams"
CONSTANT = "one of the figures is the same in every team"
FEWEST_FOR_INTERVAL, FEWEST_FOR_INTERVAL_OF_TAU = 4, 5
NO_INTERVAL = "an interval and a p-value need four teams"
NO_INTERVAL_OF_TAU = "an interval needs five teams"


@dataclass(frozen=True, slots=True)
class Correlation:
    """A correlation between team figures; low and high bound its 95 % interval.

    `df` counts the degrees of freedom where they are not n_teams - 2.
    """

    r: float | None
    low: float | None
    high: float | None
    p_value: float | None
    n_teams: int
    reason: str = ""
    df: int | None = None


def pearson(x: Values, y: Values, *, weights: Values | None = None) -> Correlation:
    """Correlate two team figures, shape (n_teams,), pairwise complete (interval: Fisher 1921).

    With weights, teams of weight 0 or below drop out and the interval and p-value count
    (sum w)^2 / sum w^2 teams (Kish 1965). Fewer than three teams or a constant figure give r None,
    three teams neither interval nor p-value.
    """
    columns = complete(x, y) if weights is None else complete(x, y, weights)
    a, b, w = (*columns[1], np.ones(len(columns[0])))[:3]
    a, b, w = a[w > 0], b[w > 0], w[w > 0]
    refusal = refuse(a, b)
    if refusal:
        return refusal
    w = w / w.max()
    size = float(w.sum() ** 2 / (w**2).sum())
    return _with_interval(weighted_r(a, b, w), 1.0, size, a.size)


def spearman(x: Values, y: Values) -> Correlation:
    """Correlate the ranks of two team figures, shape (n_teams,), pairwise complete (Spearman 1904).

    The interval is Fisher's with the standard error sqrt((1 + r^2 / 2) / (J - 3)) of Bonett &
    Wright (2000), the p-value that of a t test. Fewer than three teams or a constant figure give
    r None, three teams neither interval nor p-value.
    """
    from scipy.stats import rankdata

    _, (a, b) = complete(x, y)
    refusal = refuse(a, b)
    if refusal:
        return refusal
    r = weighted_r(rankdata(a), rankdata(b), np.ones_like(a))
    return _with_interval(r, sqrt(1 + r**2 / 2), a.size, a.size)


def kendall(x: Values, y: Values) -> Correlation:
    """Count concordant pairs of two team figures, shape (n_teams,): tau-b (Kendall 1945).

    The interval, from five teams on, is Fisher's with the standard error sqrt(.437 / (J - 4)) of
    Fieller, Hartley & Pearson (1957). Fewer than three teams or a constant figure give r None.
    """
    from scipy.stats import kendalltau

    _, (a, b) = complete(x, y)
    refusal = refuse(a, b)
    if refusal:
        return refusal
    tau, p_value = (float(value) for value in kendalltau(a, b))
    tau = whole(tau)
    if a.size < FEWEST_FOR_INTERVAL_OF_TAU:
        return Correlation(tau, None, None, p_value, a.size, NO_INTERVAL_OF_TAU)
    low, high = fisher_interval(tau, sqrt(0.437 / (a.size - 4)))
    return Correlation(tau, low, high, p_value, a.size)


def refuse(x: FloatArray, y: FloatArray) -> Correlation | None:
    """Return the result for figures that cannot be correlated, or None if they can."""
    reason = ""
    if x.size < FEWEST_TEAMS:
        reason = TOO_FEW
    elif is_constant(x) or is_constant(y):
        reason = CONSTANT
    return Correlation(None, None, None, None, x.size, reason) if reason else None


def weighted_r(x: FloatArray, y: FloatArray, w: FloatArray) -> float:
    """Pearson's r of figures that are not constant, with positive weights, shape (n_teams,)."""
    dx, dy = (one - np.average(one, weights=w) for one in (x, y))
    dx, dy = dx / np.abs(dx).max(), dy / np.abs(dy).max()
    r = (w * dx * dy).sum() / sqrt((w * dx**2).sum() * (w * dy**2).sum())
    return whole(float(r))


def whole(r: float) -> float:
    """Make a correlation that only rounding keeps from 1 or -1, or lets beyond, just that."""
    return float(np.sign(r)) if abs(r) > 1 - ROUNDING else r


def fisher_interval(r: float, se: float) -> tuple[float, float]:
    """Bound r by its Fisher transform and the standard error of that; 1 and -1 stay points."""
    if abs(r) == 1:
        return r, r
    z = atanh(r)
    return tanh(z - NORMAL_95 * se), tanh(z + NORMAL_95 * se)


def t_test(r: float, df: float) -> float:
    """Return the two-sided p-value of r with df degrees of freedom."""
    from scipy.special import stdtr

    if abs(r) == 1:
        return 0.0
    return float(2 * stdtr(df, -abs(r) * sqrt(df / (1 - r**2))))


def _with_interval(r: float, widening: float, size: float, n_teams: int) -> Correlation:
    if n_teams < FEWEST_FOR_INTERVAL:
        return Correlation(r, None, None, None, n_teams, NO_INTERVAL)
    if size <= FEWEST_FOR_INTERVAL - 1:
        reason = "the weights leave as good as no team but a few"
        return Correlation(r, None, None, None, n_teams, reason)
    low, high = fisher_interval(r, widening / sqrt(size - 3))
    return Correlation(r, low, high, t_test(r, size - 2), n_teams)
