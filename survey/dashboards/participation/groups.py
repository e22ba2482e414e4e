"""The groups whose participation a reader may see, and what each of them is part of."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from survey.campaigns.models import Group, GroupKind, GroupTeam, Wave
from survey.campaigns.participation import ParticipationRow
from survey.campaigns.rosters import asks_colleagues
from survey.campaigns.selectors import get_participation
from survey.campaigns.shares import Share, step_of
from survey.dashboards.access import Reader


@dataclass(frozen=True, slots=True)
class Stored:
    """What is stored of a wave's participation, and the steps its shares come in."""

    wave: Wave
    counted_date: date | None
    rows: tuple[ParticipationRow, ...]
    step: int


def read_stored(wave: Wave) -> Stored:
    """Read what is stored of a wave; the steps follow from all of its rows."""
    found = get_participation(wave=wave)
    step = step_of(wave=wave, rows=found.rows)
    return Stored(wave, found.counted_date, found.rows, step)


def visible_rows(*, reader: Reader, stored: Sequence[Stored]) -> dict[int, list[ParticipationRow]]:
    """Return what is stored of the groups of some waves that a reader may see, by wave."""
    if reader.team_ids is None or not stored:
        return {one.wave.pk: list(one.rows) for one in stored}
    codes = {row.code for one in stored for row in one.rows}
    opened = _opened_codes(reader, wave_ids=[one.wave.pk for one in stored], codes=codes)
    opened |= _opened_wholes(reader, [one.wave for one in stored])
    return {
        one.wave.pk: [row for row in one.rows if (one.wave.pk, row.code) in opened]
        for one in stored
    }


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


def read_shares(*, stored: Stored, rows: Iterable[ParticipationRow]) -> dict[str, Share]:
    """Return the shares of some groups of a wave by code, with what the wave's steps leave open."""
    return {row.code: Share.read(row.share, step=stored.step) for row in rows}


def read_shares_before(
    *, wave: Wave, before: Stored, codes: Iterable[str], rows: Iterable[ParticipationRow]
) -> dict[str, Share]:
    """Return the shares before of the groups that held the same teams then, by code."""
    wanted = frozenset(codes)
    units: dict[tuple[int, str], set[int]] = defaultdict(set)
    found = GroupTeam.objects.filter(group__wave__in=[wave, before.wave], group__code__in=wanted)
    for pk, code, team in found.values_list("group__wave", "group__code", "team"):
        units[pk, code].add(team)
    same = [
        row
        for row in rows
        if row.code in wanted
        and units.get((before.wave.pk, row.code)) == units.get((wave.pk, row.code))
    ]
    return read_shares(stored=before, rows=same)


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


def _opened_wholes(reader: Reader, waves: Iterable[Wave]) -> set[tuple[int, str]]:
    """Return the rows of all ratings together: a wave among colleagues has no group of them."""
    return {
        (wave.pk, wave.campaign.scope.code)
        for wave in waves
        if asks_colleagues(wave=wave) and reader.compares(wave.campaign.scope_id)
    }


def _find_home(code: str, parents: Mapping[str, str | None], shown: set[str]) -> str:
    above = parents.get(code)
    while above is not None and above not in shown:
        above = parents.get(above)
    return above or ""
