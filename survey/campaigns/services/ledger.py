"""Keep the fatigue ledger: who was asked on which day, and who wants a rest."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from survey.campaigns.ledger import human_of, take_turns
from survey.campaigns.models import Asking, Invitation, Snooze, Wave
from survey.campaigns.zones import zone_of
from survey.letters.selectors import digest_address

ROWS_AT_ONCE = 1000


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
    Asking.objects.bulk_create(
        [asking for asking in askings if asking is not None], batch_size=ROWS_AT_ONCE
    )


def _asking_of(invitation: Invitation, audience: str, now: datetime) -> Asking | None:
    somebody = invitation.person or invitation.customer
    if somebody is None or invitation.delivery is None:
        return None
    due_at = max(now, invitation.delivery.due_at)
    human = human_of(somebody)
    return Asking(
        person_id=human.person_id,
        customer_id=human.customer_id,
        invitation=invitation,
        wave_id=invitation.wave_id,
        address_digest=human.digest,
        audience=audience,
        asked_date=due_at.astimezone(ZoneInfo(zone_of(somebody))).date(),
    )


@transaction.atomic
def snooze_address(*, address: str, until_date: date, today: date) -> None:
    """Let an address rest until a day; a later wish replaces an earlier one."""
    if until_date <= today:
        Snooze.objects.filter(address_digest=digest_address(address)).delete()
        return
    Snooze.objects.update_or_create(
        address_digest=digest_address(address), defaults={"until_date": until_date}
    )
