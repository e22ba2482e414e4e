"""Thin doors for the timetable.

Cuts of customers are audited as their month is released, which may take longer than other tasks
are allowed.
"""

from celery import shared_task
from django.utils import timezone

from survey.aggregation import services, standings

SOFT_LIMIT, HARD_LIMIT = 240, 270  # seconds


@shared_task(name="aggregation.refresh_rollups")
def refresh_rollups() -> None:
    """Roll up what is due."""
    services.refresh_due_rollups(now=timezone.now())


@shared_task(name="aggregation.make_releases", soft_time_limit=SOFT_LIMIT, time_limit=HARD_LIMIT)
def make_releases() -> None:
    """Release what is due."""
    services.make_due_releases(now=timezone.now())


@shared_task(name="aggregation.update_standings")
def update_standings() -> None:
    """Compare the groups of what was released."""
    standings.update_due_standings(now=timezone.now())
