"""Thin doors for the timetable."""

from celery import shared_task
from django.utils import timezone

from survey.linkage import services


@shared_task(name="linkage.update_linkage")
def update_linkage() -> None:
    """Compute the studies that are due."""
    services.update_due_studies(now=timezone.now())
