"""People nested in teams: a random level per team, fitted by restricted maximum likelihood."""

from dataclasses import dataclass
from math import log

import numpy as np
import pandas as pd

from survey.statistics.inputs import (
    ROUNDING,
    SMALLEST,
    FloatArray,
    IntArray,
    Labels,
    Values,
    aligned,
    by_group,
    is_constant,
)


@dataclass(frozen=True, slots=True)
class RandomIntercept:
    """The mean mu, the variances between (tau2) and within teams (sigma2), each team's effect."""

    mu: float | None
    tau2: float | None
    sigma2: float | None
    effects: pd.Series
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Slopes:
    """How y goes with x inside teams, between team means, and the difference of the two.

    Each in units of y per unit of x, with its standard error.
    """

    within: float | None
    within_se: float | None
    between: float | None
    between_se: float | None
    contextual: float | None
    contextual_se: float | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class _Fit:
    criterion: float
    beta: FloatArray
    covariance: FloatArray
    sigma2: float
    ratio: float
    residuals: FloatArray


@dataclass(frozen=True, slots=True)
class _Model:
    """y = X beta + team + error as sums: `products` of (X, y), and their `sums` by team."""

    n: FloatArray
    products: FloatArray
    sums: FloatArray

    @classmethod
    def of(cls, x: FloatArray, y: FloatArray, codes: IntArray) -> "_Model":
        both = np.column_stack([x, y])
        sums = [np.bincount(codes, weights=column) for column in both.T]
        n = np.bincount(codes).astype(np.float64)
        return cls(n, both.T @ both, np.column_stack(sums))

    def fit(self, ratio: float) -> _Fit:
        """Fit by generalized least squares for one ratio of tau2 to sigma2."""
        shrink = ratio / (1 + self.n * ratio)
        weighted = self.products - (self.sums * shrink[:, None]).T @ self.sums
        xx, xy = weighted[:-1, :-1], weighted[:-1, -1]
        inverse = np.linalg.inv(xx)
        beta = inverse @ xy
        freedom = self.n.sum() - len(beta)
        sigma2 = max(float(weighted[-1, -1] - xy @ beta) / freedom, SMALLEST)
        criterion = np.log1p(self.n * ratio).sum() + np.linalg.slogdet(xx)[1]
        criterion += freedom * log(sigma2)
        residuals = self.sums[:, -1] - self.sums[:, :-1] @ beta
        return _Fit(float(criterion), beta, inverse * sigma2, sigma2, ratio, residuals)

    def best_fit(self) -> _Fit:
        """Minimise the restricted likelihood's profile over the ratio, its only free number."""
        from scipy.optimize import minimize_scalar

        grid = np.linspace(-16.0, 12.0, 57)
        start = int(np.argmin([self.fit(float(np.exp(step))).criterion for step in grid]))
        found = minimize_scalar(
            lambda step: self.fit(float(np.exp(step))).criterion,
            bounds=(grid[max(start - 1, 0)], grid[min(start + 1, 56)]),
            method="bounded",
            options={"xatol": 1e-10},
        )
        fits = (self.fit(0.0), self.fit(float(np.exp(found.x))))
        return min(fits, key=lambda fit: fit.criterion)


def random_intercept(values: Values, groups: Labels) -> RandomIntercept:
    """Fit y = mu + team + error to scores, shape (n_people,) (Patterson & Thompson 1971).

    The effects are best linear unbiased predictions, indexed by team, in the unit of the scores.
    Needs two teams and people who differ within one of them.
    """
    rows, codes, labels = by_group(values, groups)
    scores, centre, unit = _standardised(rows[:, 0])
    if len(labels) < 2 or not _varies_inside(scores, codes):
        reason = "needs two teams, one of them with people who differ"
        return RandomIntercept(None, None, None, pd.Series(dtype=float), reason)
    model = _Model.of(np.ones((len(scores), 1)), scores, codes)
    fit = model.best_fit()
    effects = pd.Series(fit.ratio / (1 + model.n * fit.ratio) * fit.residuals * unit, index=labels)
    sigma2 = fit.sigma2 * unit**2
    return RandomIntercept(centre + float(fit.beta[0]) * unit, fit.ratio * sigma2, sigma2, effects)


def within_between(x: Values, y: Values, groups: Labels) -> Slopes:
    """Fit y = a + within (x - team mean) + between (team mean) + team + error (Mundlak 1978).

    All shape (n_people,). Needs four teams, x that differs inside and between teams, and y that
    is not just a line in x.
    """
    pair = pd.DataFrame(dict(zip("xy", aligned(x, y), strict=True)))
    rows, codes, labels = by_group(pair, groups)
    (a, _, unit_x), (b, _, unit_y) = (_standardised(column) for column in rows.T)
    inside = a - _team_means(a, codes)
    between = a - inside
    if len(labels) < 4 or not _varies_inside(a, codes) or np.ptp(between) <= ROUNDING:
        return _no_slopes("needs four teams and x that differs inside and between them")
    fit = _Model.of(np.column_stack([np.ones_like(a), inside, between]), b, codes).best_fit()
    if fit.sigma2 <= ROUNDING:
        return _no_slopes("inside the teams y is constant or just a line in x")
    contrasts = np.array([[0.0, 1, 0], [0, 0, 1], [0, -1, 1]])
    slopes = contrasts @ fit.beta * unit_y / unit_x
    errors = np.sqrt(np.diag(contrasts @ fit.covariance @ contrasts.T)) * unit_y / unit_x
    (w, w_se), (m, m_se), (d, d_se) = np.column_stack([slopes, errors]).tolist()
    return Slopes(w, w_se, m, m_se, d, d_se)


def _no_slopes(reason: str) -> Slopes:
    return Slopes(None, None, None, None, None, None, reason)


def _standardised(values: FloatArray) -> tuple[FloatArray, float, float]:
    """Centre values and divide them by the largest distance; constant values become 0."""
    if is_constant(values):
        return np.zeros_like(values), 0.0, 1.0
    centre = float(values.mean())
    unit = float(np.abs(values - centre).max())
    return (values - centre) / unit, centre, unit


def _team_means(values: FloatArray, codes: IntArray) -> FloatArray:
    """Return each person's team mean."""
    means: FloatArray = np.bincount(codes, weights=values) / np.maximum(np.bincount(codes), 1)
    return means[codes]


def _varies_inside(values: FloatArray, codes: IntArray) -> bool:
    inside = values - _team_means(values, codes)
    return float((inside**2).sum()) > ROUNDING * float((values**2).sum())
