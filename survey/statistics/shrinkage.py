"""Team means drawn towards the mean of all teams, as far as chance could have moved them."""

from math import erf, sqrt
from typing import Any, Literal

import numpy as np
import pandas as pd

from survey.statistics.inputs import FloatArray, Values, complete

# A variance below this share of the largest counts as that, so that no team outweighs all others.
LEAST_VARIANCE = 1e-9


class ShrunkenMeans(pd.DataFrame):
    """One row per team: mean, shrunken, se (of shrunken) and weight (what the mean kept, 0 to 1).

    `mu` is the mean of all teams, `tau2` the variance of true team means; both are None and
    `reason` says why where there are fewer than two teams.
    """

    _metadata = ["mu", "tau2", "reason"]
    mu: float | None
    tau2: float | None
    reason: str

    @property
    def _constructor(self) -> type["ShrunkenMeans"]:
        return ShrunkenMeans


def empirical_bayes(
    means: Values, variances: Values, *, method: Literal["reml", "dl"] = "reml"
) -> ShrunkenMeans:
    """Shrink team means, shape (n_teams,), with the sampling variance of each, shape (n_teams,).

    shrunken = mu + weight (mean - mu) with weight = tau2 / (tau2 + variance); tau2 by restricted
    maximum likelihood or DerSimonian & Laird (1986), mu the mean weighted by 1 / (tau2 + variance);
    se^2 = tau2 (1 - weight) + (1 - weight)^2 var(mu) (Morris 1983). Teams without a mean or without
    a variance above 0 are left out. tau2 = 0: teams do not differ more than chance.
    """
    index, (m, v) = complete(means, variances)
    index, m, v = index[v > 0], m[v > 0], v[v > 0]
    if m.size < 2:
        empty = {name: pd.Series(dtype=float) for name in ("mean", "shrunken", "se", "weight")}
        return _with(ShrunkenMeans(empty), None, None, "fewer than two teams with a variance")
    unit = float(v.max())
    v = np.maximum(v, LEAST_VARIANCE * unit)
    tau2 = unit * (_tau2_dl if method == "dl" else _tau2_reml)(m / sqrt(unit), v / unit)
    mu, variance_of_mu = _weighted_mean(m, tau2 + v)
    weight = tau2 / (tau2 + v)
    se = np.sqrt(tau2 * (1 - weight) + (1 - weight) ** 2 * variance_of_mu)
    columns = {"mean": m, "shrunken": mu + weight * (m - mu), "se": se, "weight": weight}
    return _with(ShrunkenMeans(columns, index=index), mu, tau2, "")


def compare(a: Any, b: Any) -> float | None:
    """Return the probability that team a truly exceeds team b; .10 to .90 means: can't tell.

    a and b are rows of `ShrunkenMeans` (or anything with `shrunken` and `se`), taken as
    independent normal estimates. None where both have no uncertainty or a number is missing.
    """
    difference, variance = a.shrunken - b.shrunken, a.se**2 + b.se**2
    if not (np.isfinite(difference) and np.isfinite(variance) and variance > 0):
        return None
    return (1 + erf(float(difference) / sqrt(2 * float(variance)))) / 2


def _with(frame: ShrunkenMeans, mu: float | None, tau2: float | None, reason: str) -> ShrunkenMeans:
    frame.mu, frame.tau2, frame.reason = mu, tau2, reason
    return frame


def _weighted_mean(m: FloatArray, variances: FloatArray) -> tuple[float, float]:
    """Weight means by their precision; return the mean of all and its variance."""
    w = 1 / variances
    return float((w * m).sum() / w.sum()), float(1 / w.sum())


def _tau2_dl(m: FloatArray, v: FloatArray) -> float:
    w = 1 / v
    mu, _ = _weighted_mean(m, v)
    surplus = float((w * (m - mu) ** 2).sum()) - (m.size - 1)
    return max(0.0, surplus / float(w.sum() - (w**2).sum() / w.sum()))


def _tau2_reml(m: FloatArray, v: FloatArray) -> float:
    """Search the restricted likelihood on a grid, then climb by Fisher scoring."""
    spread = float(m.var(ddof=1))
    grid = np.array([0.0, *np.geomspace(1e-6, 10.0, 40) * spread])
    start = float(max(grid, key=lambda tau2: _restricted_likelihood(m, tau2 + v)))
    tau2 = start
    for _ in range(100):
        tau2 = max(0.0, tau2 + _scoring_step(m, tau2 + v))
    return max((start, tau2), key=lambda one: _restricted_likelihood(m, one + v))


def _restricted_likelihood(m: FloatArray, variances: FloatArray) -> float:
    mu, variance_of_mu = _weighted_mean(m, variances)
    distance = ((m - mu) ** 2 / variances).sum() + np.log(variances).sum()
    return -float(distance - np.log(variance_of_mu)) / 2


def _scoring_step(m: FloatArray, variances: FloatArray) -> float:
    """Divide the slope of the restricted likelihood in tau2 by its expected curvature."""
    w = 1 / variances
    share = w / w.sum()
    mu, _ = _weighted_mean(m, variances)
    slope = (w**2 * (m - mu) ** 2).sum() - (w * (1 - share)).sum()
    others = (share**2).sum() - share**2
    curvature = (w**2 * ((1 - share) ** 2 + others)).sum()
    return float(slope / curvature)
