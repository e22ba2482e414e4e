"""What happens to letters after a try: done, failed, or again later."""

import secrets
import time
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from django.db import InterfaceError, OperationalError, connection, transaction

from survey.letters.claiming import still_ours
from survey.letters.models import Delivery
from survey.letters.outcomes import Fate, Outcome
from survey.letters.states import DeliveryState
from survey.letters.vigils import clear_vigils, find_gone

FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=1)
GIVE_UP_AFTER = timedelta(days=1)
PATIENCE = (0.5, 1.0, 2.0)  # seconds between tries to write down what became of letters
NOT_TWICE_UNCERTAIN = "perhaps sent, twice"

chance = secrets.SystemRandom()


def settle_surely(
    tried: Sequence[tuple[Delivery, Outcome]],
    *,
    now: datetime,
    sleep: Callable[[float], None] = time.sleep,
) -> Counter[str]:
    """Settle, more than once where the connection to the database is cut: what is known is kept."""
    for wait in PATIENCE:
        try:
            return settle(tried, now=now)
        except (OperationalError, InterfaceError):
            if connection.in_atomic_block:
                raise
            connection.close()
            sleep(wait)
    return settle(tried, now=now)


@transaction.atomic
def settle(tried: Sequence[tuple[Delivery, Outcome]], *, now: datetime) -> Counter[str]:
    """Write down what became of claimed letters, and count the states they came to.

    Those that went out are written in one statement.
    """
    sent = [delivery.pk for delivery, outcome in tried if outcome.fate is Fate.SENT]
    if sent:
        still_ours(sent).update(state=DeliveryState.SENT, reason="", lease_until=None)
    states = Counter({str(DeliveryState.SENT): len(sent)})
    for delivery, outcome in tried:
        if outcome.fate is not Fate.SENT:
            states[_settle_unsent(delivery, outcome, now)] += 1
    return states


def settle_abandoned(*, now: datetime) -> None:
    """Free the letters whose worker vanished: perhaps sent, so tried once more and never again."""
    marks = set(Delivery.objects.sending().values_list("claimed_by", flat=True))
    clear_vigils(kept=marks)
    abandoned = Delivery.objects.abandoned_at(now, gone=find_gone(marks))
    abandoned.filter(is_uncertain=True).update(
        state=DeliveryState.FAILED, reason=NOT_TWICE_UNCERTAIN, lease_until=None
    )
    abandoned.filter(is_uncertain=False).update(
        state=DeliveryState.QUEUED, is_uncertain=True, lease_until=None
    )


def _settle_unsent(delivery: Delivery, outcome: Outcome, now: datetime) -> str:
    state = _next_state(delivery, outcome, now)
    waits = state == DeliveryState.QUEUED
    still_ours([delivery.pk]).update(
        state=state,
        reason=outcome.reason,
        due_at=now + _wait(delivery.attempts, outcome) if waits else delivery.due_at,
        is_uncertain=delivery.is_uncertain or outcome.fate is Fate.UNKNOWN,
        lease_until=None,
    )
    return state


def _next_state(delivery: Delivery, outcome: Outcome, now: datetime) -> DeliveryState:
    match outcome.fate:
        case Fate.SENT:
            return DeliveryState.SENT
        case Fate.REFUSED:
            return DeliveryState.FAILED
        case Fate.UNKNOWN:
            return DeliveryState.FAILED if delivery.is_uncertain else DeliveryState.QUEUED
        case Fate.LATER:
            first = delivery.first_tried_at or now
            given_up = now - first >= GIVE_UP_AFTER
            return DeliveryState.FAILED if given_up else DeliveryState.QUEUED


def _wait(attempts: int, outcome: Outcome) -> timedelta:
    """Return a random time that may grow with each try, so that servers are not hit in step."""
    if outcome.fate is Fate.UNKNOWN:
        return LONGEST_WAIT
    longest = min(LONGEST_WAIT, FIRST_WAIT * 2 ** min(attempts - 1, 10))
    return timedelta(seconds=chance.uniform(0, longest.total_seconds()))
