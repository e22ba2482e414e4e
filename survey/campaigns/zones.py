"""Where people's clocks stand, and when a wave's letters, opening and close come by them."""

from collections.abc import Collection
from datetime import date, datetime, time
from functools import cache
from zoneinfo import ZoneInfo

from django.conf import settings

from survey.campaigns.models import Campaign, Wave
from survey.core.local_time import QuietHours, after_quiet_hours, local_moment
from survey.organization.models import Customer, Person


def zone_of(somebody: Person | Customer | None) -> str:
    """Return the time zone of a person or customer: the organisation's where theirs is unknown."""
    named = somebody.time_zone if somebody else ""
    return named if named and is_zone(named) else settings.TIME_ZONE


@cache
def is_zone(name: str) -> bool:
    """Say whether a name is a time zone, such as Europe/Berlin."""
    try:
        ZoneInfo(name)
    except (KeyError, OSError, ValueError):  # unknown names, folders, ways out of the folder
        return False
    return True


def zones_of(*, people: Collection[int] | None = None) -> set[str]:
    """Return the time zones of people by their ids, or of everybody."""
    rows = Person.objects.order_by().values_list("time_zone", flat=True)
    if people is None:
        named = set(rows.distinct())
    else:
        named = {
            zone for pk, zone in rows.values_list("pk", "time_zone").iterator() if pk in people
        }
    return {zone if zone and is_zone(zone) else settings.TIME_ZONE for zone in named}


def zones_invited(*, wave: Wave) -> set[str]:
    """Return the time zones of the people whom a wave asks, in one query."""
    named = Person.objects.filter(invitations__wave=wave).order_by().values_list("time_zone")
    zones = {zone for (zone,) in named.distinct()}
    return {zone if zone and is_zone(zone) else settings.TIME_ZONE for zone in zones}


def quiet_hours_of(campaign: Campaign) -> QuietHours | None:
    """Return the part of everybody's day in which a campaign writes to nobody."""
    if campaign.quiet_from is None or campaign.quiet_until is None:
        return None
    return QuietHours(campaign.quiet_from, campaign.quiet_until)


def plan_window(
    *,
    letters_date: date,
    letters_time: time,
    closes_date: date,
    closes_time: time,
    zones: Collection[str],
) -> tuple[datetime, datetime]:
    """Return when a wave opens and closes, for everybody at the same two instants.

    It opens when the first letters go, in the easternmost of the invited zones, and closes at the
    closing wall time in the westernmost, so that nobody has less time than the letter says.
    """
    where = zones or {settings.TIME_ZONE}
    opens_at = min(local_moment(day=letters_date, at=letters_time, zone=zone) for zone in where)
    closes_at = max(local_moment(day=closes_date, at=closes_time, zone=zone) for zone in where)
    return opens_at, closes_at


def letter_due_at(*, wave: Wave, zone: str, now: datetime) -> datetime | None:
    """Return when a wave's letter goes to somebody in a zone; None where that would be too late.

    That is the letters' day and time on their clock, or at once where that has passed or the wave
    names none, but never in quiet hours: then at their end. A letter whose turn would come only
    when the wave has closed is not sent in this wave.
    """
    moment = now
    if wave.letters_date is not None and wave.letters_time is not None:
        moment = max(now, local_moment(day=wave.letters_date, at=wave.letters_time, zone=zone))
    due_at = after_quiet_hours(moment=moment, zone=zone, quiet=quiet_hours_of(wave.campaign))
    return due_at if due_at < wave.closes_at else None
