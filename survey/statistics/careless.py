"""Answers that were probably given without reading: flagged, never taken out of a figure."""

from collections.abc import Collection

import numpy as np
import pandas as pd

from survey.statistics.inputs import table

FEWEST_ITEMS = 8


def flag_straight_lines(items: pd.DataFrame, *, reverse: Collection[str] = ()) -> pd.Series:
    """Flag people, rows of items as answered (not turned), with one answer to everything.

    True where somebody answered at least eight items, a reversed one and another among them, all
    alike: who agrees with a sentence cannot agree with its opposite (Huang et al. 2012, long
    strings). Raises ValueError for a reversed item that is no column.
    """
    unknown = set(reverse) - set(items.columns)
    if unknown:
        raise ValueError(f"no such items: {', '.join(sorted(map(str, unknown)))}")
    answers = table(items)
    answered = ~np.isnan(answers)
    turned = np.array([column in reverse for column in items.columns], dtype=bool)
    both = answered[:, turned].any(axis=1) & answered[:, ~turned].any(axis=1)
    lowest = np.where(answered, answers, np.inf).min(axis=1, initial=np.inf)
    highest = np.where(answered, answers, -np.inf).max(axis=1, initial=-np.inf)
    flagged = both & (answered.sum(axis=1) >= FEWEST_ITEMS) & (lowest == highest)
    return pd.Series(flagged, index=items.index, dtype=bool)
