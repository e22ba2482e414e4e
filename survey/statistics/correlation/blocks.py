"""Many pairs of columns side by side, each pair over the teams that have both."""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from survey.statistics.inputs import ROUNDING, FloatArray, IntArray

BoolArray = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """Pairs of figures: rows `left` and `right` of `figures`, over row `team_set` of `present`.

    A figure is a column as one set of teams shows it, so columns without gaps are there once.
    `figures`, (figures, teams), is NaN, and `deviations` from the mean, relative to the largest,
    is 0 for a team that is not in the set. `present` is (sets, teams), `figure_set` and `is_flat`
    (figures,), the others (pairs,).
    """

    figures: FloatArray
    deviations: FloatArray
    figure_set: IntArray
    is_flat: BoolArray
    present: BoolArray
    left: IntArray
    right: IntArray
    team_set: IntArray

    def only(self, chosen: BoolArray) -> "Block":
        """Return the block with the chosen pairs, (pairs,), alone."""
        return replace(
            self,
            left=self.left[chosen],
            right=self.right[chosen],
            team_set=self.team_set[chosen],
        )

    @property
    def n_teams(self) -> IntArray:
        """Return how many teams each pair has, (pairs,)."""
        counted: IntArray = self.present.sum(axis=1)[self.team_set]
        return counted


def build_block(x: FloatArray, y: FloatArray, x_column: IntArray, y_column: IntArray) -> Block:
    """Pair row x_column[i] of x, (columns, teams), with row y_column[i] of y, NaN missing."""
    both = ~np.isnan(x)[x_column] & ~np.isnan(y)[y_column]
    team_set, keys = pd.factorize(np.array([row.tobytes() for row in both], dtype=object))
    present = np.array([np.frombuffer(key, dtype=np.bool_) for key in keys])
    codes = np.concatenate([x_column, len(x) + y_column]) * len(present) + np.tile(team_set, 2)
    found, figure = np.unique(codes, return_inverse=True)
    there = present[found % len(present)]
    figures = np.where(there, np.vstack([x, y])[found // len(present)], np.nan)
    left, right = np.split(figure, 2)
    return Block(
        figures=figures,
        deviations=_deviations(figures, there),
        figure_set=found % len(present),
        is_flat=_is_flat(figures, there),
        present=present,
        left=left,
        right=right,
        team_set=team_set,
    )


def _deviations(figures: FloatArray, there: BoolArray) -> FloatArray:
    n = np.maximum(there.sum(axis=1, keepdims=True), 1)
    mean = np.where(there, figures, 0.0).sum(axis=1, keepdims=True) / n
    centred = np.where(there, figures - mean, 0.0)
    largest = np.abs(centred).max(axis=1, keepdims=True, initial=0.0)
    return centred / np.where(largest > 0, largest, 1.0)


def _is_flat(figures: FloatArray, there: BoolArray) -> BoolArray:
    """Tell which figures vary by no more than rounding, as `inputs.is_constant` does."""
    highest = np.where(there, figures, -np.inf).max(axis=1, initial=-np.inf)
    lowest = np.where(there, figures, np.inf).min(axis=1, initial=np.inf)
    largest = np.where(there, np.abs(figures), 0.0).max(axis=1, initial=0.0)
    flat: BoolArray = highest - lowest <= ROUNDING * largest
    return flat
