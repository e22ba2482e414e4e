"""Weighted least squares, for one team figure on several others."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from survey.statistics.inputs import ROUNDING, Values, complete, is_constant


@dataclass(frozen=True, slots=True)
class Regression:
    """Coefficients and standard errors, indexed by "intercept" and the columns of x.

    In units of y per unit of each column; empty, with a reason, where nothing can be fitted.
    """

    coefficients: pd.Series
    standard_errors: pd.Series
    r2: float | None
    n_teams: int
    reason: str = ""


def weighted(y: Values, x: pd.DataFrame | pd.Series, weights: Values) -> Regression:
    """Regress y, shape (n_teams,), on x, shape (n_teams, p), with weights, shape (n_teams,).

    With weights 1 / (tau2 + variance) this is random-effects meta-regression, its standard errors
    those of Knapp & Hartung (2003). Teams of weight 0 or below drop out. Needs more teams than
    coefficients and columns of x that are not sums of each other.
    """
    frame = pd.DataFrame(x)
    _, (b, w, *columns) = complete(y, weights, *(frame.iloc[:, i] for i in range(frame.shape[1])))
    kept = w > 0
    b, w, columns = b[kept], w[kept], [column[kept] for column in columns]
    if b.size <= len(columns) + 1 or is_constant(b):
        return _nothing(b.size, "needs more teams than coefficients, and y that varies")
    w = w / w.sum()
    centres = np.array([(w * column).sum() for column in columns])
    units = np.array([np.abs(column).max() or 1.0 for column in columns])
    design = (np.column_stack([np.ones_like(b), *columns]) - [0.0, *centres]) / [1.0, *units]
    gram = (design * w[:, None]).T @ design
    if np.linalg.matrix_rank(gram, tol=ROUNDING) < len(gram):
        return _nothing(b.size, "a column of x is constant or a sum of the others")
    inverse = np.linalg.inv(gram)
    beta = inverse @ design.T @ (w * b)
    unexplained = float((w * (b - design @ beta) ** 2).sum())
    total = float((w * (b - (w * b).sum()) ** 2).sum())
    back = np.diag(1 / np.array([1.0, *units]))
    back[0, 1:] = -centres / units
    covariance = back @ inverse @ back.T * unexplained / (b.size - len(beta))
    names = pd.Index(["intercept", *frame.columns])
    errors = pd.Series(np.sqrt(np.diag(covariance)), index=names)
    r2 = max(0.0, 1 - unexplained / total)
    return Regression(pd.Series(back @ beta, index=names), errors, r2, b.size)


def _nothing(n_teams: int, reason: str) -> Regression:
    empty = pd.Series(dtype=float)
    return Regression(empty, empty, None, n_teams, reason)
