"""Every column of one table with every column of another: all coefficients and checks at once."""

from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from itertools import product
from math import isnan
from typing import NamedTuple

import numpy as np
import pandas as pd

from survey.statistics.correlation.batches import kendalls, pearson_r, pearsons, spearmans
from survey.statistics.correlation.blocks import Block, build_block
from survey.statistics.correlation.coefficients import (
    CONSTANT,
    FEWEST_TEAMS,
    TOO_FEW,
    Correlation,
)
from survey.statistics.correlation.influence import FEWEST_TEAMS as FEWEST_TO_LEAVE_OUT
from survey.statistics.correlation.influence import TOO_FEW as TOO_FEW_TO_LEAVE_OUT
from survey.statistics.correlation.influence import cooks_distance, leave_one_out
from survey.statistics.correlation.ranking import rank
from survey.statistics.correlation.robust import FEWEST_TEAMS as FEWEST_TO_DRAW
from survey.statistics.correlation.robust import TOO_FEW_DIFFER, too_few
from survey.statistics.inputs import ROUNDING, FloatArray, IntArray, table
from survey.statistics.resampling import (
    are_enough,
    bca_levels,
    correlate_draws,
    quantiles,
    spread_of_draws,
)

# Numbers held at once in one array of pairs by teams, or by replicates.
CELLS = 2_000_000


@dataclass(frozen=True, slots=True)
class PairFigures:
    """All that is said of how two figures go together over the same teams.

    The coefficients have their own reasons. `loo_low` and `loo_high` bound Pearson's r without
    any one team; `most_moving` is the label of the team whose removal moves it most, to
    `r_without_it`; `n_influential` counts the teams with Cook's distance above 4 / n_teams.
    `bootstrap_low` and `bootstrap_high` are the BCa interval. `reason` says why one of these was
    asked for and is None.
    """

    n_teams: int
    pearson: Correlation
    spearman: Correlation
    kendall: Correlation
    loo_low: float | None = None
    loo_high: float | None = None
    most_moving: Hashable | None = None
    r_without_it: float | None = None
    n_influential: int | None = None
    bootstrap_low: float | None = None
    bootstrap_high: float | None = None
    reason: str = ""


class _LeftOut(NamedTuple):
    """What leaving out one team at a time does to each pair; everything is (pairs,)."""

    low: FloatArray
    high: FloatArray
    position: IntArray
    r_without_it: FloatArray
    n_influential: IntArray


