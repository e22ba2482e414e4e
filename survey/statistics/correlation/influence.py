"""Whether a link hangs on one team."""

import numpy as np
import pandas as pd

from survey.statistics.correlation.coefficients import refuse
from survey.statistics.inputs import ROUNDING, FloatArray, Values, complete


def influence(x: Values, y: Values) -> pd.DataFrame:
    """Leave each team out once, x and y of shape (n_teams,).

    Columns: team, r_without, cooks_d; one row per complete team. r_without is Pearson's r of the
    others (0 where they leave nothing to correlate); cooks_d the distance of Cook (1977) of the
    straight line y on x, missing (NA) for a team that alone makes x vary. Without at least five
    teams, or with a constant figure, the table is empty and `attrs["reason"]` says why.
    """
    teams, columns = complete(x, y)
    refusal = refuse(*columns)
    reason = refusal.reason if refusal else "fewer than five teams" if len(teams) < 5 else ""
    if reason:
        table = pd.DataFrame({"team": [], "r_without": [], "cooks_d": []})
        table.attrs["reason"] = reason
        return table
    table = pd.DataFrame({"team": teams, "r_without": r_without(*columns)})
    table["cooks_d"] = _cooks_distance(*columns)
    return table


def r_without(x: FloatArray, y: FloatArray) -> FloatArray:
    """Return r without each team, shape (n_teams,); 0 where nothing is left to correlate.

    A team takes J / (J - 1) times its own centred product from a sum of products.
    """
    x, y = x - x.mean(), y - y.mean()
    x, y = x / np.abs(x).max(), y / np.abs(y).max()
    share = x.size / (x.size - 1)
    sxx, syy, sxy = ((a * b).sum() - share * a * b for a, b in ((x, x), (y, y), (x, y)))
    kept = (sxx > ROUNDING * (x**2).sum()) & (syy > ROUNDING * (y**2).sum())
    scale = np.sqrt(np.where(kept, sxx * syy, 1.0))
    return np.where(kept, np.clip(sxy / scale, -1.0, 1.0), 0.0)


def _cooks_distance(x: FloatArray, y: FloatArray) -> pd.Series:
    x, y = x - x.mean(), y - y.mean()
    x, y = x / np.abs(x).max(), y / np.abs(y).max()
    leverage = 1 / x.size + x**2 / (x**2).sum()
    residual = y - x * (x * y).sum() / (x**2).sum()
    variance = (residual**2).sum() / (x.size - 2)
    free = np.maximum(1 - leverage, 0.0)
    defined = free > ROUNDING
    distance = residual**2 * leverage / (2 * np.where(defined, free, 1.0) ** 2)
    distance = distance / variance if variance > ROUNDING else np.zeros_like(distance)
    return pd.Series(distance, dtype="Float64").where(defined)
