"""What must always hold of the ledger and of reminders: ledger = letters, a row for everybody."""

from datetime import datetime, timedelta

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from survey.campaigns.models import Asking, CodeSheet, Invitation, Reminder, ReminderRow
from survey.letters.models import Delivery
from survey.letters.states import DeliveryState

SETTLED = timedelta(days=1)  # by then the stage that strikes failed letters has run

NEVER_ARRIVED = Q(state=DeliveryState.FAILED, is_uncertain=False)


def ledger_broken(*, now: datetime) -> list[str]:
    """Name where letters and ledger differ: each letter that invites is one asking.

    So is each slip that was printed for somebody, and nothing else. Letters that failed for good
    are no askings; those that may have arrived are.
    """
    counts = {
        "letters are not in the fatigue ledger": _letters_unrecorded().count(),
        "askings in the fatigue ledger have no letter": _askings_without_letter(now).count(),
        "askings in the fatigue ledger name somebody else than their letter": _misnamed().count(),
    }
    return [f"{n} {what}." for what, n in counts.items() if n]


def reminders_broken() -> list[str]:
    """Name the reminders that do not have a row for everybody, and those that outlived a wave."""
    broken = []
    for reminder in _running().annotate(n_rows=Count("rows")).select_related("wave"):
        n_invited = Invitation.objects.filter(wave=reminder.wave_id).count()
        if reminder.n_rows != n_invited:
            broken.append(f"{reminder}: {reminder.n_rows} rows for {n_invited} people.")
    over = Q(reminder__wave__sealed_at__isnull=False)
    over |= Q(reminder__wave__withdrawn_at__isnull=False)
    if n_left := ReminderRow.objects.filter(over).count():
        broken.append(f"{n_left} rows of reminders outlived their waves.")
    return broken


def _letters_unrecorded() -> QuerySet[Invitation]:
    arriving = Delivery.objects.exclude(NEVER_ARRIVED).filter(pk=OuterRef("delivery"))
    of_somebody = Q(person__isnull=False) | Q(customer__isnull=False)
    return Invitation.objects.filter(of_somebody, Exists(arriving), asking__isnull=True)


def _askings_without_letter(now: datetime) -> QuerySet[Asking]:
    askings = Asking.objects.filter(invitation__isnull=False)
    failed = Q(
        invitation__delivery__state=DeliveryState.FAILED,
        invitation__delivery__is_uncertain=False,
        invitation__delivery__due_at__lt=now - SETTLED,
    )
    sheets = CodeSheet.objects.filter(wave=OuterRef("wave"))
    is_by_slip = Q(person__isnull=False) & Q(Exists(sheets))
    return askings.filter(Q(invitation__delivery__isnull=True) & ~is_by_slip | failed)


def _misnamed() -> QuerySet[Asking]:
    same_person = Q(person__isnull=False, person=F("invitation__person"))
    same_customer = Q(customer__isnull=False, customer=F("invitation__customer"))
    same_wave = Q(wave=F("invitation__wave"), audience=F("invitation__wave__campaign__audience"))
    askings = Asking.objects.filter(invitation__isnull=False)
    return askings.exclude((same_person | same_customer) & same_wave)


def _running() -> QuerySet[Reminder]:
    return Reminder.objects.filter(
        queued_at__isnull=False, wave__sealed_at__isnull=True, wave__withdrawn_at__isnull=True
    ).order_by("pk")
