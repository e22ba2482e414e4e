"""Who has less time than the organisation's own clock says, because they live further west."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

from survey.campaigns.grouping import GroupPlan
from survey.campaigns.models import Wave
from survey.campaigns.zones import zones_of


def warn_of_western_close(*, wave: Wave, plan: GroupPlan) -> list[str]:
    """Return until when the westernmost of those asked can answer, by their own clock.

    The close was reckoned for those asked when its time was chosen. Whether somebody further west
    has joined since is not known, so that what is told is the hour they have now.
    """
    here = _offset(settings.TIME_ZONE, wave.closes_at)
    further = [
        zone for zone in zones_of(people=plan.people) if _offset(zone, wave.closes_at) < here
    ]
    if not further:
        return []
    zone = min(sorted(further), key=lambda name: _offset(name, wave.closes_at))
    there = wave.closes_at.astimezone(ZoneInfo(zone))
    return [
        f"People in {zone} live further west and have until {there:%H:%M} on {there.day} "
        f"{there:%B} there. Choose another closing time if that is too early for them."
    ]


def _offset(zone: str, moment: datetime) -> timedelta:
    return moment.astimezone(ZoneInfo(zone)).utcoffset() or timedelta()
