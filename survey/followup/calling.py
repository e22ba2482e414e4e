"""Who takes whose calls, and what waits for whom."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from survey.accounts.models import Role, User
from survey.accounts.selectors import get_scope
from survey.core.timestamps import local_date
from survey.followup.models import OPEN_STATES, Callback, Duty
from survey.organization.models import Team
from survey.questionnaires.models import Audience


@dataclass(frozen=True, slots=True)
class OpenCall:
    """A call that somebody waits for."""

    key: UUID
    name: str
    team_name: str
    owner_name: str
    due_at: datetime
    is_late: bool
    state: str
    asked_at: datetime


@dataclass(frozen=True, slots=True)
class Line:
    """A team with those that took its place, and everything above them, the nearest first."""

    own: tuple[int, ...] = ()
    upwards: tuple[int, ...] = ()


def office_of(audience: str) -> Role:
    """Return the office that answers for the calls of an audience."""
    return Role.CX_MANAGER if audience == Audience.CUSTOMER else Role.HR


def visible_calls(*, user: User) -> QuerySet[Callback]:
    """Return the calls that somebody may see: their office's, their teams', and those they got.

    Calls of people who work here are seen by the people team alone. What somebody got on duty for
    a team below theirs they see for as long as they may be on duty there, and not for good.
    """
    scope = get_scope(user=user)
    seen = Q(pk__in=[])
    if Role.HR in scope.roles:
        seen |= ~Q(audience=Audience.CUSTOMER)
    if Role.CX_MANAGER in scope.roles:
        seen |= Q(audience=Audience.CUSTOMER)
    elif scope.past_team_ids:
        got = Q(owner=user, team__in=_teams_stood_in_for(user, scope.past_team_ids))
        seen |= Q(audience=Audience.CUSTOMER) & (Q(team__in=scope.past_team_ids) | got)
    return Callback.objects.filter(seen).select_related("team", "owner")


def open_calls(*, user: User | None, now: datetime) -> tuple[OpenCall, ...]:
    """Return the calls that wait for somebody, or all that wait, the most urgent first.

    What somebody had who left waits for nobody yet.
    """
    waiting = Callback.objects.select_related("team", "owner")
    if user is not None:
        waiting = waiting.filter(owner=user, owner__is_active=True)
    return tuple(
        OpenCall(
            key=one.key,
            name=one.name,
            team_name=one.team.name if one.team else "",
            owner_name=owner_name(callback=one),
            due_at=one.due_at,
            is_late=one.due_at <= now,
            state=one.state,
            asked_at=one.asked_at,
        )
        for one in waiting.filter(state__in=OPEN_STATES).order_by("due_at", "pk")
    )


def owner_name(*, callback: Callback) -> str:
    """Return who has a call; nobody where an open one was somebody's who left."""
    owner = callback.owner
    is_lost = owner is None or (callback.state in OPEN_STATES and not owner.is_active)
    return "" if owner is None or is_lost else owner.name


def strayed_calls() -> QuerySet[Callback]:
    """Return the open calls that nobody has, or somebody who left or may not see them any more."""
    waiting = Callback.objects.filter(state__in=OPEN_STATES)
    kept: list[int] = []
    for owner in User.objects.filter(pk__in=waiting.values("owner")):
        seen = visible_calls(user=owner).filter(owner=owner, state__in=OPEN_STATES)
        kept += seen.values_list("pk", flat=True)
    return waiting.exclude(pk__in=kept)


def list_takers(*, audience: str, team_id: int | None) -> list[User]:
    """Return who may take a call, by name: the office, and who leads the customers' team."""
    allowed = Q(grants__role=office_of(audience))
    if audience == Audience.CUSTOMER and team_id is not None:
        line = find_line(team_id=team_id)
        allowed |= Q(grants__role=Role.TEAM_LEAD, grants__team__in=line.own)
        allowed |= Q(grants__role=Role.LEADER, grants__team__in=line.upwards)
    return list(User.objects.filter(allowed, is_active=True).distinct().order_by("name", "pk"))


def choose_owner(*, audience: str, team_id: int | None, now: datetime) -> User | None:
    """Return who takes a call today: who is on duty nearest above the team, else the office.

    Among several the one with the fewest open calls; None where nobody is there at all.
    """
    if audience == Audience.CUSTOMER:
        on_duty = _find_on_duty(team_id, local_date(now))
        if on_duty:
            return _least_busy(on_duty)
    return _least_busy(list_takers(audience=audience, team_id=None))


def find_line(*, team_id: int) -> Line:
    """Return a team, those that took its place, and what stands above them."""
    rows = Team.objects.values_list("pk", "parent_id", "succeeded_by_id")
    parents: dict[int, int | None] = {}
    heirs: dict[int, int | None] = {}
    for pk, parent, heir in rows:
        parents[pk], heirs[pk] = parent, heir
    own = _follow(team_id, heirs)
    above = [_follow(one, parents) for one in own]
    return Line(tuple(own), tuple(dict.fromkeys([*own, *(pk for way in above for pk in way)])))


def _teams_stood_in_for(user: User, own_team_ids: Collection[int]) -> list[int]:
    """Return the other teams whose calls somebody got who may still be on duty for them."""
    got = Callback.objects.filter(owner=user, audience=Audience.CUSTOMER, team__isnull=False)
    team_ids = got.exclude(team__in=own_team_ids).order_by().values_list("team_id", flat=True)
    return [pk for pk in team_ids.distinct() if pk is not None and _may_be_on_duty(user, pk)]


def _may_be_on_duty(user: User, team_id: int) -> bool:
    places = find_line(team_id=team_id).upwards
    return any(user in list_takers(audience=Audience.CUSTOMER, team_id=place) for place in places)


def _follow(start: int, steps: dict[int, int | None]) -> list[int]:
    way: list[int] = []
    found: int | None = start
    while found is not None and found not in way:
        way.append(found)
        found = steps.get(found)
    return way


def _find_on_duty(team_id: int | None, today: date) -> list[User]:
    """Return who is on duty today at the nearest place where somebody is."""
    places: list[int | None] = [*(find_line(team_id=team_id).upwards if team_id else ()), None]
    here = Q(team__in=[place for place in places if place]) | Q(team=None)
    duties = list_duties(today=today).filter(here, active_from__lte=today)
    today_on = [one for one in duties if not one.weekdays or today.weekday() in one.weekdays]
    for place in places:
        users = {one.user_id: one.user for one in today_on if one.team_id == place}
        allowed = list_takers(audience=Audience.CUSTOMER, team_id=place) if users else []
        if found := [user for user in allowed if user.pk in users]:
            return found
    return []


def list_duties(*, today: date) -> QuerySet[Duty]:
    """Return the duties that hold today or begin later."""
    ended = Q(last_day__isnull=False, last_day__lt=today)
    return Duty.objects.exclude(ended).select_related("user", "team")


def _least_busy(users: Iterable[User]) -> User | None:
    known = {user.pk: user for user in users}
    busy = _count_open(known)
    return known[min(known, key=lambda pk: (busy[pk], pk))] if known else None


def _count_open(user_ids: Collection[int]) -> Counter[int | None]:
    waiting = Callback.objects.filter(state__in=OPEN_STATES, owner__in=user_ids)
    return Counter(waiting.values_list("owner_id", flat=True))
