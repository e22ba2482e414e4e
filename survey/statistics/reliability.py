"""Whether the items of a scale measure one thing, and how well."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from survey.statistics.inputs import ROUNDING, FloatArray, complete_rows, is_constant
from survey.statistics.rollups import ItemMoments

LEAST_UNIQUE = 0.005
SETTLED = 1e-10


@dataclass(frozen=True, slots=True)
class Alpha:
    """Cronbach's alpha with its interval; `mean_inter_item` is the mean correlation of two items.

    For two or three items .15 to .50 of it is right (Clark & Watson 1995). With two items the
    Spearman-Brown reliability is 2 r / (1 + r) of `mean_inter_item`.
    """

    alpha: float | None
    low: float | None
    high: float | None
    n_items: int
    n_people: int
    mean_inter_item: float | None = None
    reason: str = ""


def cronbach_alpha(items: pd.DataFrame, *, confidence: float = 0.95) -> Alpha:
    """Compute alpha from answers, shape (people, items), of the people who answered all items.

    alpha = k / (k - 1) (1 - sum of item variances / variance of the sum) (Cronbach 1951); the
    interval is that of Feldt (1965). Needs two items and three people who differ.
    """
    return alpha_from_moments(_centred_moments(items), confidence=confidence)


def alpha_from_moments(moments: ItemMoments, *, confidence: float = 0.95) -> Alpha:
    """Do the same as `cronbach_alpha` from the summary of the items."""
    from scipy.special import fdtri

    k, n = moments.totals.size, moments.n
    covariance = moments.covariance()
    whole = float(covariance.sum())
    if k < 2 or n < 3 or whole <= ROUNDING * k * float(np.trace(covariance)):
        reason = "needs two items and three people whose sums differ"
        return Alpha(None, None, None, k, n, None, reason)
    alpha = k / (k - 1) * (1 - float(np.trace(covariance)) / whole)
    tail = (1 - confidence) / 2
    low, high = (
        1 - (1 - alpha) * float(fdtri(n - 1, (n - 1) * (k - 1), quantile))
        for quantile in (1 - tail, tail)
    )
    return Alpha(alpha, low, high, k, n, _mean_inter_item(covariance))


def mcdonald_omega(
    items: pd.DataFrame, *, method: Literal["minres", "ml"] = "minres"
) -> float | None:
    """Compute omega total of one factor from answers, shape (people, items) (McDonald 1999).

    omega = (sum of loadings)^2 / ((sum of loadings)^2 + sum of uniquenesses), with the loadings of
    one factor by minimum residuals, or maximum likelihood, in the correlation matrix of the people
    who answered all items. None for fewer than three items that vary or where no factor is found.
    """
    return omega_from_moments(_centred_moments(items), method=method)


def omega_from_moments(
    moments: ItemMoments, *, method: Literal["minres", "ml"] = "minres"
) -> float | None:
    """Do the same as `mcdonald_omega` from the summary of the items."""
    covariance = moments.covariance()
    sd = np.sqrt(np.diag(covariance))
    if sd.size < 3 or moments.n < 3 or not sd.all():
        return None
    loadings = _loadings(covariance / np.outer(sd, sd), method)
    if loadings is None:
        return None
    common = float(loadings.sum()) ** 2
    unique = float(np.maximum(1 - loadings**2, LEAST_UNIQUE).sum())
    return common / (common + unique)


def _centred_moments(items: pd.DataFrame) -> ItemMoments:
    """Summarise answers around their means, which keeps every digit; constant items become 0."""
    rows = complete_rows(items)
    centred = rows - rows.mean(axis=0) if rows.size else rows
    centred[:, [is_constant(column) for column in rows.T]] = 0.0
    return ItemMoments(len(rows), centred.sum(axis=0), centred.T @ centred)


def _mean_inter_item(covariance: FloatArray) -> float | None:
    sd = np.sqrt(np.diag(covariance))
    varying = np.flatnonzero(sd)
    if varying.size < 2:
        return None
    r = covariance[np.ix_(varying, varying)] / np.outer(sd[varying], sd[varying])
    return float(r[np.triu_indices_from(r, k=1)].mean())


def _loadings(r: FloatArray, method: Literal["minres", "ml"]) -> FloatArray | None:
    """Find the loadings of one factor by a fixed point, oriented to a positive sum.

    Two steps at a time tell how far the next ones would go (Varadhan & Roland 2008): alone, weak
    factors would take tens of thousands of them.
    """
    unique = np.clip(1 / np.diag(np.linalg.pinv(r)), LEAST_UNIQUE, 1.0)
    for _ in range(500):
        loadings = _one_step(r, unique, method)
        first = _unique(loadings)
        step = first - unique
        if np.abs(step).max() < SETTLED:
            return _oriented(loadings)
        change = _unique(_one_step(r, first, method)) - first - step
        stride = max(1.0, _length(step) / max(_length(change), ROUNDING))
        unique = np.clip(unique + 2 * stride * step + stride**2 * change, LEAST_UNIQUE, 1.0)
    return None


def _one_step(r: FloatArray, unique: FloatArray, method: Literal["minres", "ml"]) -> FloatArray:
    """Take loadings from the largest eigenvalue of r with the communalities on its diagonal.

    Maximum likelihood scales rows and columns by the roots of the uniquenesses.
    """
    scale = np.sqrt(unique) if method == "ml" else np.ones(len(r))
    values, vectors = np.linalg.eigh((r - np.diag(unique)) / np.outer(scale, scale))
    loadings: FloatArray = scale * vectors[:, -1] * np.sqrt(max(values[-1], 0.0))
    return loadings


def _unique(loadings: FloatArray) -> FloatArray:
    return np.maximum(1 - loadings**2, LEAST_UNIQUE)


def _length(values: FloatArray) -> float:
    return float(np.sqrt((values**2).sum()))


def _oriented(loadings: FloatArray) -> FloatArray | None:
    if (loadings**2).sum() <= ROUNDING:
        return None
    return loadings if loadings.sum() > 0 else -loadings
