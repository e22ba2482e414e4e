"""Until when somebody is called back: hours that count, where the organisation lives."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

SATURDAY = 5
WEEK = 7


def add_hours(*, moment: datetime, hours: int, counts_weekends: bool, zone: ZoneInfo) -> datetime:
    """Return the moment so many hours later; Saturdays and Sundays of the zone may not count.

    Hours are those of a clock that nobody puts forward or back.
    """
    left = timedelta(hours=hours)
    moment = moment.astimezone(UTC)
    if counts_weekends:
        return moment + left
    while True:
        moment = max(moment, _week_of(moment, zone))
        end = _midnight(moment, zone, SATURDAY)
        if moment + left <= end:
            return moment + left
        left -= end - moment
        moment = _midnight(moment, zone, WEEK)


def _week_of(moment: datetime, zone: ZoneInfo) -> datetime:
    """Return the end of the weekend in which a moment is; the moment itself on other days."""
    is_weekend = moment.astimezone(zone).weekday() >= SATURDAY
    return _midnight(moment, zone, WEEK) if is_weekend else moment


def _midnight(moment: datetime, zone: ZoneInfo, weekday: int) -> datetime:
    """Return the beginning of a day of the week in which a moment is, seven being the next."""
    day = moment.astimezone(zone).date()
    day += timedelta(days=weekday - day.weekday())
    return datetime.combine(day, time.min, zone).astimezone(UTC)