def all_pairs(
    x: pd.DataFrame, y: pd.DataFrame, *, counts: FloatArray | None = None
) -> dict[tuple[str, str], PairFigures]:
    """Correlate each column of x with each of y, one row per team, over the teams that have both.

    The same as `pearson`, `spearman`, `kendall`, `influence` and the BCa `bootstrap` pair by pair.
    `counts`, (replicates, n_teams), says how often each row is drawn (`resampling.draw_counts`);
    a pair with gaps takes what its teams got. Raises ValueError where rows do not belong together.
    """
    if not x.index.equals(y.index):
        raise ValueError("x and y need the same teams in the same order")
    if counts is not None and counts.shape[1] != len(x):
        raise ValueError("counts need one column per team")
    names = list(product(x.columns, y.columns))
    x_columns, y_columns = np.indices((x.shape[1], y.shape[1])).reshape(2, -1)
    rows_of_x, rows_of_y, labels = table(x).T, table(y).T, x.index.tolist()
    step = max(1, CELLS // max(len(x), 0 if counts is None else len(counts), 1))
    found: list[PairFigures] = []
    for start in range(0, len(names), step):
        chosen = slice(start, start + step)
        block = build_block(rows_of_x, rows_of_y, x_columns[chosen], y_columns[chosen])
        found += _figures(block, labels, counts)
    return dict(zip(names, found, strict=True))


def _figures(block: Block, labels: list[Hashable], counts: FloatArray | None) -> list[PairFigures]:
    n = block.n_teams
    is_known = (n >= FEWEST_TEAMS) & ~block.is_flat[block.left] & ~block.is_flat[block.right]
    known = list(_known(block.only(is_known), labels, counts)) if is_known.any() else []
    told = iter(known)
    return [
        next(told) if can_tell else _nothing(size)
        for size, can_tell in zip(n.tolist(), is_known.tolist(), strict=True)
    ]


def _nothing(n_teams: int) -> PairFigures:
    reason = TOO_FEW if n_teams < FEWEST_TEAMS else CONSTANT
    nothing = Correlation(None, None, None, None, n_teams, reason)
    return PairFigures(n_teams, nothing, nothing, nothing, reason=reason)


def _known(
    block: Block, labels: list[Hashable], counts: FloatArray | None
) -> Iterator[PairFigures]:
    """Yield the figures of pairs that have teams enough and vary on both sides."""
    n = block.n_teams
    dx, dy = block.deviations[block.left], block.deviations[block.right]
    r = pearson_r(dx, dy)
    without = leave_one_out(dx, dy, n[:, None])
    without = np.where(block.present[block.team_set], without, np.nan)
    left_out = zip(*(one.tolist() for one in _left_out(dx, dy, n, r, without)), strict=True)
    ends = np.full((len(r), 2), np.nan) if counts is None else _ends(block, r, without, counts)
    ranking = rank(block.figures)
    coefficients = zip(
        pearsons(r, n), spearmans(block, ranking.ranks), kendalls(block, ranking), strict=True
    )
    for three, (low, high, at, r_at, cooks), (start, end) in zip(
        coefficients, left_out, ends.tolist(), strict=True
    ):
        size = three[0].n_teams
        if size < FEWEST_TO_LEAVE_OUT:
            yield PairFigures(size, *three, reason=TOO_FEW_TO_LEAVE_OUT)
        elif not isnan(start):
            yield PairFigures(size, *three, low, high, labels[at], r_at, cooks, start, end)
        else:
            why = "" if counts is None else _why_not_drawn(size)
            yield PairFigures(size, *three, low, high, labels[at], r_at, cooks, reason=why)


def _left_out(
    dx: FloatArray, dy: FloatArray, n: IntArray, r: FloatArray, without: FloatArray
) -> _LeftOut:
    """Sum up `without`, r without each team, (pairs, teams), NaN for a team that is not there."""
    moved = np.nan_to_num(np.abs(without - r[:, None]), nan=-1.0)
    position = (moved >= moved.max(axis=1, keepdims=True) - ROUNDING).argmax(axis=1)
    influential = cooks_distance(dx, dy, n[:, None]) > 4 / n[:, None]
    return _LeftOut(
        np.nanmin(without, axis=1),
        np.nanmax(without, axis=1),
        position,
        without[np.arange(len(r)), position],
        influential.sum(axis=1),
    )


def _ends(block: Block, r: FloatArray, without: FloatArray, counts: FloatArray) -> FloatArray:
    """Return the ends of the BCa intervals, (pairs, 2), NaN where they cannot be told.

    One matrix product gives all sums of all draws; figures that pairs share are summed once.
    """
    figures, left, right = block.deviations, block.left, block.right
    products = figures[left] * figures[right]
    rows = np.concatenate([block.present, figures, figures * figures, products])
    ends_of_parts = np.cumsum([len(block.present), len(figures), len(figures)])
    n, totals, squares, sums = np.split(rows @ counts.T, ends_of_parts)
    mean, per_sd = spread_of_draws(n[block.figure_set], totals, squares)
    spreads = (mean[left], per_sd[left]), (mean[right], per_sd[right])
    drawn = correlate_draws(n[block.team_set], sums, *spreads)
    told = are_enough(drawn) & (block.n_teams >= FEWEST_TO_DRAW["bca"])
    ends = np.full((len(r), 2), np.nan)
    ends[told] = quantiles(drawn[told], bca_levels(drawn[told], r[told], without[told]))
    return ends


def _why_not_drawn(size: int) -> str:
    return too_few("bca") if size < FEWEST_TO_DRAW["bca"] else TOO_FEW_DIFFER
