"""Invitations on their way to people: queued when a wave opens, written when they are sent."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db import transaction

from survey.campaigns.letters import LetterWriter
from survey.campaigns.models import Invitation, Wave
from survey.campaigns.selectors import find_letter, get_stop_address
from survey.campaigns.services.ledger import defer_letters, record_askings
from survey.campaigns.zones import letter_due_at, zone_of
from survey.core.batches import in_batches
from survey.letters.models import DeliveryKind
from survey.letters.selectors import reachable_addresses
from survey.letters.services import (
    Recipient,
    SendReport,
    queue_deliveries,
    send_due_deliveries,
    stop_address,
)

ROWS_AT_ONCE = 1000


def send_due_letters(*, now: datetime) -> SendReport:
    """Send the letters that are due, with links that only the holder of the keys can make."""
    return send_due_deliveries(compose=LetterWriter(now).compose, now=now)


@transaction.atomic
def stop_letters(*, token: str, today: date) -> None:
    """Write no more letters to whoever holds a stop link; raise UnknownLinkError if nobody does."""
    address = get_stop_address(token=token)
    if address:
        stop_address(address=address, today=today)


def queue_invitations(*, wave: Wave, invitations: Iterable[Invitation], now: datetime) -> int:
    """Queue one letter for everybody who has an address and takes letters; return how many.

    Each is due by its recipient's own clock; one that would be due only after the close is left
    out. An address that was refused for good of late is not tried again so soon.
    """
    letter = find_letter(wave=wave)
    if letter is None:
        return 0
    times = _LetterTimes(wave, now)
    n_queued = 0
    for batch in in_batches(invitations, ROWS_AT_ONCE):
        timed = [(invitation, times.of(invitation)) for invitation in _reachable(batch, now)]
        planned = [(invitation, due_at) for invitation, due_at in timed if due_at is not None]
        in_time = defer_letters(wave=wave, letters=planned)
        deliveries = queue_deliveries(
            letter=letter,
            kind=DeliveryKind.INVITATION,
            recipients=[Recipient(*recipient_of(invitation)) for invitation, _ in in_time],
            due_at=[due_at for _, due_at in in_time],
        )
        for (invitation, _), delivery in zip(in_time, deliveries, strict=True):
            invitation.delivery = delivery
        _store_deliveries([invitation for invitation, _ in in_time])
        record_askings(invitations=[invitation for invitation, _ in in_time], now=now)
        n_queued += len(in_time)
    return n_queued


class _LetterTimes:
    """When a wave's letters are due, reckoned once for each time zone."""

    def __init__(self, wave: Wave, now: datetime) -> None:
        self._wave = wave
        self._now = now
        self._by_zone: dict[str, datetime | None] = {}

    def of(self, invitation: Invitation) -> datetime | None:
        zone = zone_of(invitation.person or invitation.customer)
        if zone not in self._by_zone:
            self._by_zone[zone] = letter_due_at(wave=self._wave, zone=zone, now=self._now)
        return self._by_zone[zone]


def _store_deliveries(invitations: Sequence[Invitation]) -> None:
    """Write the deliveries of known invitations; several times as fast as bulk_update."""
    Invitation.objects.bulk_create(
        invitations, update_conflicts=True, unique_fields=["id"], update_fields=["delivery"]
    )


def recipient_of(invitation: Invitation) -> tuple[str, str]:
    """Return the name and the address of whoever was invited; empty when erased or unknown."""
    somebody = invitation.person or invitation.customer
    return (somebody.name, somebody.email) if somebody else ("", "")


def _reachable(invitations: Sequence[Invitation], now: datetime) -> list[Invitation]:
    addresses = (recipient_of(invitation)[1] for invitation in invitations)
    welcome = reachable_addresses(addresses=addresses, now=now)
    return [invitation for invitation in invitations if recipient_of(invitation)[1] in welcome]
