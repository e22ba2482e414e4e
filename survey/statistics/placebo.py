"""A check of the machine itself: scores that mean nothing must seldom look linked to anything."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from survey.statistics.evidence import FEWEST_TEAMS
from survey.statistics.inputs import ROUNDING, FloatArray, is_constant, table

LEVEL = 0.05
HIGHEST_SHARE = 0.10


@dataclass(frozen=True, slots=True)
class PlaceboCheck:
    """How many tests of placebo scores came out below .05; passed if that is at most one in ten.

    `share_found` and `is_passed` are None, with a reason, where nothing could be tested.
    """

    n_placebos: int
    n_tests: int
    share_found: float | None
    is_passed: bool | None
    reason: str = ""


def check_placebos(placebos: FloatArray, scores: pd.DataFrame) -> PlaceboCheck:
    """Test Pearson's r of every placebo, shape (n_teams, n_placebos), with every column of scores.

    One row per team; a score takes the teams that have it, and is passed over where they are
    fewer than eight or all the same. Two-sided t-test with n - 2 degrees of freedom.
    """
    found = [
        _p_values(placebos[kept], column[kept])
        for column in table(scores).T
        if (kept := ~np.isnan(column)).sum() >= FEWEST_TEAMS and not is_constant(column[kept])
    ]
    p_values = np.concatenate(found) if found else np.empty(0)
    if not p_values.size:
        reason = f"needs {FEWEST_TEAMS} teams with scores that differ"
        return PlaceboCheck(placebos.shape[1], 0, None, None, reason)
    share = float((p_values < LEVEL).mean())
    return PlaceboCheck(placebos.shape[1], p_values.size, share, share <= HIGHEST_SHARE)


def _p_values(placebos: FloatArray, scores: FloatArray) -> FloatArray:
    """Return the p-value of each placebo, shape (n_placebos,)."""
    from scipy.special import stdtr

    columns, score = placebos - placebos.mean(axis=0), scores - scores.mean()
    size = np.sqrt((columns**2).sum(axis=0) * (score @ score))
    r = np.clip(score @ columns / np.where(size > 0, size, 1.0), -1.0, 1.0)
    df = len(score) - 2
    left = np.maximum(1 - r**2, ROUNDING)
    p_values: FloatArray = 2 * stdtr(df, -np.abs(r) * np.sqrt(df / left))
    return p_values
