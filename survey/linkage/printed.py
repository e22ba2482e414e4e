"""The printed figures of one pair of scales, unit by unit: what a page draws, and all it reads.

The same units and numbers as `survey.linkage.units` gives for a whole study, for one pair only and
without tables, since somebody waits for the page.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import sqrt
from typing import NamedTuple
from uuid import UUID

from survey.aggregation.models import Release
from survey.aggregation.selectors import released_rows
from survey.campaigns.models import Group, GroupKind, GroupTeam, Pairing
from survey.linkage.alignment import Aligned
from survey.linkage.tables import FEWEST_CUSTOMERS
from survey.linkage.units import LEAVES
from survey.organization.models import Team
from survey.statistics.inputs import NORMAL_95

COLUMNS = ("group_id", "group_kind", "group_code", "group_name", "n", "mean", "se", "low", "high")


MOST_KEPT = 32  # pages of the last pairs of scales, some 2 MB each at 2,000 teams

Identity = tuple[UUID, date | None, str]
_kept: dict[tuple[tuple[Identity, ...], str, str, int | None], tuple["PrintedUnit", ...]] = {}


@dataclass(frozen=True, slots=True)
class Margin:
    """A mean of 0 to 100 as released, with its 95 % interval and the number of people."""

    mean: float
    low: float | None
    high: float | None
    n: int

    @property
    def is_known(self) -> bool:
        """Say whether there is an interval; published counts have none."""
        return self.low is not None and self.high is not None


@dataclass(frozen=True, slots=True)
class PrintedUnit:
    """One group of the staff with the customers of its teams beside it."""

    code: str
    name: str
    kind: str
    team_ids: tuple[int, ...]
    ex: Margin
    cx: Margin


class _Row(NamedTuple):
    """One released figure of a group; None where it has no margin."""

    group: int
    kind: str
    code: str
    name: str
    n: int
    mean: float
    se: float | None
    low: float | None
    high: float | None


class _Place(NamedTuple):
    """The teams of a group, and the group above it."""

    team_ids: tuple[int, ...]
    parent: int | None


def paired_units(
    *,
    pairing: Pairing,
    aligned: Aligned | None,
    ex_scale: str,
    cx_scale: str,
    scope: Team | None = None,
) -> tuple[PrintedUnit, ...]:
    """Return the units that one result of a period compares, by code; of all, or of a part.

    Releases and the trees of their waves never change, so the units last read are kept.
    """
    if aligned is None:
        return ()
    part = None if scope is None or scope.pk == pairing.ex.scope_id else scope.pk
    releases = tuple(_identify(release) for release in (aligned.ex, *aligned.cx))
    key = (releases, ex_scale, cx_scale, part)
    if key not in _kept:
        _kept[key] = _pair_units(aligned, ex_scale, cx_scale, part)
        while len(_kept) > MOST_KEPT:
            _kept.pop(next(iter(_kept)))
    return _kept[key]


def _identify(release: Release) -> Identity:
    return release.wave.key, release.month_start, release.checksum


def _pair_units(
    aligned: Aligned, ex_scale: str, cx_scale: str, part: int | None
) -> tuple[PrintedUnit, ...]:
    places = _read_places([aligned.ex.wave_id])
    staff = {row.group: row for row in _read_rows(aligned.ex, ex_scale)}
    if part is not None:
        nodes = _nodes_below(aligned.ex.wave_id, part)
        staff = {group: row for group, row in staff.items() if places[group].parent in nodes}
    customers = _read_customers(aligned.cx, cx_scale, {group: places[group] for group in staff})
    units = [
        PrintedUnit(
            row.code,
            row.name,
            row.kind,
            places[group].team_ids,
            Margin(row.mean, row.low, row.high, row.n),
            _add(customers[group]),
        )
        for group, row in staff.items()
        if sum(one.n for one in customers[group]) >= FEWEST_CUSTOMERS
    ]
    return tuple(sorted(units, key=lambda unit: unit.code))


def _read_customers(
    releases: Iterable[Release], scale: str, staff: Mapping[int, _Place]
) -> defaultdict[int, list[_Row]]:
    """Return the customers' figures of each employee group that holds all of their teams."""
    unit_of = {team: group for group, place in staff.items() for team in place.team_ids}
    places = _read_places({release.wave_id for release in releases})
    found: defaultdict[int, list[_Row]] = defaultdict(list)
    for release in releases:
        for row in _read_rows(release, scale):
            homes = {unit_of.get(team) for team in places[row.group].team_ids}
            home = homes.pop() if len(homes) == 1 else None
            if home is not None:
                found[home].append(row)
    return found


def _read_rows(release: Release, scale: str) -> list[_Row]:
    months = None if release.month_start is None else [release.month_start]
    rows = released_rows(
        wave_ids=[release.wave_id], metrics=[scale], month_starts=months, columns=COLUMNS
    )
    return [row for row in map(_Row._make, rows) if row.kind in LEAVES]


def _read_places(wave_ids: Collection[int]) -> dict[int, _Place]:
    """Return the place of each group in which people are asked."""
    teams: dict[int, list[int]] = defaultdict(list)
    parents: dict[int, int | None] = {}
    rows = GroupTeam.objects.filter(group__wave__in=wave_ids, group__kind__in=LEAVES)
    for group, team, parent in rows.order_by("group", "team").values_list(
        "group_id", "team_id", "group__parent_id"
    ):
        teams[group].append(team)
        parents[group] = parent
    return {group: _Place(tuple(found), parents[group]) for group, found in teams.items()}


def _nodes_below(wave_id: int, team_id: int) -> set[int]:
    """Return the inner nodes of a wave's frozen tree from that of a team downwards."""
    rows = Group.objects.filter(wave=wave_id, kind=GroupKind.NODE)
    children: dict[int | None, list[int]] = defaultdict(list)
    waiting = []
    for group, parent, team in rows.values_list("pk", "parent_id", "group_teams__team"):
        children[parent].append(group)
        if team == team_id:
            waiting.append(group)
    found: set[int] = set()
    while waiting:
        group = waiting.pop()
        found.add(group)
        waiting += children[group]
    return found


def _add(rows: Sequence[_Row]) -> Margin:
    """Add figures of separate people up, weighted by people, as `adding.add_figures` does.

    A figure that stands alone keeps its printed interval; a sum has a normal one, or none where
    a part has no standard error.
    """
    if len(rows) == 1:
        return Margin(rows[0].mean, rows[0].low, rows[0].high, rows[0].n)
    n = sum(row.n for row in rows)
    mean = sum(row.n * row.mean for row in rows) / n
    errors = [row.n * row.se for row in rows if row.se is not None]
    if len(errors) < len(rows):
        return Margin(mean, None, None, n)
    half = NORMAL_95 * sqrt(sum(error**2 for error in errors)) / n
    return Margin(mean, max(mean - half, 0.0), min(mean + half, 100.0), n)
