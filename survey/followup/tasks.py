"""What the timetable asks of followup."""

import logging

from celery import shared_task
from django.utils import timezone

from survey.followup import callback_rounds, digests, retention
from survey.followup.drafting import draft_due_playbacks
from survey.followup.invariants import broken_invariants
from survey.followup.lettering import letter_due_playbacks
from survey.followup.notices import send_due_notices
from survey.followup.settling import settle_commitments as settle
from survey.followup.ticks import note_tick as note

SENDING_SOFT_LIMIT, SENDING_HARD_LIMIT = 30, 34  # as other letters have

logger = logging.getLogger(__name__)


@shared_task(name="followup.forget_old", soft_time_limit=240, time_limit=270)
def forget_old() -> None:
    """Forget what names somebody and is kept no longer."""
    retention.forget_old(now=timezone.now())


@shared_task(name="followup.remind_owners")
def remind_owners() -> None:
    """Remind of calls that are due, and ask once whether what was solved was put right."""
    callback_rounds.remind_owners(now=timezone.now())


@shared_task(name="followup.settle_commitments")
def settle_commitments() -> None:
    """Remind of the promises whose day is near or has passed."""
    settle(now=timezone.now())


@shared_task(name="followup.draft_playbacks")
def draft_playbacks() -> None:
    """Draft what people are told came of every new release."""
    draft_due_playbacks(now=timezone.now())


@shared_task(name="followup.letter_playbacks")
def letter_playbacks() -> None:
    """Queue the letters that tell everybody who was asked."""
    letter_due_playbacks(now=timezone.now())


@shared_task(
    name="followup.send_notices", soft_time_limit=SENDING_SOFT_LIMIT, time_limit=SENDING_HARD_LIMIT
)
def send_notices() -> None:
    """Send the letters about what followed that are due."""
    send_due_notices(now=timezone.now())


@shared_task(name="followup.send_digests", soft_time_limit=240, time_limit=270)
def send_digests() -> None:
    """Queue the monthly pages that are due."""
    digests.send_digests(now=timezone.now())


@shared_task(name="followup.verify_invariants")
def verify_invariants() -> None:
    """Check what must always be true, and log what is not as an error."""
    for sentence in broken_invariants(now=timezone.now()):
        logger.error("Broken: %s", sentence)


@shared_task(name="followup.note_tick")
def note_tick() -> None:
    """Note that the timetable goes round."""
    note(now=timezone.now())
