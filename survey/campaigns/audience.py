"""Choose who is asked, and see at once what that means: numbers, never names of those asked."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NoReturn

from django.utils.translation import gettext as _

from survey.campaigns.arrow_groups import ArrowPlan
from survey.campaigns.choosing import ATTRIBUTES, TEAMS, team_ids_of, values_of
from survey.campaigns.grouping import GroupPlan, PlannedGroup, direct_name
from survey.campaigns.models import GroupKind
from survey.campaigns.models.wave import SMALLEST_THRESHOLD
from survey.campaigns.naming import say_group
from survey.campaigns.rosters import plan_audience
from survey.campaigns.zones import zones_of
from survey.core.timestamps import local_date
from survey.letters.selectors import reachable_addresses
from survey.organization.models import Attribute, Person, Team

SHOWN = (GroupKind.TEAM, GroupKind.DIRECT)


class AudienceError(Exception):
    """The filter cannot be used; the message says why."""


@dataclass(frozen=True, slots=True)
class PoolPreview:
    """Teams, and people directly below an inner one, that would be counted together."""

    name: str
    teams: tuple[str, ...]
    n_people: int


@dataclass(frozen=True, slots=True)
class AudiencePreview:
    """How the people asked would be counted, and how many of them no letter reaches."""

    n_people: int
    n_teams: int
    n_shown: int
    n_shown_people: int
    n_pooled_teams: int
    n_pooled_people: int
    pools: tuple[PoolPreview, ...]
    n_unreachable: int
    not_asked: tuple[str, ...]
    n_ratings: int = 0  # among colleagues: each person may give several
    arrows: tuple[PoolPreview, ...] = ()  # with how many ratings each gets, pooled ones together


def check_audience(*, audience_filter: Mapping[str, Any], scope: Team) -> None:
    """Raise AudienceError unless a filter names teams of a scope and declared attributes only."""
    if not audience_filter:
        return
    unknown = set(audience_filter) - {TEAMS, ATTRIBUTES}
    if unknown:
        _refuse(_("%(names)s: choose by teams and attributes only."), unknown)
    chosen = team_ids_of(audience_filter=audience_filter)
    outside = chosen - set(Team.objects.under(scope).values_list("pk", flat=True))
    if outside:
        _refuse(_("A chosen team does not stand below %(names)s."), [scope.name])
    wanted = values_of(audience_filter=audience_filter)
    declared = set(Attribute.objects.values_list("code", flat=True))
    undeclared = set(wanted) - declared
    if undeclared:
        _refuse(_("Declare %(names)s before people are chosen by it."), undeclared)
    empty = [code for code, values in wanted.items() if not values]
    if empty:
        _refuse(_("Choose at least one value of %(names)s."), empty)


def zones_of_audience(
    *, scope_id: int, audience_filter: Mapping[str, Any], today: date
) -> set[str]:
    """Return the time zones of the people whom a filter chooses, for planning a window."""
    plan = _plan(scope_id, audience_filter, today, SMALLEST_THRESHOLD)
    return zones_of(people=plan.people)


def preview(
    *,
    scope_id: int,
    audience_filter: Mapping[str, Any],
    now: datetime,
    k: int = SMALLEST_THRESHOLD,
) -> AudiencePreview:
    """Return how the people whom a filter chooses would be counted in a first wave."""
    plan = _plan(scope_id, audience_filter, local_date(now), k)
    return preview_plan(plan=plan, now=now, k=k)


def preview_plan(*, plan: GroupPlan, now: datetime, k: int = SMALLEST_THRESHOLD) -> AudiencePreview:
    """Return what a plan of groups means in numbers; fewer than k people are shown nowhere."""
    if isinstance(plan, ArrowPlan):
        return _preview_arrows(plan, now)
    pools = _pools(plan)
    shown = [group for group in plan.groups if group.kind in SHOWN and group.n_invited >= k]
    return AudiencePreview(
        n_people=plan.n_people,
        n_teams=len({team for group in plan.groups for team in _counted_teams(group)}),
        n_shown=len(shown),
        n_shown_people=sum(group.n_invited for group in shown),
        n_pooled_teams=sum(len(pool.teams) for pool in pools),
        n_pooled_people=sum(pool.n_people for pool in pools),
        pools=pools,
        n_unreachable=_count_unreachable(plan, now),
        not_asked=_names(plan.not_asked),
    )


def _preview_arrows(plan: ArrowPlan, now: datetime) -> AudiencePreview:
    """Return what a plan among colleagues means: ratings stand where people do elsewhere."""
    alone = [group for group in plan.groups if group.kind == GroupKind.EDGE]
    pools = [group for group in plan.groups if group.kind == GroupKind.POOL]
    n_alone = sum(group.n_invited for group in alone)
    n_pooled = sum(group.n_invited for group in pools)
    return AudiencePreview(
        n_people=plan.n_people,
        n_teams=sum(group.kind == GroupKind.NODE for group in plan.groups),
        n_shown=len(alone),
        n_shown_people=n_alone,
        n_pooled_teams=sum(len(group.arrows) for group in pools),
        n_pooled_people=n_pooled,
        pools=(),
        n_unreachable=_count_unreachable(plan, now),
        not_asked=_names(plan.not_asked),
        n_ratings=n_alone + n_pooled,
        arrows=tuple(
            PoolPreview(
                say_group(name=group.name, kind=group.kind),
                tuple(arrow.consumer_name for arrow in group.arrows),
                group.n_invited,
            )
            for group in sorted([*alone, *pools], key=lambda group: group.name)
        ),
    )


def _refuse(sentence: str, names: Iterable[str]) -> NoReturn:
    raise AudienceError(sentence % {"names": ", ".join(sorted(names))})


def _plan(scope_id: int, audience_filter: Mapping[str, Any], today: date, k: int) -> GroupPlan:
    scope = Team.objects.get(pk=scope_id)
    return plan_audience(scope=scope, audience_filter=audience_filter, today=today, k=k)


def _counted_teams(group: PlannedGroup) -> tuple[int, ...]:
    return () if group.kind == GroupKind.NODE else group.team_ids


def _pools(plan: GroupPlan) -> tuple[PoolPreview, ...]:
    pools = [group for group in plan.groups if group.kind == GroupKind.POOL]
    team_ids = {team for group in pools for team in group.team_ids}
    names = dict(Team.objects.filter(pk__in=team_ids).values_list("pk", "name"))
    inner = {
        team for group in plan.groups if group.kind == GroupKind.NODE for team in group.team_ids
    }
    direct = GroupKind.DIRECT
    names |= {
        team: say_group(name=direct_name(names[team]), kind=direct) for team in inner & team_ids
    }
    return tuple(
        PoolPreview(
            say_group(name=group.name, kind=group.kind),
            tuple(sorted(names[team] for team in group.team_ids)),
            group.n_invited,
        )
        for group in pools
    )


def _names(people: tuple[int, ...]) -> tuple[str, ...]:
    found = Person.objects.filter(pk__in=people).order_by("name")
    return tuple(found.values_list("name", flat=True))


def _count_unreachable(plan: GroupPlan, now: datetime) -> int:
    invited = plan.people
    rows = Person.objects.values_list("pk", "email").iterator()
    addresses = [address for pk, address in rows if pk in invited]
    reachable = reachable_addresses(addresses=addresses, now=now)
    return sum(address not in reachable for address in addresses)
