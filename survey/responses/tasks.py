"""The stage of the timetable that belongs to responses."""

from celery import shared_task
from django.utils import timezone

from survey.responses import services


@shared_task(name="responses.seal_waves")
def seal_waves() -> None:
    """Seal closed waves and the full cells of customers' open waves."""
    services.seal_due_waves(now=timezone.now())
