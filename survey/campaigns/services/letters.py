"""Invitations on their way to people: queued when a wave opens, written when they are sent."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db import transaction

from survey.campaigns.letters import LetterWriter
from survey.campaigns.models import Invitation, Wave
from survey.campaigns.reaching import LetterTimes, find_recipients
from survey.campaigns.selectors import find_letter, get_stop_addresses
from survey.campaigns.services.ledger import defer_letters, record_askings, strike_undelivered
from survey.core.batches import in_batches
from survey.letters.models import Delivery, DeliveryChannel, DeliveryKind
from survey.letters.postponing import SNOOZED
from survey.letters.services import (
    SendReport,
    queue_deliveries,
    send_due_deliveries,
    stop_address,
)
from survey.letters.sms import open_sms
from survey.letters.states import DeliveryState

ROWS_AT_ONCE = 1000


def send_due_letters(*, now: datetime) -> SendReport:
    """Send the letters that are due, with links that only the holder of the keys can make."""
    report = send_due_deliveries(compose=LetterWriter(now).compose, now=now)
    strike_undelivered(now=now)
    return report


def send_due_texts(*, now: datetime) -> SendReport:
    """Send the text messages that are due, as letters are sent."""
    report = send_due_deliveries(
        compose=LetterWriter(now).compose,
        now=now,
        channel=DeliveryChannel.SMS,
        open_carrier=open_sms,
    )
    strike_undelivered(now=now)
    return report


@transaction.atomic
def stop_letters(*, token: str, today: date) -> None:
    """Write no more letters to whoever holds a stop link; raise UnknownLinkError if nobody does."""
    for address in get_stop_addresses(token=token):
        stop_address(address=address, today=today)


def queue_invitations(*, wave: Wave, invitations: Iterable[Invitation], now: datetime) -> int:
    """Queue one letter for everybody who has an address and takes letters; return how many.

    Each is due by its recipient's own clock; one that would be due only after the close is left
    out. An address that was refused for good of late is not tried again so soon.
    """
    letter = find_letter(wave=wave)
    if letter is None:
        return 0
    times = LetterTimes(wave, now)
    n_queued = 0
    for batch in in_batches(invitations, ROWS_AT_ONCE):
        recipients = dict(find_recipients(wave=wave, invitations=batch, now=now))
        timed = [(invitation, times.of(invitation)) for invitation in recipients]
        planned = [(invitation, due_at) for invitation, due_at in timed if due_at is not None]
        in_time = defer_letters(wave=wave, letters=planned)
        deliveries = queue_deliveries(
            letter=letter,
            kind=DeliveryKind.INVITATION,
            recipients=[recipients[invitation] for invitation, _ in in_time],
            due_at=[due_at for _, due_at in in_time],
            languages=[language_of(invitation) for invitation, _ in in_time],
        )
        for (invitation, _), delivery in zip(in_time, deliveries, strict=True):
            invitation.delivery = delivery
        _store_deliveries([invitation for invitation, _ in in_time])
        record_askings(invitations=[invitation for invitation, _ in in_time], now=now)
        n_queued += len(in_time)
    return n_queued


@transaction.atomic
def queue_left_out(*, wave: Wave, now: datetime) -> int:
    """Queue the letters whose turn came only after the close, where it no longer does.

    Return how many. Those whose readers wished to rest meanwhile are among them; whoever still
    has to wait too long is left out as before.
    """
    invitations = Invitation.objects.filter(
        wave=wave, is_admitted=True, deferred_until__isnull=False
    )
    Delivery.objects.filter(
        invitation__in=invitations,
        state=DeliveryState.FAILED,
        reason=SNOOZED,
        is_uncertain=False,
    ).delete()
    left_out = invitations.filter(delivery__isnull=True).order_by("pk")
    left_out = left_out.select_related("person", "customer", "interaction")
    return queue_invitations(wave=wave, invitations=list(left_out), now=now)


def language_of(invitation: Invitation) -> str:
    """Return the language of whoever was invited; empty where it is unknown."""
    somebody = invitation.person or invitation.customer
    return somebody.language if somebody else ""


def _store_deliveries(invitations: Sequence[Invitation]) -> None:
    """Write the deliveries of known invitations; several times as fast as bulk_update."""
    Invitation.objects.bulk_create(
        invitations, update_conflicts=True, unique_fields=["id"], update_fields=["delivery"]
    )
