"""How many answered, told so coarsely that nobody can be found out: pure arithmetic.

Groups of at least 20 invited, and of 2k, are shown, and only where what is left of a shown parent
is nobody or as many people again, so that subtracting tells nothing about a smaller group.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from math import ceil

import pandas as pd

from survey.statistics.suppression import publishable

SMALLEST_SHOWN = 20
PERCENT_STEP = 5
LOWEST_EDGE, HIGHEST_EDGE = 10, 90


@dataclass(frozen=True, slots=True)
class ParticipationRow:
    """One group's participation, in words such as "60 %" or "under 10 %"."""

    code: str
    name: str
    kind: str
    depth: int
    n_invited: int
    share: str


@dataclass(frozen=True, slots=True)
class Participation:
    """Whom we may tell about, as counted on a day; no day means not counted yet."""

    counted_date: date | None
    rows: tuple[ParticipationRow, ...]


def shown_groups(
    *, parents: Mapping[int, int | None], invited: Mapping[int, int], k: int
) -> set[int]:
    """Return the groups whose participation may be shown; invited are people directly in each."""
    above = pd.Series(dict(parents), dtype="Int64")
    direct = pd.Series(dict(invited), dtype="int64")
    smallest = max(SMALLEST_SHOWN, 2 * k)  # "under" and "over" both need k people
    return {int(str(node)) for node in publishable(above, direct, k=smallest)}


def coarsest_step(*, invited: Iterable[int], k: int) -> int:
    """Return the step, in percent, that is at least 5 % and k people of every group shown.

    All rows of a wave share it: finer steps of a parent, less those of its groups, would tell more.
    """
    smallest = min(invited, default=SMALLEST_SHOWN)
    return max(PERCENT_STEP, ceil(100 * k / smallest))


def list_edges(step: int) -> list[int]:
    """Return the shares, in percent, at which another one is printed."""
    return [edge for edge in range(step, 101 - step, step) if LOWEST_EDGE <= edge <= HIGHEST_EDGE]


def say_share(*, n_answered: int, n_invited: int, step: int) -> str:
    """Round a share down to a multiple of a step, with open ends.

    Both ends are at least a step wide, so that neither "nobody" nor "everybody" shows.
    """
    edges = list_edges(step)
    percent = 100 * n_answered / n_invited
    reached = [edge for edge in edges if percent >= edge]
    if not reached:
        return f"under {edges[0]} %"
    if reached[-1] == edges[-1]:
        return f"over {edges[-1]} %"
    return f"{reached[-1]} %"
