"""What the other parts ask about letters."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Count

from survey.core.batches import in_batches
from survey.core.tokens import digest_token
from survey.letters.models import Delivery, StopEntry
from survey.letters.outcomes import ADDRESS_REFUSED
from survey.letters.states import DeliveryState

BATCH = 500
REFUSED_FOR = timedelta(days=90)  # then an address is tried again


def digest_address(address: str) -> str:
    """Return what the stop list may know of an address."""
    return digest_token(address.strip().lower())


def stopped_addresses(*, addresses: Iterable[str]) -> set[str]:
    """Return those of some addresses that asked for no more letters."""
    digests = {address: digest_address(address) for address in addresses}
    found: set[str] = set()
    for batch in in_batches(sorted(set(digests.values())), BATCH):
        entries = StopEntry.objects.filter(address_digest__in=batch)
        found.update(entries.values_list("address_digest", flat=True))
    return {address for address, digest in digests.items() if digest in found}


def refused_addresses(*, addresses: Iterable[str], now: datetime) -> set[str]:
    """Return those of some addresses that a mail server has refused for good of late."""
    refusals = Delivery.objects.filter(
        state__in=[DeliveryState.FAILED, DeliveryState.BOUNCED],
        reason__startswith=ADDRESS_REFUSED,
        due_at__gt=now - REFUSED_FOR,
    )
    found: set[str] = set()
    for batch in in_batches(sorted(set(addresses)), BATCH):
        found.update(refusals.filter(address__in=batch).values_list("address", flat=True))
    return found


def reachable_addresses(*, addresses: Iterable[str], now: datetime) -> set[str]:
    """Return those of some addresses to which a new letter would be sent."""
    given = set(addresses) - {""}
    welcome = given - stopped_addresses(addresses=given)
    return welcome - refused_addresses(addresses=welcome, now=now)


def count_by_state() -> dict[str, int]:
    """Return how many letters are in each state, of all letters together."""
    rows = Delivery.objects.order_by().values_list("state").annotate(n=Count("pk"))
    return dict.fromkeys(DeliveryState.values, 0) | dict(rows)
