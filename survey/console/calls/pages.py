"""What the managers' pages of calls show."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from survey.accounts.models import Role, User
from survey.accounts.selectors import get_scope
from survey.console.calls.forms import WEEKDAYS
from survey.console.fatigue.pages import WHO
from survey.followup.call_counts import CallCounts, count_calls
from survey.followup.callbacks import get_rule
from survey.followup.calling import list_duties, owner_name
from survey.followup.due_words import say_due
from survey.followup.models import OPEN_STATES, Callback, Duty
from survey.questionnaires.models import Audience

DAY_SECONDS = 86400


@dataclass(frozen=True, slots=True)
class WaitingLine:
    """A call that waits, and for how long it has."""

    key: str
    name: str
    team: str
    owner: str
    days: int
    due: str
    is_late: bool


@dataclass(frozen=True, slots=True)
class CallsPage:
    """Who waits, since when, and how calls went."""

    waiting: tuple[WaitingLine, ...]
    counts: CallCounts
    keeps_rota: bool


@dataclass(frozen=True, slots=True)
class DutyLine:
    """One duty of the rota."""

    duty_id: int
    user: str
    team: str
    days: str
    active_from: date
    last_day: date | None


def build_calls_page(*, user: User, now: datetime) -> CallsPage:
    """Return the calls that somebody's offices answer for, in two queries however many."""
    audiences = audiences_of(user=user)
    calls = Callback.objects.filter(audience__in=audiences)
    waiting = calls.filter(state__in=OPEN_STATES).select_related("team", "owner")
    return CallsPage(
        waiting=tuple(_waiting(one, now) for one in waiting.order_by("due_at", "pk")),
        counts=count_calls(calls=calls, now=now),
        keeps_rota=Audience.CUSTOMER in audiences,
    )


def audiences_of(*, user: User) -> tuple[Audience, ...]:
    """Return for whose calls somebody answers: staff's are the people team's alone."""
    roles = get_scope(user=user).roles
    staff = (Audience.EMPLOYEE, Audience.COLLEAGUE) if Role.HR in roles else ()
    return (*staff, *((Audience.CUSTOMER,) if Role.CX_MANAGER in roles else ()))


def list_duty_lines(*, today: date) -> tuple[DutyLine, ...]:
    """Return the rota, by team, in one query."""
    duties = list_duties(today=today).order_by("team__name", "user__name", "active_from", "pk")
    return tuple(_duty(one) for one in duties)


def list_rules(*, audiences: Collection[Audience]) -> list[tuple[Audience, str, dict[str, object]]]:
    """Return each audience, what it is called, and its rule."""
    return [(one, str(WHO[one.value]), _rule(one)) for one in audiences]


def _rule(audience: Audience) -> dict[str, object]:
    rule = get_rule(audience=audience)
    names = ("answer_within_hours", "remind_before_hours", "counts_weekends")
    return {name: getattr(rule, name) for name in names}


def _waiting(call: Callback, now: datetime) -> WaitingLine:
    return WaitingLine(
        key=str(call.key),
        name=call.name,
        team=call.team.name if call.team else "",
        owner=owner_name(callback=call),
        days=int((now - call.asked_at).total_seconds() // DAY_SECONDS),
        due=say_due(call.due_at),
        is_late=call.due_at <= now,
    )


def _duty(duty: Duty) -> DutyLine:
    days = [str(label) for value, label in WEEKDAYS if int(value) in duty.weekdays]
    return DutyLine(
        duty_id=duty.pk,
        user=duty.user.name,
        team=duty.team.name if duty.team else _("all teams"),
        days=", ".join(days) or _("every day"),
        active_from=duty.active_from,
        last_day=duty.last_day,
    )
