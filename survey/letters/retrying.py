"""What happens to a letter after a try: done, failed, or again later."""

import secrets
from datetime import datetime, timedelta

from survey.letters.models import Delivery
from survey.letters.outcomes import Fate, Outcome
from survey.letters.states import DeliveryState

FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=1)
GIVE_UP_AFTER = timedelta(days=1)
NOT_TWICE_UNCERTAIN = "perhaps sent, twice"

chance = secrets.SystemRandom()


def settle(delivery: Delivery, outcome: Outcome, *, now: datetime) -> str:
    """Write down what became of a claimed letter, and return the state it came to."""
    delivery.refresh_from_db(fields=["attempts", "first_tried_at", "is_uncertain"])
    delivery.lease_until = None
    delivery.state = _next_state(delivery, outcome, now)
    delivery.reason = outcome.reason if delivery.state != DeliveryState.SENT else ""
    if delivery.state == DeliveryState.QUEUED:
        delivery.due_at = now + _wait(delivery.attempts, outcome)
    delivery.is_uncertain = delivery.is_uncertain or outcome.fate is Fate.UNKNOWN
    delivery.save(update_fields=["lease_until", "state", "reason", "due_at", "is_uncertain"])
    return delivery.state


def settle_abandoned(*, now: datetime) -> None:
    """Free the letters whose worker vanished: perhaps sent, so tried once more and never again."""
    abandoned = Delivery.objects.abandoned_at(now)
    abandoned.filter(is_uncertain=True).update(
        state=DeliveryState.FAILED, reason=NOT_TWICE_UNCERTAIN, lease_until=None
    )
    abandoned.filter(is_uncertain=False).update(
        state=DeliveryState.QUEUED, is_uncertain=True, lease_until=None
    )


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
