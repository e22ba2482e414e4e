"""What else teams differ in, and what is left of a link once that is held steady."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from survey.campaigns.models import Channel
from survey.linkage.comparing import Sides
from survey.linkage.parts import Part
from survey.statistics.correlation import PartialFigures, partial_pairs
from survey.statistics.evidence import FEWEST_TEAMS

ALL = "all"
OTHER_CHANNELS = (Channel.OPEN, Channel.IMPORT)  # beside personal links


@dataclass(frozen=True, slots=True)
class Confounder:
    """Something teams may differ in on both sides; `read` gives a row per unit of a part."""

    code: str
    phrase: str
    read: Callable[[Part], pd.DataFrame]


@dataclass(frozen=True, slots=True)
class Adjusted:
    """A correlation with something held steady; None and a reason where it cannot be."""

    given: str
    r: float | None
    low: float | None
    high: float | None
    p_value: float | None
    n_covariates: int
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Adjustment:
    """The correlation that a verdict has to mention, and what it holds steady, in words."""

    r: float
    held_steady: str


def read_size(part: Part) -> pd.DataFrame:
    """Return the logarithm of how many of the staff answered, as printed."""
    sizes = part.table.ex_n.max(axis=1)
    return pd.DataFrame({"size": np.log(sizes.to_numpy())}, index=sizes.index)


def read_region(part: Part) -> pd.DataFrame:
    """Return the branch of the part that each unit belongs to, as a word."""
    return part.branches.loc[part.table.index].map(str).to_frame("branch")


def read_channel(part: Part) -> pd.DataFrame:
    """Return the shares of a unit's customers who came by an open link, or were brought in."""
    return part.table.shares[[name for name in OTHER_CHANNELS if name in part.table.shares]]


CONFOUNDERS = (
    Confounder("team_size", "team size", read_size),
    Confounder("region", "region", read_region),
    Confounder("channel", "the way customers were asked", read_channel),
)


def adjust(part: Part, sides: Sides) -> dict[tuple[str, str], tuple[Adjusted, ...]]:
    """Hold each confounder steady, then all together where two or more differ between units."""
    covariates = {one.code: one.read(part) for one in CONFOUNDERS}
    covariates[ALL] = pd.concat(covariates.values(), axis=1)
    x = part.table.ex[[one.scale for one in sides.ex]]
    y = part.table.cx[[one.scale for one in sides.cx]]
    held = {given: partial_pairs(x, y, columns) for given, columns in covariates.items()}
    found = {}
    for ex, cx in sides.pairs():
        each = [_read(given, pairs[ex.scale, cx.scale]) for given, pairs in held.items()]
        differing = sum(one.n_covariates > 0 for one in each[:-1])
        found[ex.scale, cx.scale] = tuple(each if differing > 1 else each[:-1])
    return found


def choose_adjustment(r: float | None, found: Sequence[Adjusted]) -> Adjustment | None:
    """Choose what matters most: all confounders together, else the one that moves r the most."""
    known = {one.given: one.r for one in found if one.r is not None}
    if r is None or not known:
        return None
    given = ALL if ALL in known else max(known, key=lambda code: abs(known[code] - r))
    return Adjustment(known[given], _say(given, found))


def _say(given: str, found: Sequence[Adjusted]) -> str:
    differing = {one.given for one in found if one.n_covariates}
    *others, last = (
        one.phrase
        for one in CONFOUNDERS
        if given == one.code or (given == ALL and one.code in differing)
    )
    return f"{', '.join(others)} and {last}" if others else last


def _read(given: str, figures: PartialFigures) -> Adjusted:
    found, n_covariates = figures.found, figures.n_covariates
    if found.n_teams < FEWEST_TEAMS:
        reason = f"fewer than {FEWEST_TEAMS} teams"
    elif not n_covariates:
        reason = "the same in all of these teams"
    else:
        return Adjusted(
            given, found.r, found.low, found.high, found.p_value, n_covariates, found.reason
        )
    return Adjusted(given, None, None, None, None, n_covariates, reason)
