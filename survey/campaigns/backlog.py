"""Who waits for their turn, in counts and dates: what HR sees of the fatigue ledger."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Q

from survey.campaigns.models import Asking, Invitation, Snooze
from survey.core.timestamps import local_date
from survey.letters.models import StopEntry
from survey.letters.postponing import SNOOZED

SHOWN_FOR = timedelta(days=30)  # after a wave has closed
YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Backlog:
    """So many invited people of a wave wait until a day, or cannot be asked in it any more."""

    wave_id: int
    name: str
    number: int
    audience: str
    until_date: date
    n_waiting: int
    n_asked: int
    n_unasked: int


@dataclass(frozen=True, slots=True)
class LedgerCounts:
    """What the ledger holds, all surveys together."""

    n_letters_of_month: int
    n_letters_of_year: int
    n_resting: int
    n_stopped: int


def list_backlogs(*, now: datetime) -> tuple[Backlog, ...]:
    """Return for each wave that runs or closed lately, day by day, how many had to wait."""
    today = local_date(now)
    recent = Q(wave__closed_at__isnull=True) | Q(wave__closed_at__gt=now - SHOWN_FOR)
    deferred = Invitation.objects.filter(
        recent, deferred_until__isnull=False, wave__withdrawn_at__isnull=True
    )
    has_letter = Q(delivery__isnull=False) & ~Q(delivery__reason=SNOOZED) | Q(is_admitted=False)
    is_ahead = Q(deferred_until__gt=today)
    rows = deferred.order_by("-wave__opens_at", "wave", "deferred_until").values_list(
        "wave", "wave__campaign__name", "wave__number", "wave__campaign__audience", "deferred_until"
    )
    counted = rows.annotate(
        n_waiting=Count("pk", filter=has_letter & is_ahead),
        n_asked=Count("pk", filter=has_letter & ~is_ahead),
        n_unasked=Count("pk", filter=~has_letter),
    )
    return tuple(Backlog(*row) for row in counted)


def count_ledger(*, today: date) -> LedgerCounts:
    """Return how much was asked, and how many addresses rest or want no letters."""
    asked = Asking.objects.filter(asked_date__lte=today, asked_date__gt=today - YEAR)
    return LedgerCounts(
        n_letters_of_month=asked.filter(asked_date__gt=today - SHOWN_FOR).count(),
        n_letters_of_year=asked.count(),
        n_resting=Snooze.objects.filter(until_date__gt=today).count(),
        n_stopped=StopEntry.objects.count(),
    )
