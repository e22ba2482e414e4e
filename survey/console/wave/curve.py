"""How many had answered by day, beside the same day of the last wave: coarse, as it was shown."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from survey.campaigns.models import Channel, Wave
from survey.campaigns.selectors import get_participation
from survey.campaigns.shares import Share, step_of
from survey.core.timestamps import local_date

LEFT, RIGHT = 10.0, 96.0  # per cent of the width
TOP, BOTTOM = 16.0, 204.0  # pixels
MOST_LABELS = 6


@dataclass(frozen=True, slots=True)
class DayRow:
    """One day: what this wave and the last one had come to, in the words shown then."""

    number: int
    day: date
    share: str
    last_share: str


@dataclass(frozen=True, slots=True)
class Dot:
    """A point of a line, in per cent of the width and pixels of the height."""

    x: str
    y: float


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a line between two points."""

    x1: str
    y1: float
    x2: str
    y2: float


@dataclass(frozen=True, slots=True)
class Tick:
    """A day below the axis."""

    x: str
    day: date


@dataclass(frozen=True, slots=True)
class Curve:
    """The lines of two waves over the days since they opened."""

    days: tuple[DayRow, ...]
    dots: tuple[Dot, ...]
    line: tuple[Segment, ...]
    last_line: tuple[Segment, ...]
    ticks: tuple[Tick, ...]

    @property
    def has_last(self) -> bool:
        """Say whether there is an earlier wave to compare with."""
        return bool(self.last_line) or any(row.last_share for row in self.days)


def last_wave(wave: Wave) -> Wave | None:
    """Return the wave of the campaign before this one of which participation is known by day."""
    earlier = Wave.objects.launched().filter(
        campaign=wave.campaign_id, number__lt=wave.number, channel=Channel.PERSONAL
    )
    rows = earlier.order_by("-number")
    return next((row for row in rows[:5] if row.participation.get("days")), None)


def shares_by_day(wave: Wave | None) -> dict[int, Mapping[str, Share]]:
    """Return the shares by group code that were shown on each day since a wave opened."""
    if wave is None or not wave.participation.get("days"):
        return {}
    opened = local_date(wave.opened_at or wave.opens_at)
    step = step_of(wave=wave, rows=get_participation(wave=wave).rows)
    return {
        (date.fromisoformat(day["date"]) - opened).days: {
            code: Share.read(kept, step=step) for code, kept in day["shares"].items()
        }
        for day in wave.participation["days"]
    }


def same_day(shares: Mapping[int, Mapping[str, Share]], number: int) -> Mapping[str, Share]:
    """Return what was shown on a day, or on the last one before it."""
    known = [day for day in shares if day <= number]
    return shares[max(known)] if known else {}


def draw_curve(*, wave: Wave, last: Wave | None, code: str) -> Curve | None:
    """Draw the share of the whole by day; None before it was counted."""
    ours, theirs = shares_by_day(wave), shares_by_day(last)
    shown = {number: shares[code] for number, shares in ours.items() if code in shares}
    if not shown:
        return None
    before = {number: shares[code] for number, shares in theirs.items() if code in shares}
    n_days = max(1, *_length(wave, shown), *before)
    opened = local_date(wave.opened_at or wave.opens_at)
    dots = _dots(shown, n_days)
    return Curve(
        days=_rows(opened, shown, before),
        dots=dots,
        line=_line(dots),
        last_line=_line(_dots(before, n_days)),
        ticks=_ticks(opened, n_days),
    )


def _length(wave: Wave, shown: Mapping[int, Share]) -> tuple[int, int]:
    opened = wave.opened_at or wave.opens_at
    planned = (local_date(wave.closes_at) - local_date(opened)).days
    return max(shown), planned


def _rows(
    opened: date, shown: Mapping[int, Share], before: Mapping[int, Share]
) -> tuple[DayRow, ...]:
    numbers = sorted({*shown, *before})
    return tuple(
        DayRow(
            number=number,
            day=opened + timedelta(days=number),
            share=shown[number].text if number in shown else "",
            last_share=before[number].text if number in before else "",
        )
        for number in numbers
    )


def _dots(shares: Mapping[int, Share], n_days: int) -> tuple[Dot, ...]:
    return tuple(
        Dot(_place(number, n_days), BOTTOM - (BOTTOM - TOP) * share.middle / 100)
        for number, share in sorted(shares.items())
    )


def _line(dots: tuple[Dot, ...]) -> tuple[Segment, ...]:
    pairs = pairwise(dots)
    return tuple(Segment(one.x, one.y, other.x, other.y) for one, other in pairs)


def _ticks(opened: date, n_days: int) -> tuple[Tick, ...]:
    step = -(-n_days // (MOST_LABELS - 1))
    numbers = range(0, n_days + 1, step)
    return tuple(
        Tick(_place(number, n_days), opened + timedelta(days=number)) for number in numbers
    )


def _place(number: int, n_days: int) -> str:
    return f"{LEFT + (RIGHT - LEFT) * number / n_days:.1f}%"
