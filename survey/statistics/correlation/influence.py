"""Whether a link hangs on one team."""

import numpy as np
import pandas as pd

from survey.statistics.correlation.coefficients import refuse
from survey.statistics.inputs import ROUNDING, FloatArray, IntArray, Values, complete

FEWEST_TEAMS = 5
TOO_FEW = "fewer than five teams"


def influence(x: Values, y: Values) -> pd.DataFrame:
    """Leave each team out once, x and y of shape (n_teams,).

    Columns: team, r_without, cooks_d; one row per complete team. r_without is Pearson's r of the
    others (0 where they leave nothing to correlate); cooks_d the distance of Cook (1977) of the
    straight line y on x, missing (NA) for a team that alone makes x vary. Without at least five
    teams, or with a constant figure, the table is empty and `attrs["reason"]` says why.
    """
    teams, columns = complete(x, y)
    refusal = refuse(*columns)
    reason = refusal.reason if refusal else TOO_FEW if len(teams) < FEWEST_TEAMS else ""
    if reason:
        table = pd.DataFrame({"team": [], "r_without": [], "cooks_d": []})
        table.attrs["reason"] = reason
        return table
    dx, dy = (deviations(column) for column in columns)
    distance = cooks_distance(dx, dy, len(teams))
    table = pd.DataFrame({"team": teams, "r_without": leave_one_out(dx, dy, len(teams))})
    table["cooks_d"] = pd.Series(distance, dtype="Float64").where(~np.isnan(distance))
    return table


def deviations(values: FloatArray) -> FloatArray:
    """Return what values that are not constant, (n_teams,), differ from their mean, at most 1."""
    centred = values - values.mean()
    scaled: FloatArray = centred / np.abs(centred).max()
    return scaled


def leave_one_out(dx: FloatArray, dy: FloatArray, n: IntArray | int) -> FloatArray:
    """Return r without each team, (..., n_teams); 0 where nothing is left to correlate.

    `dx` and `dy` are deviations, (..., n_teams), 0 for a team that is not there; `n` the teams
    that are, (..., 1). A team takes n / (n - 1) times its own product from a sum of products.
    """
    share = n / (n - 1)
    xx, yy, xy = dx * dx, dy * dy, dx * dy
    total_xx, total_yy, total_xy = (one.sum(axis=-1, keepdims=True) for one in (xx, yy, xy))
    sxx, syy, sxy = total_xx - share * xx, total_yy - share * yy, total_xy - share * xy
    kept = (sxx > ROUNDING * total_xx) & (syy > ROUNDING * total_yy)
    scale = np.sqrt(np.where(kept, sxx * syy, 1.0))
    return np.where(kept, np.clip(sxy / scale, -1.0, 1.0), 0.0)


def cooks_distance(dx: FloatArray, dy: FloatArray, n: IntArray | int) -> FloatArray:
    """Return the distance of Cook (1977) of each team, (..., n_teams), as in `leave_one_out`.

    NaN for a team that alone makes x vary; 0 where all teams lie on one line.
    """
    sxx = (dx * dx).sum(axis=-1, keepdims=True)
    leverage = 1 / n + dx * dx / sxx
    residual = dy - dx * ((dx * dy).sum(axis=-1, keepdims=True) / sxx)
    variance = (residual * residual).sum(axis=-1, keepdims=True) / (n - 2)
    free = np.maximum(1 - leverage, 0.0)
    defined = free > ROUNDING
    distance = residual**2 * leverage / (2 * np.where(defined, free, 1.0) ** 2)
    scattered = variance > ROUNDING
    distance = np.where(scattered, distance / np.where(scattered, variance, 1.0), 0.0)
    return np.where(defined, distance, np.nan)
