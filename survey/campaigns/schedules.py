"""When the rounds of a recurring campaign begin and end: pure arithmetic over calendars.

Rounds are planned by the rhythm from the first date on, and each keeps its planned date as its
name for good. A round begins on that day, or on the next working day where that is a weekend day or
a public holiday. A round that would begin on a skipped day, or not before the next one, is left
out.
"""

import calendar
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import cache
from itertools import count, islice, pairwise

import holidays

from survey.campaigns.models import Rhythm, Schedule
from survey.campaigns.zones import plan_window

DAY = timedelta(days=1)
SATURDAY = 5
MONTHS = {Rhythm.MONTH.value: 1, Rhythm.QUARTER.value: 3}
SHORTEST_DAYS = {Rhythm.WEEK.value: 7, Rhythm.MONTH.value: 28, Rhythm.QUARTER.value: 89}
LONGEST_DAYS = {Rhythm.WEEK.value: 7, Rhythm.MONTH.value: 31, Rhythm.QUARTER.value: 92}
ROUNDS_AT_MOST = 5200  # a hundred years of weeks: a schedule that skips every day ends too


@dataclass(frozen=True, slots=True)
class Round:
    """One wave to come. planned_date names it; letters go by everybody's own clock."""

    planned_date: date
    letters_date: date
    letters_time: time
    opens_at: datetime
    closes_at: datetime
    scale_codes: tuple[str, ...] = ()


class UnknownCalendarError(Exception):
    """No calendar of public holidays has this name."""


@dataclass(frozen=True, slots=True)
class _Beginning:
    planned_date: date
    letters_date: date


def next_rounds(
    *,
    schedule: Schedule,
    after: date,
    n: int,
    zones: Collection[str] = (),
    blocks: Sequence[tuple[str, ...]] = (),
) -> list[Round]:
    """Return the first n rounds planned after a day.

    `zones` are those of the people asked (the organisation's where none are named); `blocks` are
    the scales of the rounds to come, the nearest first, taken in turn.
    """
    rounds = [
        _round(schedule, this, following, zones)
        for this, following in pairwise(_beginnings(schedule, after, n + 1))
    ]
    if not blocks:
        return rounds
    return [
        replace(one, scale_codes=blocks[place % len(blocks)]) for place, one in enumerate(rounds)
    ]


def begin_later(
    *, schedule: Schedule, planned_date: date, earliest: date, zones: Collection[str] = ()
) -> Round | None:
    """Return a round that could not begin in time; None where the next begins before it could."""
    this, following = _beginnings(schedule, planned_date - DAY, 2)
    letters_date = _working_day(schedule, max(this.letters_date, earliest))
    if this.planned_date != planned_date or letters_date >= following.letters_date:
        return None
    return _round(schedule, replace(this, letters_date=letters_date), following, zones)


def shortest_gap_days(*, rhythm: str, every: int) -> int:
    """Return how many days lie between two rounds at least, holidays apart."""
    return SHORTEST_DAYS[rhythm] * every


def longest_gap_days(*, rhythm: str, every: int) -> int:
    """Return how many days lie between two rounds at most, holidays apart."""
    return LONGEST_DAYS[rhythm] * every


def check_calendar(*, country: str) -> None:
    """Raise UnknownCalendarError unless the public holidays of a country or region are known."""
    if country:
        _holidays(country)


def _round(
    schedule: Schedule, this: _Beginning, following: _Beginning, zones: Collection[str]
) -> Round:
    """Let a round end before the next begins anywhere, but stay open for a day."""
    next_opens_at, _ = _window(schedule, following.letters_date, following.letters_date, zones)
    ends = min(this.letters_date + schedule.open_days * DAY, following.letters_date)
    opens_at, closes_at = _window(schedule, this.letters_date, ends, zones)
    while closes_at > next_opens_at and ends > this.letters_date + DAY:
        ends -= DAY
        opens_at, closes_at = _window(schedule, this.letters_date, ends, zones)
    letters_time = schedule.letters_time
    return Round(this.planned_date, this.letters_date, letters_time, opens_at, closes_at)


def _window(
    schedule: Schedule, begins: date, ends: date, zones: Collection[str]
) -> tuple[datetime, datetime]:
    return plan_window(
        letters_date=begins,
        letters_time=schedule.letters_time,
        closes_date=ends,
        closes_time=schedule.letters_time,
        zones=zones,
    )


def _beginnings(schedule: Schedule, after: date, n: int) -> list[_Beginning]:
    planned = (day for day in _planned_dates(schedule) if day > after)
    return list(islice(_kept(schedule, planned), n))


def _kept(schedule: Schedule, planned: Iterator[date]) -> Iterator[_Beginning]:
    """Yield the rounds that take place, leaving out what begins on a skipped day or too late."""
    beginnings = (_Beginning(day, _working_day(schedule, day)) for day in planned)
    skipped = set(schedule.skip_dates)
    for this, following in pairwise(beginnings):
        days = {this.planned_date.isoformat(), this.letters_date.isoformat()}
        if not days & skipped and this.letters_date < following.letters_date:
            yield this


def _planned_dates(schedule: Schedule) -> Iterator[date]:
    for number in islice(count(), ROUNDS_AT_MOST):
        if schedule.rhythm == Rhythm.WEEK:
            yield schedule.first_date + 7 * number * schedule.every * DAY
        else:
            months = MONTHS[schedule.rhythm] * schedule.every
            yield months_later(schedule.first_date, number * months)


def months_later(day: date, months: int) -> date:
    """Return the same day of a later month, or the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def _working_day(schedule: Schedule, day: date) -> date:
    free = _holidays(schedule.holiday_country) if schedule.holiday_country else ()
    while day.weekday() >= SATURDAY or day in free:
        day += DAY
    return day


@cache
def _holidays(country: str) -> holidays.HolidayBase:
    """Return the public holidays of a country such as GB or a part of one such as DE-BY."""
    name, _, region = country.partition("-")
    try:
        return holidays.country_holidays(name, subdiv=region or None)
    except NotImplementedError as error:
        raise UnknownCalendarError(country) from error
