"""Local days: what a moment is called where the organisation lives."""

from datetime import date, datetime

from django.utils import timezone


def local_date(moment: datetime) -> date:
    """Return the calendar day of a moment in the organisation's time zone."""
    return timezone.localtime(moment).date()
