"""Keep the fatigue ledger: who was asked on which day, and who wants a rest."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction

from survey.campaigns.code_sheets import people_without_address
from survey.campaigns.ledger import address_of, human_of
from survey.campaigns.models import Asking, Invitation, Snooze, Wave
from survey.campaigns.rows import insert_rows
from survey.campaigns.schedules import months_later
from survey.campaigns.standing import find_stop_link
from survey.campaigns.turns import take_turns
from survey.campaigns.zones import zone_of
from survey.core.batches import in_batches
from survey.letters.models import Delivery
from survey.letters.postponing import SNOOZED, cancel_delivery, postpone_delivery
from survey.letters.selectors import digest_address
from survey.letters.states import DeliveryState
from survey.organization.models import Customer, Person

ASKING_FIELDS = (
    "person",
    "customer",
    "invitation",
    "wave",
    "address_digest",
    "audience",
    "asked_date",
)
FAILED_AT_ONCE = 500
FAILS_WITHIN = timedelta(days=60)  # of the day it was due, so that not all letters are looked at
OF_A_LETTER = ("person", "customer", "interaction", "delivery", "wave__campaign")


@transaction.atomic
def defer_letters(
    *, wave: Wave, letters: Sequence[tuple[Invitation, datetime]]
) -> list[tuple[Invitation, datetime]]:
    """Put planned letters off to their readers' next free days; return those that go, and when.

    A letter whose free day comes after the close is left out. Either way its invitation says
    until when it was deferred, so that none is dropped silently.
    """
    turns = take_turns(wave=wave, letters=letters)
    waiting: dict[date, list[int]] = defaultdict(list)
    going: list[tuple[Invitation, datetime]] = []
    for (invitation, _), turn in zip(letters, turns, strict=True):
        invitation.deferred_until = turn.deferred_until
        if turn.deferred_until is not None:
            waiting[turn.deferred_until].append(invitation.pk)
        if turn.due_at is not None:
            going.append((invitation, turn.due_at))
    for day, ids in waiting.items():
        Invitation.objects.filter(pk__in=ids).update(deferred_until=day)
    return going


@transaction.atomic
def record_askings(*, invitations: Sequence[Invitation], now: datetime) -> None:
    """Write into the ledger that letters are on their way, each for its day on the reader's clock.

    `invitations` come with their deliveries and whoever they invite; one without a letter,
    or whose reader has been erased, is nobody's asking.
    """
    waves = Wave.objects.filter(pk__in={row.wave_id for row in invitations})
    audiences = dict(waves.values_list("pk", "campaign__audience"))
    askings = (_asking_of(row, audiences[row.wave_id], now) for row in invitations)
    insert_rows(
        model=Asking,
        names=ASKING_FIELDS,
        rows=[asking for asking in askings if asking is not None],
    )


@transaction.atomic
def record_slips(*, wave: Wave, now: datetime) -> None:
    """Write into the ledger that people without an address are asked by a printed code.

    They are those whom the wave invited by name; the bearer of a customers' slip is nobody's
    asking. A sheet that is printed again asks nobody again.
    """
    invitations = people_without_address(wave=wave).filter(asking__isnull=True)
    rows = [
        _row(invitation, invitation.person, wave.campaign.audience, now)
        for invitation in invitations.select_related("person")
        if invitation.person is not None
    ]
    insert_rows(model=Asking, names=ASKING_FIELDS, rows=rows)


def _asking_of(invitation: Invitation, audience: str, now: datetime) -> tuple[Any, ...] | None:
    """Return what the ledger keeps of a letter, as ASKING_FIELDS name it."""
    somebody = invitation.person or invitation.customer
    if somebody is None or invitation.delivery is None:
        return None
    return _row(invitation, somebody, audience, max(now, invitation.delivery.due_at))


def _row(
    invitation: Invitation, somebody: Person | Customer, audience: str, asked_at: datetime
) -> tuple[Any, ...]:
    human = human_of(somebody)
    asked_date = asked_at.astimezone(ZoneInfo(zone_of(somebody))).date()
    return (
        human.person_id,
        human.customer_id,
        invitation.pk,
        invitation.wave_id,
        human.digest,
        audience,
        asked_date,
    )


def strike_undelivered(*, now: datetime) -> int:
    """Take out of the ledger whoever was not asked after all: their letters failed for good.

    A letter that may have arrived counts as one that did. Return how many were struck.
    """
    failed = Delivery.objects.filter(
        state=DeliveryState.FAILED, is_uncertain=False, due_at__gte=now - FAILS_WITHIN
    )
    return sum(
        Asking.objects.filter(invitation__delivery_id__in=batch).delete()[0]
        for batch in in_batches(failed.values_list("pk", flat=True), FAILED_AT_ONCE)
    )


@transaction.atomic
def snooze_letters(*, token: str, months: int, now: datetime) -> None:
    """Let the holder of a stop link rest for some months; raise UnknownLinkError if nobody does."""
    invitation = find_stop_link(token=token)
    somebody = invitation.person or invitation.customer
    if somebody is None or not address_of(somebody):
        return
    today = now.astimezone(ZoneInfo(zone_of(somebody))).date()
    until = months_later(today, months)
    snooze_address(address=address_of(somebody), until_date=until, today=today)


@transaction.atomic
def snooze_address(*, address: str, until_date: date, today: date) -> None:
    """Let an address rest until a day; a later wish replaces an earlier one.

    Letters that wait to be sent to it are put off, or not sent where their wave closes before.
    """
    digest = digest_address(address)
    if until_date <= today:
        Snooze.objects.filter(address_digest=digest).delete()
        return
    Snooze.objects.update_or_create(address_digest=digest, defaults={"until_date": until_date})
    waiting = Invitation.objects.filter(
        delivery__state=DeliveryState.QUEUED, delivery__address__iexact=address.strip()
    )
    for invitation in waiting.select_related(*OF_A_LETTER):
        _put_off(invitation)


def _put_off(invitation: Invitation) -> None:
    """Give a letter that waits its turn anew; one that is being sent at this moment is sent."""
    delivery = invitation.delivery
    assert delivery is not None  # noqa: S101 - it has been found by its delivery
    asking = Asking.objects.filter(invitation=invitation).first()
    Asking.objects.filter(invitation=invitation).delete()  # it does not count against itself
    (turn,) = take_turns(wave=invitation.wave, letters=[(invitation, delivery.due_at)])
    is_moved = turn.deferred_until is not None and _move(delivery, turn.due_at)
    if is_moved:
        Invitation.objects.filter(pk=invitation.pk).update(deferred_until=turn.deferred_until)
    if asking is None or (is_moved and turn.due_at is None):
        return
    asking.asked_date = (is_moved and turn.deferred_until) or asking.asked_date
    Asking.objects.bulk_create([asking])


def _move(delivery: Delivery, due_at: datetime | None) -> bool:
    if due_at is None:
        return cancel_delivery(delivery_id=delivery.pk, reason=SNOOZED)
    return postpone_delivery(delivery_id=delivery.pk, due_at=due_at)
