"""The list of teams, and of small teams counted together, that a reader may open."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator

from survey.aggregation.following import LEAVES
from survey.aggregation.periods import closing_moment
from survey.aggregation.selectors import current_releases
from survey.campaigns.models import GroupKind, GroupTeam
from survey.dashboards.access import Reader
from survey.dashboards.ordering import natural
from survey.questionnaires.models import Audience

PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class Entry:
    """One team, or one pool of small teams, by its code."""

    code: str
    name: str
    part: str
    n_teams: int
    is_pool: bool


@dataclass(frozen=True, slots=True)
class TeamList:
    """One page of the entries that fit what was looked for, in the order of their names."""

    entries: Page[Entry]
    looked_for: str
    has_any: bool


def build_team_list(*, reader: Reader, wanted: Mapping[str, str]) -> TeamList:
    """List what was asked about last and may be opened; nothing is ranked."""
    entries = sorted(_read_entries(reader), key=lambda one: (natural(one.name), one.code))
    looked_for = wanted.get("q", "").strip()
    needle = looked_for.casefold()
    found = [one for one in entries if needle in f"{one.name} {one.part} {one.code}".casefold()]
    page = Paginator(found, PER_PAGE).get_page(wanted.get("page"))
    return TeamList(page, looked_for, bool(entries))


def _read_entries(reader: Reader) -> Iterator[Entry]:
    rows = GroupTeam.objects.filter(group__wave__in=_last_waves(), group__kind__in=LEAVES)
    fields = ("code", "kind", "name", "parent__name")
    teams: dict[tuple[Any, ...], set[int]] = defaultdict(set)
    for team, *group in rows.values_list("team_id", *(f"group__{field}" for field in fields)):
        teams[tuple(group)].add(team)
    found = {group[0]: (group, ids) for group, ids in teams.items() if reader.opens(ids)}
    for (code, kind, name, part), ids in found.values():
        yield Entry(code, name, part or "", len(ids), kind == GroupKind.POOL)


def _last_waves() -> Iterable[int]:
    """Return the wave of each campaign that was released last."""
    releases = current_releases().exclude(wave__campaign__audience=Audience.COLLEAGUE)
    waves = [one.wave for one in releases.defer("scales")]
    return {wave.campaign_id: wave.pk for wave in sorted(waves, key=closing_moment)}.values()
