"""Whether enough people answered that sums per level do not tell whose answers are whose.

Whoever has the whole database reads the answers of each stored set, and may know from the staff
list who in it is at which level. What they lack is which answers go with which level. Exact sums
narrow that down, so they may tell at most half of it, measured in bits.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import e, lcm, log2, pi, sqrt

import numpy as np
import pandas as pd

from survey.aggregation.metrics import Metric
from survey.aggregation.models import CutReason, CutRollup

LEFT_OPEN = 2  # times what is told must there be to know
SPREAD_BITS = log2(sqrt(2 * pi * e))  # of a normal sum whose standard deviation is one step
DIGITS = 9  # of a sum of scores from 0 to 1, as it is written down
FINEST_SUM: int = 10**DIGITS  # steps for each whole one
FINEST_SCORE = 10**6  # no score has a larger denominator that floats would tell from others


@dataclass(frozen=True, slots=True)
class Crowd:
    """The people of one family: the stored set and the level in each cut of each, and scores.

    Scores lie from 0 to 1, a column for each scale.
    """

    sets: pd.Series
    levels: pd.DataFrame
    scores: pd.DataFrame
    scales: Sequence[Metric]

    def weigh(self, rollup: CutRollup, column: str) -> tuple[float, float]:
        """Return in bits what there is to know of a cut, and what its sums tell of that."""
        names = {value: place for place, one in enumerate(rollup.levels) for value in one["values"]}
        level = self.levels[column].map(names)
        return count_room(self.sets, level), self._tell(level)

    def _tell(self, level: pd.Series) -> float:
        """Add up what every sum tells; that of the last level follows from the others."""
        within = self.scores.sub(self.scores.groupby(self.sets).transform("mean")).std(ddof=0)
        steps = {scale.code: _count_steps(self.scores[scale.code]) for scale in self.scales}
        sizes = sorted(level.value_counts())[:-1]
        return sum(
            log2(1 + sqrt(n * (1 - n / len(level))) * steps[scale.code] * within[scale.code])
            + SPREAD_BITS
            for n in sizes
            for scale in self.scales
        )


def count_room(sets: pd.Series, level: pd.Series) -> float:
    """Return in how many ways levels can be dealt to the answers of every set, in bits."""
    together = pd.crosstab(sets, level).to_numpy()
    orders = np.concatenate(([0.0], np.cumsum(np.log2(np.arange(1, len(level) + 1)))))
    return float(orders[together.sum(axis=1)].sum() - orders[together].sum())


def thin_out(
    rollups: Sequence[CutRollup], crowds: dict[str, Crowd], *, prefix: str
) -> list[CutRollup]:
    """Return the rollups, those left out that would tell too much beside the ones before them."""
    told: dict[str, float] = {}
    kept = []
    for rollup in rollups:
        if rollup.levels:
            room, bits = crowds[rollup.family].weigh(rollup, f"{prefix}{rollup.cut}")
            sum_told = told.get(rollup.cut, 0.0) + bits
            if LEFT_OPEN * sum_told > room:
                rollup.levels, rollup.reason = [], CutReason.TOO_FEW
            else:
                told[rollup.cut] = sum_told
        kept.append(rollup)
    return kept


def _count_steps(scores: pd.Series) -> int:
    """Return how many steps a sum of some scores can take for each whole one.

    Means of five answers and of seven add up to 35ths: who left items out makes the steps finer.
    """
    exact = (Fraction(score).limit_denominator(FINEST_SCORE) for score in scores.unique())
    return min(lcm(*(score.denominator for score in exact)), FINEST_SUM)
