"""Forget to whom letters went, some time after they did; and at once, where somebody asks."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q, QuerySet

from survey.letters.models import Delivery
from survey.letters.outcomes import ADDRESS_REFUSED
from survey.letters.selectors import REFUSED_FOR
from survey.letters.states import DeliveryState

ERASED = "erased"  # why a letter was not sent whose reader asked to be forgotten
OVER = (DeliveryState.SENT, DeliveryState.FAILED, DeliveryState.BOUNCED)


def addressed_before(*, now: datetime) -> QuerySet[Delivery]:
    """Return the letters that still name a recipient, longer than addresses are kept.

    An address that was refused stays for as long as it is not written to again.
    """
    named = Delivery.objects.filter(state__in=OVER).exclude(address="", recipient_name="")
    delivered = Q(due_at__lt=now - timedelta(days=settings.ADDRESSES_KEPT_DAYS))
    return named.filter(
        delivered,
        ~Q(reason__startswith=ADDRESS_REFUSED) | Q(due_at__lt=now - REFUSED_FOR),
    )


def forget_addresses(*, now: datetime, at_most: int) -> int:
    """Take name and address off old letters; return off how many."""
    ids = addressed_before(now=now).order_by("due_at", "pk").values_list("pk", flat=True)
    return _blank(list(ids[:at_most]))


def erase_addresses(*, delivery_ids: Collection[int]) -> int:
    """Take name and address off some letters now; those that wait are not sent any more.

    One that is being sent at this moment arrives.
    """
    waiting = Delivery.objects.filter(pk__in=delivery_ids, state=DeliveryState.QUEUED)
    waiting.update(state=DeliveryState.FAILED, reason=ERASED)
    return _blank(delivery_ids)


def _blank(ids: Collection[int]) -> int:
    return Delivery.objects.filter(pk__in=ids).update(address="", recipient_name="")
