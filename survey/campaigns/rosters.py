"""Read the organisation as the planning of groups wants it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from survey.campaigns.choosing import choose_members, filter_of
from survey.campaigns.grouping import (
    NOT_POOLED,
    GroupPlan,
    Member,
    TeamNode,
    home_teams,
    plan_groups,
    plan_teams,
)
from survey.campaigns.models import Channel, GroupKind, GroupTeam, Wave
from survey.organization.models import Membership, Team
from survey.questionnaires.models import Audience


def plan_wave(*, wave: Wave, today: date) -> GroupPlan:
    """Plan the groups of a wave from the teams and people of a day."""
    scope = wave.campaign.scope
    if not asks_people(wave=wave):
        teams = read_teams(scope=scope, today=today)
        return plan_teams(teams=teams, top_id=scope.pk)
    return plan_audience(
        scope=scope,
        audience_filter=filter_of(wave=wave),
        today=today,
        k=wave.threshold,
        pooled=read_pools(wave=wave),
    )


def plan_audience(
    *,
    scope: Team,
    audience_filter: Mapping[str, Any],
    today: date,
    k: int,
    pooled: Mapping[int, int] = NOT_POOLED,
) -> GroupPlan:
    """Plan the groups of the people whom a filter chooses in a scope."""
    teams = read_teams(scope=scope, today=today)
    members = read_members(teams=teams, today=today)
    chosen = choose_members(
        audience_filter=audience_filter, teams=teams, top_id=scope.pk, members=members
    )
    plan = plan_groups(teams=teams, top_id=scope.pk, members=chosen.members, k=k, pooled=pooled)
    return replace(plan, not_asked=tuple(sorted({*plan.not_asked, *chosen.not_asked})))


def read_homes(*, wave: Wave, today: date) -> dict[int, int]:
    """Return the team in whose own group each person of a wave's scope counts on a day."""
    teams = read_teams(scope=wave.campaign.scope, today=today)
    members = read_members(teams=teams, today=today)
    return home_teams(teams=teams, top_id=wave.campaign.scope_id, members=members)


def read_pools(*, wave: Wave) -> dict[int, int]:
    """Return the teams pooled in the campaign's last wave, and the inner team of their pool."""
    earlier = Wave.objects.launched().filter(campaign=wave.campaign_id).exclude(pk=wave.pk)
    last = earlier.order_by("-launched_at", "-pk").values("pk")[:1]
    pooled = GroupTeam.objects.filter(group__wave__in=last, group__kind=GroupKind.POOL)
    return dict(pooled.values_list("team", "group__parent__group_teams__team"))


def asks_people(*, wave: Wave) -> bool:
    """Say whether the people who work here get personal links in this wave."""
    return wave.channel == Channel.PERSONAL and wave.campaign.audience == Audience.EMPLOYEE


def asks_colleagues(*, wave: Wave) -> bool:
    """Say whether people rate the teams that serve theirs in this wave."""
    return wave.channel == Channel.PERSONAL and wave.campaign.audience == Audience.COLLEAGUE


def asks_customers(*, wave: Wave) -> bool:
    """Say whether customers get personal links in this wave, after their interactions."""
    return wave.channel == Channel.PERSONAL and wave.campaign.audience == Audience.CUSTOMER


def read_teams(*, scope: Team, today: date) -> list[TeamNode]:
    """Return the teams that are open on a day, from the top of a scope downwards."""
    rows = Team.objects.under(scope).open_on(today).values_list("id", "parent_id", "code", "name")
    nodes = [TeamNode(*row) for row in rows]
    if any(node.id == scope.pk for node in nodes):
        return nodes
    return [TeamNode(scope.pk, scope.parent_id, scope.code, scope.name), *nodes]


def read_members(*, teams: list[TeamNode], today: date) -> list[Member]:
    """Return who belongs to the teams on a day."""
    known = {team.id for team in teams}
    rows = Membership.objects.active_on(today).values_list("person_id", "team_id", "is_leader")
    return [Member(*row) for row in rows.iterator() if row[1] in known]
