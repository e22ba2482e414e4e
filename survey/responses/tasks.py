"""The stage of the timetable that belongs to responses.

Cuts are audited inside the seal, which is all or nothing: of a large company that may take longer
than other tasks are allowed.
"""

from celery import shared_task
from django.utils import timezone

from survey.responses import services

SOFT_LIMIT, HARD_LIMIT = 240, 270  # seconds


@shared_task(name="responses.seal_waves", soft_time_limit=SOFT_LIMIT, time_limit=HARD_LIMIT)
def seal_waves() -> None:
    """Seal closed waves and the full cells of customers' open waves."""
    services.seal_due_waves(now=timezone.now())
