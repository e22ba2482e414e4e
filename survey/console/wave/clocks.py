"""Whose clock a page is read by."""

from zoneinfo import ZoneInfo

from survey.accounts.models import User
from survey.campaigns.zones import zone_of
from survey.organization.models import Person


def clock_of(user: User) -> ZoneInfo:
    """Return the time zone of whoever reads a page, as the staff list knows them by address."""
    person = Person.objects.filter(email=user.email).order_by("pk").first()
    return ZoneInfo(zone_of(person))
