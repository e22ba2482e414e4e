"""A link over all people split into one between teams and one inside them."""

from dataclasses import dataclass
from math import sqrt

import numpy as np
import pandas as pd

from survey.statistics.inputs import (
    ROUNDING,
    FloatArray,
    IntArray,
    Labels,
    Values,
    aligned,
    by_group,
    is_constant,
)


@dataclass(frozen=True, slots=True)
class WithinBetween:
    """The correlation over all people and its parts (within-and-between analysis).

    r_total = eta_x eta_y r_between + sqrt(1 - eta_x^2) sqrt(1 - eta_y^2) r_within, where eta^2 is
    the share of variance between teams. A part without variation on one side is None and counts 0.
    """

    r_total: float | None
    r_between: float | None
    r_within: float | None
    eta_x: float | None
    eta_y: float | None
    n_groups: int
    n_people: int
    reason: str = ""


def waba(x: Values, y: Values, groups: Labels) -> WithinBetween:
    """Split the correlation of x and y, shape (n_people,), by team (Robinson 1950; Dansereau 1984).

    Team means count once per person. The two parts are separate facts and may differ in sign.
    """
    pair = pd.DataFrame(dict(zip("xy", aligned(x, y), strict=True)))
    rows, codes, labels = by_group(pair, groups)
    n_people, n_groups = len(rows), len(labels)
    if n_people < 3 or any(is_constant(column) for column in rows.T):
        reason = "needs three people who differ on both scores"
        return WithinBetween(None, None, None, None, None, n_groups, n_people, reason)
    total = rows - rows.mean(axis=0)
    total = total / np.abs(total).max(axis=0)
    between = _team_means(total, codes, n_groups)
    spread, spread_between = (total**2).sum(axis=0), (between**2).sum(axis=0)
    eta_x, eta_y = (float(eta) for eta in np.sqrt(np.minimum(spread_between / spread, 1.0)))
    return WithinBetween(
        _product(total, spread),
        _product(between, spread),
        _product(total - between, spread),
        eta_x,
        eta_y,
        n_groups,
        n_people,
    )


def _team_means(rows: FloatArray, codes: IntArray, n_groups: int) -> FloatArray:
    n = np.bincount(codes, minlength=n_groups)
    means = [np.bincount(codes, weights=column, minlength=n_groups) / n for column in rows.T]
    return np.column_stack(means)[codes]


def _product(parts: FloatArray, spread: FloatArray) -> float | None:
    """Correlate two centred columns; None where one varies by no more than rounding."""
    own = (parts**2).sum(axis=0)
    if (own <= ROUNDING * spread).any():
        return None
    r = float((parts[:, 0] * parts[:, 1]).sum() / sqrt(own[0] * own[1]))
    return min(max(r, -1.0), 1.0)
