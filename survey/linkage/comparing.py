"""Compare employee scales with customer scales between the units of a part, in one period."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from survey.linkage.parts import Part
from survey.linkage.tables import Table, columns_of
from survey.linkage.worth import Worth
from survey.statistics.correlation import (
    PairFigures,
    all_pairs,
    disattenuated,
    minimum_detectable,
)
from survey.statistics.evidence import FEWEST_TEAMS
from survey.statistics.inputs import FloatArray
from survey.statistics.resampling import draw_counts

Names = Mapping[Hashable, tuple[str, str]]  # code and name of each group


@dataclass(frozen=True, slots=True)
class Influence:
    """The unit whose removal moves r most, by code and name, and how many weigh heavily."""

    team: str
    name: str
    r_without: float
    n_influential: int


@dataclass(frozen=True, slots=True)
class Numbers:
    """What is said of a pair of scales between units; None where something cannot be said."""

    n_ex: int
    n_cx: int
    r: float | None = None
    low: float | None = None
    high: float | None = None
    p_value: float | None = None
    q_value: float | None = None
    spearman: float | None = None
    spearman_low: float | None = None
    spearman_high: float | None = None
    kendall: float | None = None
    reliability_ex: float | None = None
    reliability_cx: float | None = None
    ceiling: float | None = None
    disattenuated: float | None = None
    disattenuated_low: float | None = None
    disattenuated_high: float | None = None
    minimum_detectable: float | None = None
    loo_low: float | None = None
    loo_high: float | None = None
    bootstrap_low: float | None = None
    bootstrap_high: float | None = None
    influence: Influence | None = None


@dataclass(frozen=True, slots=True)
class Side:
    """One scale of one side: its code, the phrase for sentences, and what it is worth."""

    scale: str
    phrase: str
    worth: Worth


@dataclass(frozen=True, slots=True)
class Sides:
    """The released scales of both sides, in the order they were asked."""

    ex: tuple[Side, ...]
    cx: tuple[Side, ...]

    def pairs(self) -> list[tuple[Side, Side]]:
        """Return every scale of one side with every one of the other."""
        return [(ex, cx) for ex in self.ex for cx in self.cx]


@dataclass(frozen=True, slots=True)
class Pair:
    """What was found between units for one pair of scales."""

    ex: Side
    cx: Side
    n_teams: int
    numbers: Numbers
    reason: str


def compare(part: Part, sides: Sides, *, seed: int) -> list[Pair]:
    """Compute everything about all pairs of scales but their place among each other.

    Under eight units the dots are all there is to see: no coefficient is computed.
    """
    ex, ex_n, cx, cx_n = (
        columns_of(frame)
        for frame in (part.table.ex, part.table.ex_n, part.table.cx, part.table.cx_n)
    )
    groups = part.groups
    names = dict(
        zip(groups.index.tolist(), zip(groups["code"], groups["name"], strict=True), strict=True)
    )
    figures = _correlate_all(part.table, sides, seed)
    found = []
    for one, other in sides.pairs():
        both = ~np.isnan(ex[one.scale]) & ~np.isnan(cx[other.scale])
        sizes = ex_n[one.scale][both], cx_n[other.scale][both]
        found.append(_compare(one, other, sizes, figures.get((one.scale, other.scale)), names))
    return found


def _correlate_all(table: Table, sides: Sides, seed: int) -> dict[tuple[str, str], PairFigures]:
    if len(table.index) < FEWEST_TEAMS:
        return {}
    x, y = table.ex[[one.scale for one in sides.ex]], table.cx[[one.scale for one in sides.cx]]
    return all_pairs(x, y, counts=draw_counts(len(x), seed=seed))


def _compare(
    ex: Side,
    cx: Side,
    sizes: tuple[FloatArray, FloatArray],
    figures: PairFigures | None,
    names: Names,
) -> Pair:
    """Say what may be said of one pair; sizes are the units' numbers of people on both sides."""
    n_teams = len(sizes[0])
    numbers = Numbers(
        n_ex=int(sizes[0].sum()),
        n_cx=int(sizes[1].sum()),
        reliability_ex=ex.worth.mean_reliability(sizes[0]),
        reliability_cx=cx.worth.mean_reliability(sizes[1]),
        minimum_detectable=minimum_detectable(n_teams),
    )
    reasons = [f"{side.scale}: {side.worth.reason}" for side in (ex, cx) if side.worth.reason]
    if figures is None or n_teams < FEWEST_TEAMS:
        reasons.insert(0, f"fewer than {FEWEST_TEAMS} teams")
    else:
        numbers, reason = _correlate(numbers, figures, names)
        reasons = [reason, *reasons] if reason else reasons
    return Pair(ex, cx, n_teams, numbers, "; ".join(reasons))


def _correlate(numbers: Numbers, figures: PairFigures, names: Names) -> tuple[Numbers, str]:
    found = figures.pearson
    truth = disattenuated(
        found.r,
        reliability_x=numbers.reliability_ex,
        reliability_y=numbers.reliability_cx,
        low=found.low,
        high=found.high,
    )
    numbers = replace(
        numbers,
        r=found.r,
        low=found.low,
        high=found.high,
        p_value=found.p_value,
        spearman=figures.spearman.r,
        spearman_low=figures.spearman.low,
        spearman_high=figures.spearman.high,
        kendall=figures.kendall.r,
        ceiling=truth.ceiling,
        disattenuated=truth.r,
        disattenuated_low=truth.low,
        disattenuated_high=truth.high,
        loo_low=figures.loo_low,
        loo_high=figures.loo_high,
        bootstrap_low=figures.bootstrap_low,
        bootstrap_high=figures.bootstrap_high,
        influence=_name_influence(figures, names),
    )
    is_refused = truth.ceiling is not None and truth.r is None and found.r is not None
    return numbers, found.reason or (truth.reason if is_refused else "")


def _name_influence(figures: PairFigures, names: Names) -> Influence | None:
    if figures.most_moving is None or figures.r_without_it is None:
        return None
    code, name = names[figures.most_moving]
    return Influence(code, name, figures.r_without_it, figures.n_influential or 0)
