"""What the timetable asks of followup."""

import logging

from celery import shared_task
from django.utils import timezone

from survey.followup.invariants import broken_invariants

logger = logging.getLogger(__name__)


@shared_task(name="followup.verify_invariants")
def verify_invariants() -> None:
    """Check what must always be true, and log what is not as an error."""
    for sentence in broken_invariants(now=timezone.now()):
        logger.error("Broken: %s", sentence)
