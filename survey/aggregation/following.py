"""Follow one team, or one pool of teams, through waves: its own groups and figures, no others'."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
from django.db.models import Q

from survey.aggregation.comparison import Unit
from survey.aggregation.models import Figure, Release
from survey.aggregation.units import add_up
from survey.campaigns.models import GroupKind, GroupTeam

LEAVES = (GroupKind.TEAM, GroupKind.DIRECT, GroupKind.POOL)
SAID = ("n", "mean", "se", "low", "high", "favourable", "detail")
Metrics = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Stay:
    """The group that a unit was in one wave, and where it stood."""

    wave_id: int
    group_id: int
    unit: Unit
    code: str
    name: str
    part: str


@dataclass(frozen=True, slots=True)
class Followed:
    """A unit in every wave that held exactly its teams, and the other groups they were part of."""

    unit: Unit
    stays: Mapping[int, Stay]  # by wave
    others: tuple[Stay, ...]


def follow_code(*, code: str, wave_ids: Sequence[int]) -> list[Followed]:
    """Return the units that a group's code named in some waves (oldest first), newest first.

    A code names several units where the teams of a pool changed.
    """
    order = {wave: place for place, wave in enumerate(wave_ids)}
    stays = sorted(_read_stays(code, wave_ids), key=lambda stay: -order[stay.wave_id])
    named = dict.fromkeys(stay.unit for stay in stays if stay.code == code)
    return [
        Followed(
            unit,
            {stay.wave_id: stay for stay in stays if stay.unit == unit},
            tuple(stay for stay in stays if _shares_teams(stay.unit, unit)),
        )
        for unit in named
    ]


def read_followed(
    *,
    followed: Followed,
    releases: Collection[Release],
    steady: str,
    steady_in: Collection[Release],
) -> dict[int, dict[str, dict[str, Any]]]:
    """Return what some releases say of a unit, by release and metric, in one query.

    Of the releases in `steady_in` only the metric `steady` is read.
    """
    groups = [stay.group_id for stay in followed.stays.values()]
    wanted = Q(release__in=[one.pk for one in releases])
    wanted |= Q(release__in=[one.pk for one in steady_in], metric=steady)
    rows = Figure.objects.filter(wanted, group__in=groups)
    found: dict[int, dict[str, dict[str, Any]]] = defaultdict(dict)
    for release, metric, *said in rows.values_list("release_id", "metric", *SAID):
        found[release][metric] = dict(zip(SAID, said, strict=True))
    return found


def add_releases(unit: Unit, said: Sequence[Metrics]) -> dict[str, dict[str, Any]]:
    """Add what several releases, of separate people, say of a unit; one stays as printed."""
    if len(said) == 1:
        return {metric: dict(figure) for metric, figure in said[0].items()}
    rows = [
        {"group_id": 0, "metric": metric, **figure}
        for metrics in said
        for metric, figure in metrics.items()
    ]
    if not rows:
        return {}
    figures = pd.DataFrame(rows).astype(dict.fromkeys(SAID[1:6], float))
    return {metric: one.as_json() for metric, one in add_up(figures, {0: unit})[unit].items()}


def _read_stays(code: str, wave_ids: Sequence[int]) -> list[Stay]:
    # in steps: as one query over three joins it took minutes on tables just filled, not analysed
    named = GroupTeam.objects.filter(group__wave__in=wave_ids, group__code=code)
    sharing = GroupTeam.objects.filter(
        team__in=set(named.values_list("team", flat=True)),
        group__wave__in=wave_ids,
        group__kind__in=LEAVES,
    )
    fields = ("wave_id", "id", "kind", "code", "name", "parent__name")
    rows = GroupTeam.objects.filter(
        group__in=set(sharing.values_list("group", flat=True))
    ).values_list("team_id", *(f"group__{field}" for field in fields))
    teams: dict[tuple[Any, ...], set[int]] = defaultdict(set)
    for team, *group in rows:
        teams[tuple(group)].add(team)
    return [
        Stay(wave, pk, Unit(kind, tuple(sorted(members))), found, name, part or "")
        for (wave, pk, kind, found, name, part), members in teams.items()
    ]


def _shares_teams(other: Unit, unit: Unit) -> bool:
    return other != unit and not set(other.team_ids).isdisjoint(unit.team_ids)
