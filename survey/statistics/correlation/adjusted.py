"""Correlations with something held steady: covariates, or what is particular to a team."""

from collections.abc import Sequence
from math import sqrt

import numpy as np
import pandas as pd

from survey.statistics.correlation.coefficients import (
    FEWEST_FOR_INTERVAL,
    NO_INTERVAL,
    Correlation,
    fisher_interval,
    refuse,
    t_test,
    weighted_r,
)
from survey.statistics.inputs import ROUNDING, FloatArray, IntArray, Values, by_group, complete

TEAMS_PER_COVARIATE = 10
FEWEST_TEAMS, FEWEST_WAVES = 5, 3


def partial(
    x: Values, y: Values, covariates: pd.DataFrame | pd.Series, *, semi: bool = False
) -> Correlation:
    """Correlate what covariates, shape (n_teams, q), leave unexplained of x and y (Fisher 1924).

    Columns of words count as one yes-or-no column per word but one. `semi` takes the covariates
    out of x only. df = J - 2 - q; the interval is Fisher's with J - 3 - q. At most one covariate
    per ten teams.
    """
    frame = pd.DataFrame(covariates)
    if frame.empty:
        return _nothing(0, "there are no covariates")
    design = encode(frame)
    columns = [design.iloc[:, i] for i in range(design.shape[1])]
    _, (a, b, *others) = complete(x, y, *columns)
    return refuse(a, b) or hold_steady(a, b, basis_of(others, a.size), semi=semi)


def encode(covariates: pd.DataFrame) -> pd.DataFrame:
    """Turn words into a column per word but one; a team that lacks one is missing in all."""
    frame = covariates.convert_dtypes()
    coded: pd.DataFrame = pd.get_dummies(frame, drop_first=True, dtype=float)
    return coded.where(frame.notna().all(axis=1))


def hold_steady(
    a: FloatArray, b: FloatArray, basis: FloatArray, *, semi: bool = False
) -> Correlation:
    """Correlate what a basis, shape (n_teams, q), leaves of figures that can be correlated."""
    q = basis.shape[1]
    if q > a.size // TEAMS_PER_COVARIATE:
        return _nothing(a.size, f"needs at least {TEAMS_PER_COVARIATE * q} teams")
    left_a, left_b = _left_over(a, basis), b - b.mean() if semi else _left_over(b, basis)
    if left_a is None or left_b is None:
        return _nothing(a.size, "the covariates explain one of the figures completely")
    r = weighted_r(left_a, left_b, np.ones_like(a))
    df = a.size - 2 - q
    if a.size < FEWEST_FOR_INTERVAL:
        return Correlation(r, None, None, None, a.size, NO_INTERVAL, df)
    low, high = fisher_interval(r, 1 / sqrt(df - 1))
    return Correlation(r, low, high, t_test(r, df), a.size, df=df)


def basis_of(columns: Sequence[FloatArray], n_teams: int) -> FloatArray:
    """Return orthonormal columns, shape (n_teams, q), that span the centred covariates."""
    centred = [column - column.mean() for column in columns]
    varying = [one / np.abs(one).max() for one in centred if np.ptp(one) > 0]
    if not varying:
        return np.empty((n_teams, 0))
    left, sizes, _ = np.linalg.svd(np.column_stack(varying), full_matrices=False)
    return np.asarray(left[:, sizes > sizes[0] * 1e-9], dtype=np.float64)


def repeated_measures(
    frame: pd.DataFrame, *, team: str, x: str, y: str, n_taken_out: int = 0
) -> Correlation:
    """Correlate x and y inside teams over waves, one row per team and wave.

    The common slope of an analysis of covariance (Bakdash & Marusich 2017), with df = rows -
    teams - 1 and Fisher's interval with standard error 1 / sqrt(df - 1). Whoever took something
    out of x and y before, as the means of the waves, says how many numbers those were beyond the
    grand mean (waves - 1): they count against df. Needs five teams with three waves.
    """
    rows, codes, labels = by_group(frame[[x, y]], frame[team])
    waves = np.bincount(codes, minlength=len(labels))
    if (waves >= FEWEST_WAVES).sum() < FEWEST_TEAMS:
        return _nothing(len(labels), "needs five teams with three waves")
    inside = np.column_stack([_inside(column, codes, waves) for column in rows.T])
    spread = (inside**2).sum(axis=0)
    if (spread <= ROUNDING * ((rows - rows.mean(axis=0)) ** 2).sum(axis=0)).any():
        return _nothing(len(labels), "one of the figures never changes inside a team")
    df = len(rows) - len(labels) - n_taken_out - 1
    if df < 2:
        return _nothing(len(labels), "as many numbers were taken out as there are")
    r = weighted_r(inside[:, 0], inside[:, 1], np.ones(len(inside)))
    low, high = fisher_interval(r, 1 / sqrt(df - 1))
    return Correlation(r, low, high, t_test(r, df), len(labels), df=df)


def _nothing(n_teams: int, reason: str) -> Correlation:
    return Correlation(None, None, None, None, n_teams, reason)


def _left_over(values: FloatArray, basis: FloatArray) -> FloatArray | None:
    centred = values - values.mean()
    left = centred - basis @ (basis.T @ centred)
    return left if (left**2).sum() > ROUNDING * (centred**2).sum() else None


def _inside(column: FloatArray, codes: IntArray, waves: IntArray) -> FloatArray:
    means: FloatArray = np.bincount(codes, weights=column, minlength=len(waves)) / waves
    return column - means[codes]
