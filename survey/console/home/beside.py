"""What stands beside the needs on the first page of whoever asks.

How well both sides are joined, what was promised, who waits for a call, how much was asked.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F

from survey.accounts.models import User
from survey.campaigns.backlog import LedgerCounts, count_ledger, list_backlogs
from survey.core.periods import period_name
from survey.core.timestamps import local_date
from survey.followup.calling import owner_name, visible_calls
from survey.followup.commitments import PromiseCounts, count_commitments
from survey.followup.due_words import Length, say_due
from survey.followup.models import OPEN_STATES, Callback
from survey.linkage.selectors import shown_studies
from survey.questionnaires.models import Audience


@dataclass(frozen=True, slots=True)
class Joined:
    """Of how many groups both sides were released, in the newest comparison of everything."""

    pairing: str
    code: str
    period: str
    n_groups: int
    n_compared: int
    n_not_shown: int
    n_no_customers: int
    n_few_customers: int

    @property
    def percent(self) -> int:
        """Return the share that is joined, rounded down."""
        return 100 * self.n_compared // self.n_groups if self.n_groups else 0


@dataclass(frozen=True, slots=True)
class Waiting:
    """Who waits longest for a call: no name, and how many wait in all."""

    n_open: int
    asked_at: datetime
    due: str
    place: str
    owner: str
    is_late: bool
    is_customer: bool


@dataclass(frozen=True, slots=True)
class Beside:
    """The cards beside the needs; joined and waiting are None where there is nothing."""

    joined: Joined | None
    waiting: Waiting | None
    promises: PromiseCounts
    asked: LedgerCounts
    n_deferred: int


def read_beside(*, user: User, watched: Collection[str], now: datetime) -> Beside:
    """Return the cards for whoever asks some audiences, in as many queries whatever there is."""
    today = local_date(now)
    return Beside(
        joined=_read_joined(),
        waiting=_read_waiting(user, now),
        promises=_count_promises(watched, today),
        asked=count_ledger(today=today),
        n_deferred=sum(row.n_waiting for row in list_backlogs(now=now)),
    )


def _read_joined() -> Joined | None:
    """Return the coverage of the newest study of a whole organisation: released figures only."""
    studies = shown_studies().filter(scope=F("pairing__ex__scope"))
    study = studies.order_by("-period_start", "-pk").first()
    if study is None or not study.coverage:
        return None
    pairing = study.pairing
    period = period_name(study.period_start, pairing.period)
    return Joined(pairing.name, pairing.code, period, **study.coverage)


def _read_waiting(user: User, now: datetime) -> Waiting | None:
    calls = list(visible_calls(user=user).filter(state__in=OPEN_STATES).order_by("due_at", "pk"))
    return _tell_waiting(calls, now) if calls else None


def _tell_waiting(calls: Collection[Callback], now: datetime) -> Waiting:
    first = next(iter(calls))
    return Waiting(
        n_open=len(calls),
        asked_at=first.asked_at,
        due=say_due(first.due_at, Length.DAY),
        place=first.team.name if first.team else "",
        owner=owner_name(callback=first),
        is_late=first.due_at <= now,
        is_customer=first.audience == Audience.CUSTOMER,
    )


def _count_promises(watched: Collection[str], today: date) -> PromiseCounts:
    """Count the promises to the audiences that somebody asks: to all, or to customers alone."""
    is_all = Audience.EMPLOYEE in watched
    return count_commitments(today=today, audience=None if is_all else Audience.CUSTOMER)
