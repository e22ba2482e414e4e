"""The groups whose participation a reader may see, and what each of them is part of."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from survey.campaigns.models import Group, GroupKind, GroupTeam, Wave
from survey.campaigns.participation import ParticipationRow, coarsest_step
from survey.campaigns.selectors import get_participation
from survey.dashboards.access import Reader
from survey.dashboards.participation.shares import Share


def visible_rows(*, reader: Reader, waves: Iterable[Wave]) -> dict[int, list[ParticipationRow]]:
    """Return what is stored of the groups of some waves that a reader may see, by wave."""
    stored = {wave.pk: get_participation(wave=wave).rows for wave in waves}
    if reader.team_ids is None:
        return {pk: list(rows) for pk, rows in stored.items()}
    codes = {row.code for rows in stored.values() for row in rows}
    opened = _opened_codes(reader, wave_ids=stored.keys(), codes=codes)
    return {pk: [row for row in rows if (pk, row.code) in opened] for pk, rows in stored.items()}


def may_see(reader: Reader, kind: str, team_ids: Iterable[int]) -> bool:
    """Say whether a reader may see the share of a group: of a whole part only if they lead it."""
    if kind == GroupKind.NODE:
        return all(reader.compares(team) for team in team_ids)
    return reader.opens(team_ids)


def find_homes(*, wave: Wave, rows: Sequence[ParticipationRow]) -> dict[str, str]:
    """Return the code of the nearest group above each that is among the rows, "" for none."""
    parents = dict(Group.objects.filter(wave=wave).values_list("code", "parent__code"))
    shown = {row.code for row in rows}
    return {code: _find_home(code, parents, shown) for code in shown}


def read_shares(*, wave: Wave, rows: Iterable[ParticipationRow]) -> dict[str, Share]:
    """Return the shares of some groups of a wave by code, with what the wave's steps leave open."""
    every = get_participation(wave=wave).rows
    step = coarsest_step(invited=[row.n_invited for row in every], k=wave.threshold)
    return {row.code: Share.read(row.share, step=step) for row in rows}


def read_shares_before(
    *, wave: Wave, before: Wave, codes: Iterable[str], rows: Iterable[ParticipationRow]
) -> dict[str, Share]:
    """Return the shares before of the groups that held the same teams then, by code."""
    units: dict[tuple[int, str], set[int]] = defaultdict(set)
    found = GroupTeam.objects.filter(group__wave__in=[wave, before], group__code__in=list(codes))
    for pk, code, team in found.values_list("group__wave", "group__code", "team"):
        units[pk, code].add(team)
    same = [row for row in rows if units.get((before.pk, row.code), ()) == units[wave.pk, row.code]]
    return read_shares(wave=before, rows=same)


def _opened_codes(
    reader: Reader, *, wave_ids: Iterable[int], codes: Iterable[str]
) -> set[tuple[int, str]]:
    rows = GroupTeam.objects.filter(group__wave__in=wave_ids, group__code__in=codes)
    teams: dict[tuple[int, str, str], set[int]] = defaultdict(set)
    for wave, code, kind, team in rows.values_list(
        "group__wave", "group__code", "group__kind", "team"
    ):
        teams[wave, code, kind].add(team)
    return {
        (wave, code) for (wave, code, kind), held in teams.items() if may_see(reader, kind, held)
    }


def _find_home(code: str, parents: Mapping[str, str | None], shown: set[str]) -> str:
    above = parents.get(code)
    while above is not None and above not in shown:
        above = parents.get(above)
    return above or ""
