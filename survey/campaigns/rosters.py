"""Read the organisation as the planning of groups wants it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import uuid4

from django.db.models import QuerySet

from survey.campaigns.arrow_draw import ArrowKey
from survey.campaigns.arrow_groups import ArrowPlan, Colleagues, plan_arrows
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
from survey.campaigns.models import Channel, GroupArrow, GroupKind, GroupTeam, Wave
from survey.organization.models import Membership, Team
from survey.organization.serving import list_arrows
from survey.questionnaires.models import Audience

STAFF = (Audience.EMPLOYEE, Audience.COLLEAGUE)


def plan_wave(*, wave: Wave, today: date) -> GroupPlan:
    """Plan the groups of a wave from the teams and people of a day."""
    scope = wave.campaign.scope
    if asks_colleagues(wave=wave):
        return plan_colleagues(wave=wave, today=today)
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


def plan_colleagues(*, wave: Wave, today: date) -> ArrowPlan:
    """Plan who of a wave's scope rates which of the teams that serve theirs on a day.

    A draft keeps the seed of its draw, so that a check on the day of the launch shows the launch.
    """
    scope = wave.campaign.scope
    teams = read_teams(scope=scope, today=today)
    known = {team.id for team in teams}
    members = read_members(teams=teams, today=today)
    chosen = choose_members(
        audience_filter=filter_of(wave=wave), teams=teams, top_id=scope.pk, members=members
    )
    colleagues = Colleagues(
        members=chosen.members,
        homes=home_teams(teams=teams, top_id=scope.pk, members=members),
        parents=dict(Team.objects.open_on(today).values_list("id", "parent_id")),
    )
    plan = plan_arrows(
        arrows=[one for one in list_arrows(today=today, below=scope) if one.consumer_id in known],
        colleagues=colleagues,
        k=wave.threshold,
        at_most=wave.campaign.arrows_per_person,
        seed=str(wave.draw_seed or uuid4()),
        pooled=read_pooled_arrows(wave=wave),
    )
    return replace(plan, not_asked=tuple(sorted({*plan.not_asked, *chosen.not_asked})))


def read_homes(*, wave: Wave, today: date) -> dict[int, int]:
    """Return the team in whose own group each person of a wave's scope counts on a day."""
    teams = read_teams(scope=wave.campaign.scope, today=today)
    members = read_members(teams=teams, today=today)
    return home_teams(teams=teams, top_id=wave.campaign.scope_id, members=members)


def read_pools(*, wave: Wave) -> dict[int, int]:
    """Return the teams pooled in the campaign's last wave, and the inner team of their pool."""
    pooled = GroupTeam.objects.filter(group__wave__in=_last(wave), group__kind=GroupKind.POOL)
    return dict(pooled.values_list("team", "group__parent__group_teams__team"))


def read_pooled_arrows(*, wave: Wave) -> frozenset[ArrowKey]:
    """Return the arrows that were pooled in the last wave of a campaign among colleagues."""
    pooled = GroupArrow.objects.filter(group__wave__in=_last(wave), group__kind=GroupKind.POOL)
    return frozenset(pooled.values_list("provider_id", "consumer_id"))


def _last(wave: Wave) -> QuerySet[Wave, Any]:
    """Return the last launched wave of a campaign beside this one, for a subquery."""
    earlier = Wave.objects.launched().filter(campaign=wave.campaign_id).exclude(pk=wave.pk)
    return earlier.order_by("-launched_at", "-pk").values("pk")[:1]


def asks_people(*, wave: Wave) -> bool:
    """Say whether the people who work here get personal links in this wave, about anything."""
    return wave.channel == Channel.PERSONAL and wave.campaign.audience in STAFF


def asks_colleagues(*, wave: Wave) -> bool:
    """Say whether people rate the teams that serve theirs in this wave."""
    return wave.channel == Channel.PERSONAL and wave.campaign.audience == Audience.COLLEAGUE


def fewest_links(*, wave: Wave) -> int:
    """Return how many credentials k people may hold: among colleagues each has several."""
    each = wave.campaign.arrows_per_person if asks_colleagues(wave=wave) else 1
    return wave.threshold * each


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
