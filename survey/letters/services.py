"""Write letters, queue them, send each once, and remember who wants no more."""

import logging
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import takewhile

from celery.exceptions import SoftTimeLimitExceeded
from django.core.exceptions import ValidationError
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Coalesce

from survey.core.mail import make_connection
from survey.letters.composing import ComposedLetter
from survey.letters.models import Delivery, Letter, StopEntry
from survey.letters.outcomes import Fate, Outcome, build_message, try_to_send
from survey.letters.retrying import settle, settle_abandoned
from survey.letters.selectors import digest_address, due_deliveries, stopped_addresses
from survey.letters.states import DeliveryState

LEASE = timedelta(minutes=10)  # longer than any run, so that nobody else takes a letter over
RUN_SECONDS = 25  # and one slow letter more stay below the workers' time limit
UNWRITABLE_WAIT = timedelta(minutes=5)

Compose = Callable[[Sequence[Delivery]], Mapping[int, ComposedLetter | None]]

logger = logging.getLogger(__name__)


class LetterError(Exception):
    """The letter cannot be written as asked; the message says why."""


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody a letter goes to."""

    name: str
    address: str


@dataclass(frozen=True, slots=True)
class SendReport:
    """How one run of sending went; waiting letters are tried again later."""

    sent: int
    failed: int
    waiting: int


@transaction.atomic
def create_letter(
    *,
    subject: str,
    body: str,
    signer_name: str,
    reply_to: str,
    signer_role: str = "",
    language: str = "en",
) -> Letter:
    """Write a letter in somebody's name."""
    letter = Letter(
        subject=subject,
        body=body,
        signer_name=signer_name,
        signer_role=signer_role,
        reply_to=reply_to,
        language=language,
    )
    try:
        letter.full_clean()
    except ValidationError as error:
        raise LetterError(" ".join(error.messages)) from error
    letter.save()
    return letter


def queue_deliveries(
    *,
    letter: Letter,
    kind: str,
    recipients: Sequence[Recipient],
    due_at: datetime | Sequence[datetime],
    languages: Sequence[str] | None = None,
) -> list[Delivery]:
    """Queue a letter to several people, in their order, at one moment or each at their own.

    languages are the recipients'; without any, everybody gets the letter's own.
    """
    moments = [due_at] * len(recipients) if isinstance(due_at, datetime) else due_at
    tags = [""] * len(recipients) if languages is None else languages
    return Delivery.objects.bulk_create(
        [
            Delivery(
                letter=letter,
                kind=kind,
                recipient_name=recipient.name,
                address=recipient.address,
                due_at=moment,
                language=tag,
            )
            for recipient, moment, tag in zip(recipients, moments, tags, strict=True)
        ],
        batch_size=1000,
    )


def stop_address(*, address: str, today: date) -> None:
    """Put an address on the stop list; a second time changes nothing."""
    StopEntry.objects.get_or_create(
        address_digest=digest_address(address), defaults={"created_date": today}
    )


def send_due_deliveries(
    *,
    compose: Compose,
    now: datetime,
    limit: int = 500,
    read_clock: Callable[[], float] = time.monotonic,
) -> SendReport:
    """Send what is due, each letter by one worker only, over one connection.

    `compose` writes the letters of this run. One for which it says None is not wanted any more
    and fails as closed; one it leaves out cannot be written now and waits. When the server is in
    trouble, or RUN_SECONDS are over by `read_clock`, the run ends and the rest waits.
    """
    ends_at = read_clock() + RUN_SECONDS
    settle_abandoned(now=now)
    due = due_deliveries(now=now, limit=limit)
    if not due:
        return SendReport(sent=0, failed=0, waiting=0)
    letters = compose(due)
    writable = [delivery for delivery in due if delivery.pk in letters]
    _put_off(due, letters, now)
    wanted = _drop_unwanted(writable, letters, now)
    in_time = takewhile(lambda _: read_clock() < ends_at, wanted)
    states = Counter(_send_all(in_time, now)) if wanted else Counter()
    failed = len(writable) - len(wanted) + states[DeliveryState.FAILED]
    sent = states[DeliveryState.SENT]
    return SendReport(sent=sent, failed=failed, waiting=len(due) - sent - failed)


def _put_off(
    due: Sequence[Delivery], letters: Mapping[int, ComposedLetter | None], now: datetime
) -> None:
    """Let letters that cannot be written now wait a little, out of the way of all others."""
    ids = [delivery.pk for delivery in due if delivery.pk not in letters]
    if ids:
        Delivery.objects.due_at(now).filter(pk__in=ids).update(due_at=now + UNWRITABLE_WAIT)


def _drop_unwanted(
    due: Sequence[Delivery], letters: Mapping[int, ComposedLetter | None], now: datetime
) -> list[tuple[Delivery, ComposedLetter]]:
    """Fail the letters that nobody should get, and return the others with their words."""
    stopped = stopped_addresses(addresses=[delivery.address for delivery in due])
    wanted: list[tuple[Delivery, ComposedLetter]] = []
    unwanted: dict[str, list[int]] = {"stopped": [], "closed": []}
    for delivery in due:
        composed = letters[delivery.pk]
        if delivery.address in stopped:
            unwanted["stopped"].append(delivery.pk)
        elif composed is None:
            unwanted["closed"].append(delivery.pk)
        else:
            wanted.append((delivery, composed))
    for reason, ids in unwanted.items():
        if ids:
            Delivery.objects.due_at(now).filter(pk__in=ids).update(
                state=DeliveryState.FAILED, reason=reason
            )
    return wanted


def _send_all(wanted: Iterable[tuple[Delivery, ComposedLetter]], now: datetime) -> Iterator[str]:
    """Send letter by letter, and yield the state each of them came to."""
    with _open_connection() as connection:
        if connection is None:
            return
        for delivery, composed in wanted:
            if not _begin(delivery, now):
                continue
            outcome = _send(connection, delivery, composed)
            yield settle(delivery, outcome, now=now)
            if outcome.ends_run:
                logger.warning("Letters wait: the mail server is in trouble (%s)", outcome.reason)
                return


def _send(connection: BaseEmailBackend, delivery: Delivery, composed: ComposedLetter) -> Outcome:
    """Send one letter; where the worker's time limit strikes, nobody knows what became of it."""
    try:
        return try_to_send(connection, build_message(delivery, composed))
    except SoftTimeLimitExceeded:
        return Outcome(Fate.UNKNOWN, "cut short", ends_run=True)


@contextmanager
def _open_connection() -> Iterator[BaseEmailBackend | None]:
    connection = make_connection()
    try:
        connection.open()
    except OSError as error:  # smtplib's own exceptions are OSErrors too
        logger.warning("Letters wait: no mail server (%s)", type(error).__name__)
        yield None
        return
    try:
        yield connection
    finally:
        with suppress(OSError):
            connection.close()


def _begin(delivery: Delivery, now: datetime) -> bool:
    """Claim a letter; False when another worker was faster."""
    rows = (
        Delivery.objects.due_at(now)
        .filter(pk=delivery.pk)
        .update(
            state=DeliveryState.SENDING,
            lease_until=now + LEASE,
            attempts=F("attempts") + 1,
            first_tried_at=Coalesce(F("first_tried_at"), Value(now)),
        )
    )
    return rows == 1
