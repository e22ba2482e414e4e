"""Who has less time than the organisation's own clock says, because they live further west."""

from collections.abc import Collection
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from survey.campaigns.models import Wave


def warn_of_western_close(*, wave: Wave, zones: Collection[str]) -> list[str]:
    """Return until when the westernmost of those asked can answer, by their own clock.

    The close was reckoned for those asked when its time was chosen. Whether somebody further west
    has joined since is not known, so that what is told is the hour they have now.
    """
    here = _offset(settings.TIME_ZONE, wave.closes_at)
    further = [zone for zone in zones if _offset(zone, wave.closes_at) < here]
    if not further:
        return []
    zone = min(sorted(further), key=lambda name: _offset(name, wave.closes_at))
    there = wave.closes_at.astimezone(ZoneInfo(zone))
    values = {
        "zone": zone,
        "time": f"{there:%H:%M}",
        "day": date_format(there, "MONTH_DAY_FORMAT"),
    }
    sentence = _(
        "People in %(zone)s live further west and have until %(time)s on %(day)s there. Choose "
        "another closing time if that is too early for them."
    )
    return [sentence % values]


def _offset(zone: str, moment: datetime) -> timedelta:
    return moment.astimezone(ZoneInfo(zone)).utcoffset() or timedelta()
