"""For how long callbacks are kept; what a customer gets of their own, and how those are erased."""

import re
from collections.abc import Collection, Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce

from survey.followup.models import Callback
from survey.letters.models import Delivery
from survey.letters.services.forgetting import erase_addresses

KEPT = timedelta(days=365)
FEWEST_DIGITS = 6  # of a telephone number, to be told from others


def kept_too_long(*, now: datetime) -> QuerySet[Callback]:
    """Return the callbacks that ended, or were asked for and never ended, a year ago."""
    return Callback.objects.annotate(last_at=Coalesce("ended_at", "asked_at")).filter(
        last_at__lt=now - KEPT
    )


def forget_callbacks(*, now: datetime, at_most: int) -> int:
    """Delete old callbacks with their history; return how many."""
    ids = kept_too_long(now=now).order_by("pk").values_list("pk", flat=True)
    return _delete(list(ids[:at_most]))


def find_callbacks(*, addresses: Collection[str]) -> list[Callback]:
    """Return the callbacks that gave one of some e-mail addresses or telephone numbers."""
    emails = [one for one in addresses if "@" in one]
    wanted = Q(pk__in=[])
    for email in emails:
        wanted |= Q(email__iexact=email)
    phones = {_digits(one) for one in addresses if "@" not in one}
    if phones := {one for one in phones if len(one) >= FEWEST_DIGITS}:
        wanted |= Q(pk__in=list(_called_at(phones)))
    return list(Callback.objects.filter(wanted).select_related("team").order_by("pk"))


def export_callbacks(*, addresses: Collection[str]) -> list[dict[str, Any]]:
    """Return what somebody asked to be called about, ready for JSON."""
    return [
        {
            "asked_at": one.asked_at.isoformat(),
            "team": one.team.name if one.team else None,
            "name": one.name,
            "phone": one.phone,
            "email": one.email,
            "address": one.address,
            "best_time": one.best_time,
            "words": one.words,
            "state": one.state,
        }
        for one in find_callbacks(addresses=addresses)
    ]


def erase_callbacks(*, addresses: Collection[str]) -> int:
    """Delete what somebody asked to be called about, and whom letters about it went to."""
    return _delete([one.pk for one in find_callbacks(addresses=addresses)])


def _delete(ids: list[int]) -> int:
    about = Delivery.objects.filter(notice__callback__in=ids).values_list("pk", flat=True)
    erase_addresses(delivery_ids=list(about))
    Callback.objects.filter(pk__in=ids).delete()
    return len(ids)


def _called_at(phones: Collection[str]) -> Iterator[int]:
    calls = Callback.objects.exclude(phone="").values_list("pk", "phone")
    yield from (pk for pk, phone in calls.iterator() if _digits(phone) in phones)


def _digits(number: str) -> str:
    """Return the digits of a number without the sign for calls from abroad, however written."""
    return re.sub(r"\D", "", number).removeprefix("00")
