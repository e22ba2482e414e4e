"""Who of a scope is asked: whole teams and declared attributes, never names.

A filter is {"team_ids": [...], "attributes": {code: [values]}}; {} asks everybody. A team stands
for everything below it too. Attributes must all fit, each with one of its values. Whoever leads a
team counts in the group above it, so they are asked only where that is asked too.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from survey.campaigns.grouping import Member, TeamNode, home_teams
from survey.campaigns.models import Wave
from survey.organization.models import Person

TEAMS, ATTRIBUTES = "team_ids", "attributes"


@dataclass(frozen=True, slots=True)
class Chosen:
    """The members an audience keeps, and those who count nowhere in it: they lead all of it."""

    members: tuple[Member, ...]
    not_asked: tuple[int, ...]


def filter_of(*, wave: Wave) -> Mapping[str, Any]:
    """Return whom a wave asks: as frozen at its launch, before that as its campaign says."""
    stored = wave.campaign.audience_filter if wave.launched_at is None else wave.audience_filter
    return dict(stored)


def choose_members(
    *,
    audience_filter: Mapping[str, Any],
    teams: Iterable[TeamNode],
    top_id: int,
    members: Iterable[Member],
) -> Chosen:
    """Keep the members whom a filter chooses, by the team in whose own group each counts."""
    nodes, everybody = list(teams), list(members)
    if not audience_filter:
        return Chosen(tuple(everybody), ())
    homes = home_teams(teams=nodes, top_id=top_id, members=everybody)
    below = _with_everything_below(team_ids_of(audience_filter=audience_filter), nodes)
    fitting = _with_attributes([one for one in everybody if one.team_id in below], audience_filter)
    is_top_chosen = top_id in below  # then the plan itself says whom it cannot count
    counted = [one for one in fitting if is_top_chosen or homes.get(one.person_id) in below]
    kept = {one.person_id for one in counted}
    leading = (one.person_id for one in fitting if one.person_id not in kept)
    return Chosen(tuple(counted), tuple(sorted(leading)))


def _with_attributes(
    members: Collection[Member], audience_filter: Mapping[str, Any]
) -> Collection[Member]:
    wanted = values_of(audience_filter=audience_filter)
    if not wanted:
        return members
    rows = Person.objects.values_list("pk", "attributes").iterator()
    people = {
        pk
        for pk, attributes in rows
        if all(str(attributes.get(code, "")) in values for code, values in wanted.items())
    }
    return [one for one in members if one.person_id in people]


def _with_everything_below(chosen: Collection[int], teams: Collection[TeamNode]) -> set[int]:
    """Return the chosen teams with all below them; every team where none is chosen."""
    if not chosen:
        return {team.id for team in teams}
    children: dict[int | None, list[int]] = defaultdict(list)
    for team in teams:
        children[team.parent_id].append(team.id)
    found: set[int] = set()
    waiting = list(chosen)
    while waiting:
        team_id = waiting.pop()
        if team_id not in found:
            found.add(team_id)
            waiting += children[team_id]
    return found


def team_ids_of(*, audience_filter: Mapping[str, Any]) -> set[int]:
    """Return the teams a filter names."""
    return {int(team_id) for team_id in audience_filter.get(TEAMS) or ()}


def values_of(*, audience_filter: Mapping[str, Any]) -> dict[str, set[str]]:
    """Return the values a filter wants, by the attribute's code."""
    stored = audience_filter.get(ATTRIBUTES) or {}
    return {code: {str(value) for value in values} for code, values in stored.items()}
