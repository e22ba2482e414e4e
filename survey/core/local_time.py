"""Wall clocks: what a day and a time of day mean in somebody's own time zone."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class QuietHours:
    """The part of every day in which nobody is written to; it may span midnight."""

    begins: time
    ends: time

    def holds(self, wall_time: time) -> bool:
        """Say whether a time of day is quiet."""
        if self.begins <= self.ends:
            return self.begins <= wall_time < self.ends
        return wall_time >= self.begins or wall_time < self.ends


def local_moment(*, day: date, at: time, zone: str) -> datetime:
    """Return the moment of a wall time: where clocks skip it the next valid minute, else its first.

    The moment is in UTC.
    """
    where = ZoneInfo(zone)
    wall = datetime.combine(day, at).replace(second=0, microsecond=0)
    while not _exists(wall, where):
        wall += MINUTE
    return wall.replace(tzinfo=where, fold=0).astimezone(UTC)


def after_quiet_hours(*, moment: datetime, zone: str, quiet: QuietHours | None) -> datetime:
    """Return a moment, or the end of the quiet hours it falls into, in UTC."""
    local = moment.astimezone(ZoneInfo(zone))
    if quiet is None or not quiet.holds(local.time()):
        return moment.astimezone(UTC)
    spans_midnight = quiet.begins > quiet.ends and local.time() >= quiet.begins
    day = local.date() + timedelta(days=1) if spans_midnight else local.date()
    ends_at = local_moment(day=day, at=quiet.ends, zone=zone)
    if ends_at < moment:  # the clock was set back since: their second end
        return ends_at.astimezone(ZoneInfo(zone)).replace(fold=1).astimezone(UTC)
    return ends_at


def _exists(wall: datetime, where: ZoneInfo) -> bool:
    there = wall.replace(tzinfo=where)
    return there.astimezone(UTC).astimezone(where).replace(tzinfo=None) == wall
