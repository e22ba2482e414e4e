"""No more letters to one mail domain in a minute than its servers like; the rest a minute later.

Work, and what somebody asked for, counts and never waits.

The minutes are those of the clock, counted in the database for all workers together. A domain
that has had its share lets all others pass: its letters are put off, so many to each minute.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F

from survey.core.batches import in_batches
from survey.letters.models import Delivery, DeliveryChannel, DeliveryKind, DomainPace

MINUTE = timedelta(minutes=1)
IDS_AT_ONCE = 500


def domain_of(address: str) -> str:
    """Return the mail domain of an address; its case is folded in ASCII, as databases do."""
    return address.rpartition("@")[2].encode().lower().decode()


def grant(deliveries: Sequence[Delivery], *, now: datetime) -> tuple[list[Delivery], set[str]]:
    """Return the letters that may go in this minute, and the domains that have had their share.

    Must run in the transaction that claims them.
    """
    per_minute: int = settings.LETTERS_PER_DOMAIN_MINUTE
    if not per_minute or not deliveries or deliveries[0].channel != DeliveryChannel.EMAIL:
        return list(deliveries), set()
    left = _shares_left({domain_of(row.address) for row in deliveries}, per_minute, now)
    granted: list[Delivery] = []
    crowded: set[str] = set()
    for row in deliveries:
        domain = domain_of(row.address)
        if left[domain] > 0 or row.kind == DeliveryKind.NOTICE:
            left[domain] -= 1
            granted.append(row)
        else:
            crowded.add(domain)
    _count(Counter(domain_of(row.address) for row in granted), now)
    return granted, crowded


def return_shares(deliveries: Iterable[Delivery], *, now: datetime) -> None:
    """Give back the shares of letters that were granted one in this minute and did not go."""
    mails = (row for row in deliveries if row.channel == DeliveryChannel.EMAIL)
    for domain, n in sorted(Counter(domain_of(row.address) for row in mails).items()):
        counted = DomainPace.objects.filter(domain=domain, minute=_minute(now), n_letters__gte=n)
        counted.update(n_letters=F("n_letters") - n)


def spread(domains: Iterable[str], *, now: datetime) -> int:
    """Put the letters that are due to crowded domains off, so many to each coming minute.

    Returns how many were put off.
    """
    return sum(_spread(domain, now) for domain in sorted(domains))


@transaction.atomic
def _spread(domain: str, now: datetime) -> int:
    per_minute: int = settings.LETTERS_PER_DOMAIN_MINUTE
    waiting = Delivery.objects.due_at(now).filter(
        channel=DeliveryChannel.EMAIL, address__iendswith=f"@{domain}"
    )
    waiting = waiting.exclude(kind=DeliveryKind.NOTICE)
    locked = waiting.select_for_update(skip_locked=True, no_key=True).order_by("due_at", "pk")
    minute, n_moved = _minute(now), 0
    for lot in in_batches(locked.values_list("pk", flat=True), per_minute):
        minute += MINUTE
        for ids in in_batches(lot, IDS_AT_ONCE):
            n_moved += Delivery.objects.filter(pk__in=ids).update(due_at=minute)
    return n_moved


def _shares_left(domains: set[str], per_minute: int, now: datetime) -> dict[str, int]:
    """Hold the counters of some domains, always in one order, and return what is left of each."""
    minute = _minute(now)
    known = [DomainPace(domain=name, minute=minute, n_letters=0) for name in sorted(domains)]
    DomainPace.objects.bulk_create(known, ignore_conflicts=True)
    rows = DomainPace.objects.filter(domain__in=domains).order_by("domain")
    return {
        row.domain: per_minute - (row.n_letters if row.minute == minute else 0)
        for row in rows.select_for_update(no_key=True)
    }


def _count(granted: Counter[str], now: datetime) -> None:
    minute = _minute(now)
    rows = list(DomainPace.objects.filter(domain__in=granted))
    for row in rows:
        so_far = row.n_letters if row.minute == minute else 0
        row.minute, row.n_letters = minute, so_far + granted[row.domain]
    DomainPace.objects.bulk_update(rows, ["minute", "n_letters"])


def _minute(now: datetime) -> datetime:
    return now.replace(second=0, microsecond=0)
