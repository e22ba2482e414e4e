"""Relative importance of several figures for another: shares of R squared, not causes."""

from collections.abc import Callable
from itertools import combinations
from math import comb

import numpy as np
import pandas as pd

from survey.statistics.inputs import FloatArray, Values, complete, is_constant
from survey.statistics.resampling import draw_counts, spread_of_draws

MOST_FOR_LMG = 12
TEAMS_PER_PREDICTOR = 10
SMALLEST_EIGENVALUE = 1e-10


def lmg(x: pd.DataFrame, y: Values) -> pd.Series:
    """Share out R^2 of y, shape (n_teams,), over the columns of x, shape (n_teams, p), p <= 12.

    Each share is what a column adds to R^2, averaged over all orders in which the columns could
    enter (Lindeman, Merenda & Gold 1980). Empty, with `attrs["reason"]`, where R^2 is not defined.
    """
    if x.shape[1] > MOST_FOR_LMG:
        return _empty_shares("more than twelve predictors: use johnson")
    return _shares(x, y, _lmg)


def johnson(x: pd.DataFrame, y: Values) -> pd.Series:
    """Share out R^2 like `lmg` by relative weights (Johnson 2000), for any number of columns."""
    return _shares(x, y, _johnson)


def ranked(x: pd.DataFrame, y: Values, *, replicates: int = 500, seed: int = 1) -> pd.DataFrame:
    """Share out R^2 by relative weights, with 95 % intervals from teams drawn again.

    Columns: share, low, high, rank_low, rank_high (1 is the most important); one row per column of
    x. Empty, with `attrs["reason"]`, for fewer than ten teams per column.
    """
    rows = _rows(x, y)
    r = _correlations(rows)
    if r is None or len(rows) < TEAMS_PER_PREDICTOR * x.shape[1]:
        table = pd.DataFrame(columns=["share", "low", "high", "rank_low", "rank_high"], dtype=float)
        table.attrs["reason"] = "needs ten teams per predictor, and predictors that differ"
        return table
    counts = draw_counts(len(rows), replicates=replicates, seed=seed)
    shares = _johnson(np.concatenate([r[None], _correlate_draws(rows, counts)]))
    ranks = (-shares).argsort(axis=1).argsort(axis=1) + 1
    table = pd.DataFrame({"share": shares[0]}, index=x.columns)
    table["low"], table["high"] = np.quantile(shares, [0.025, 0.975], axis=0)
    table["rank_low"] = np.quantile(ranks, 0.025, axis=0, method="lower")
    table["rank_high"] = np.quantile(ranks, 0.975, axis=0, method="higher")
    return table


def _shares(x: pd.DataFrame, y: Values, share_out: Callable[[FloatArray], FloatArray]) -> pd.Series:
    r = _correlations(_rows(x, y))
    if r is None:
        return _empty_shares("needs more teams than predictors, and predictors that differ")
    return pd.Series(share_out(r), index=x.columns)


def _empty_shares(reason: str) -> pd.Series:
    shares = pd.Series(dtype=float)
    shares.attrs["reason"] = reason
    return shares


def _rows(x: pd.DataFrame, y: Values) -> FloatArray:
    """Read complete teams, shape (n_teams, p + 1), with y in the last column."""
    return np.column_stack(complete(*(x.iloc[:, i] for i in range(x.shape[1])), y)[1])


def _correlations(rows: FloatArray) -> FloatArray | None:
    """Correlate the columns; None where a column is constant or the predictors are not distinct."""
    n, columns = rows.shape
    if columns < 2 or n <= columns or any(is_constant(column) for column in rows.T):
        return None
    centred = rows - rows.mean(axis=0)
    centred = centred / np.abs(centred).max(axis=0)
    unit = centred / np.sqrt((centred**2).sum(axis=0))
    r: FloatArray = unit.T @ unit
    return r if np.linalg.eigvalsh(r[:-1, :-1])[0] > SMALLEST_EIGENVALUE else None


def _correlate_draws(rows: FloatArray, counts: FloatArray) -> FloatArray:
    """Correlate the columns in each draw of teams, shape (draws, columns, columns).

    Draws in which a column is constant or the predictors are not distinct are left out.
    """
    n, columns = rows.shape
    z = (rows - rows.mean(axis=0)) / rows.std(axis=0)
    products = (z[:, :, None] * z[:, None, :]).reshape(n, -1)
    squares = (counts @ products).reshape(-1, columns, columns)
    mean, scale = spread_of_draws(
        np.array(float(n)), counts @ z, squares.diagonal(axis1=1, axis2=2)
    )
    covariance = squares / n - mean[:, :, None] * mean[:, None, :]
    r: FloatArray = covariance * scale[:, :, None] * scale[:, None, :]
    r = r[~np.isnan(r).any(axis=(1, 2))]
    return r[np.linalg.eigvalsh(r[:, :-1, :-1])[:, 0] > SMALLEST_EIGENVALUE]


def _lmg(r: FloatArray) -> FloatArray:
    p = len(r) - 1
    explained = _explained_by_subset(r)
    sets = np.arange(2**p)
    sizes = np.array([int(one).bit_count() for one in sets])
    weights = 1 / (p * np.array([comb(p - 1, size) for size in range(p)]))
    shares = np.empty(p)
    for i in range(p):
        without = sets[sets & (1 << i) == 0]
        gain = explained[without | (1 << i)] - explained[without]
        shares[i] = weights[sizes[without]] @ gain
    return shares


def _explained_by_subset(r: FloatArray) -> FloatArray:
    """Return R^2 for every set of predictors, addressed by its bits."""
    p = len(r) - 1
    explained = np.zeros(2**p)
    for size in range(1, p + 1):
        members = np.array(list(combinations(range(p), size)))
        inner = r[members[:, :, None], members[:, None, :]]
        outer = r[members, p]
        beta = np.linalg.solve(inner, outer[:, :, None])[:, :, 0]
        explained[(1 << members).sum(axis=1)] = (beta * outer).sum(axis=1)
    return explained


def _johnson(r: FloatArray) -> FloatArray:
    """Weigh the predictors of one or many tables of correlations, shape (..., p + 1, p + 1)."""
    values, vectors = np.linalg.eigh(r[..., :-1, :-1])
    root = (vectors * np.sqrt(values)[..., None, :]) @ vectors.swapaxes(-1, -2)
    weights: FloatArray = root**2 @ np.linalg.solve(root, r[..., :-1, -1:]) ** 2
    return weights[..., 0]
