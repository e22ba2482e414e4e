"""The teams that a chart draws, each with its margins and its part of the organisation."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext_lazy as _

from survey.dashboards.trees import TeamTree
from survey.linkage.printed import Margin, PrintedUnit

MOST_PARTS = 6
OTHER_PARTS = _("Other parts")
WHOLE = _("Teams")


@dataclass(frozen=True, slots=True)
class Unit:
    """One team, or one named group of small teams, with both sides of its figures.

    page is the address of its own page, if it has one; is_own says that it is the reader's own,
    or the one that they want to see among the others.
    """

    code: str
    name: str
    part: str
    inside: Margin
    outside: Margin
    page: str = ""
    is_own: bool = False

    @property
    def sides(self) -> tuple[Margin, Margin]:
        """Return both figures, those of the staff first."""
        return self.inside, self.outside


def place_units(
    rows: Sequence[PrintedUnit],
    *,
    tree: TeamTree,
    scope: int,
    owns: Callable[[Iterable[int]], bool],
    page_of: Callable[[PrintedUnit], str],
) -> tuple[Unit, ...]:
    """Turn the paired figures of a scope, all of which may be seen, into units, by name.

    Where all units are the reader's own, none is marked.
    """
    branches = tree.branches(scope)
    parts = name_parts([_part_of(unit.team_ids, branches, tree.names, scope) for unit in rows])
    units = [
        Unit(row.code, row.name, part, row.ex, row.cx, page_of(row), owns(row.team_ids))
        for row, part in zip(rows, parts, strict=True)
    ]
    if all(unit.is_own for unit in units):
        units = [replace(unit, is_own=False) for unit in units]
    return tuple(sorted(units, key=lambda unit: unit.name))


def mark_one(units: Sequence[Unit], code: str) -> tuple[Unit, ...]:
    """Mark one unit as the one to see among the others, instead of the reader's own."""
    return tuple(replace(unit, is_own=unit.code == code) for unit in units)


def name_parts(parts: Sequence[str]) -> list[str]:
    """Keep at most six parts apart: the largest, and the others as one.

    Where nearly every team would be a part of its own, telling them apart says nothing.
    """
    sizes = Counter(parts)
    if len(sizes) > len(parts) / 2:
        return [str(WHOLE)] * len(parts)
    if len(sizes) <= MOST_PARTS:
        return list(parts)
    largest = sorted(sizes, key=lambda part: (-sizes[part], part))[: MOST_PARTS - 1]
    return [part if part in largest else str(OTHER_PARTS) for part in parts]


def list_parts(units: Iterable[Unit]) -> list[str]:
    """Return the parts in the order of a legend: by name, the others last."""
    return sorted({unit.part for unit in units}, key=lambda part: (part == str(OTHER_PARTS), part))


def _part_of(
    teams: Iterable[int], branches: Mapping[int, int], names: Mapping[int, str], scope: int
) -> str:
    below = {branches.get(team, scope) for team in teams}
    return names.get(below.pop() if len(below) == 1 else scope, str(OTHER_PARTS))
