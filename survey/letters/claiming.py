"""Take letters out of the queue, a few at a time, so that no two workers send the same."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Case, F, Value, When, prefetch_related_objects
from django.db.models.functions import Coalesce

from survey.letters.models import ASKING, Delivery
from survey.letters.pacing import grant, spread
from survey.letters.querysets import DeliveryQuerySet
from survey.letters.states import DeliveryState
from survey.letters.vigils import keep_vigil, list_own

# Longer than the tasks that send may run, so that nobody else takes a letter over; short enough
# that the letters of a worker that was killed on another machine go on within a minute.
LEASE = timedelta(seconds=35)


def claim_due(
    *, channel: str, now: datetime, size: int, kinds: Collection[str] = ASKING
) -> list[Delivery]:
    """Claim up to `size` letters of some kinds that are due, the oldest first, with their words.

    Letters to a mail domain that got its share of this minute already are put off.
    """
    claimed, crowded = _claim(channel, now, size, kinds)
    while crowded and not claimed and spread(crowded, now=now):
        claimed, crowded = _claim(channel, now, size, kinds)
    spread(crowded, now=now)
    prefetch_related_objects(claimed, "letter__translations")
    return claimed


def still_ours(ids: Collection[int]) -> DeliveryQuerySet:
    """Keep what we still send: a provider may have reported a bounce, or our lease have run out."""
    return Delivery.objects.sending().filter(pk__in=ids, claimed_by__in=["", *list_own()])


def give_back(deliveries: Collection[Delivery], **changes: Any) -> None:
    """Undo our claim on letters that nobody tried to send; changes may put them off or end them."""
    if not deliveries:
        return
    undone = {
        "state": DeliveryState.QUEUED,
        "lease_until": None,
        "attempts": F("attempts") - 1,
        "first_tried_at": Case(When(attempts=1, then=None), default=F("first_tried_at")),
    }
    still_ours([delivery.pk for delivery in deliveries]).update(**undone | changes)


@transaction.atomic
def _claim(
    channel: str, now: datetime, size: int, kinds: Collection[str]
) -> tuple[list[Delivery], set[str]]:
    of_kinds = Delivery.objects.due_at(now).filter(channel=channel, kind__in=kinds)
    due = of_kinds.order_by("due_at", "pk")
    rows = list(due.select_for_update(skip_locked=True, no_key=True)[:size])
    granted, crowded = grant(rows, now=now)
    Delivery.objects.filter(pk__in=[row.pk for row in granted]).update(
        state=DeliveryState.SENDING,
        lease_until=now + LEASE,
        claimed_by=keep_vigil(),
        attempts=F("attempts") + 1,
        first_tried_at=Coalesce(F("first_tried_at"), Value(now)),
    )
    for row in granted:
        row.state, row.lease_until = DeliveryState.SENDING, now + LEASE
        row.attempts += 1
        row.first_tried_at = row.first_tried_at or now
    return granted, crowded
