"""Which releases of the two sides of a pairing belong to the same month or quarter."""

import hashlib
from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from survey.aggregation.models import Release
from survey.aggregation.periods import closing_moment, find_period
from survey.aggregation.selectors import current_releases
from survey.campaigns.models import Pairing

Sides = tuple[dict[date, Release], dict[date, list[Release]]]


@dataclass(frozen=True, slots=True)
class Aligned:
    """The releases of one period: one of employees, one or more of customers."""

    period_start: date
    ex: Release
    cx: tuple[Release, ...]

    def checksum(self, before: str) -> str:
        """Return one SHA-256 over the releases and over what the period before was made of."""
        parts = [self.ex.checksum, *sorted(release.checksum for release in self.cx), before]
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def list_sides(pairing: Pairing, *, with_scales: bool = True) -> Sides:
    """Return the employees' release of each period, and the customers' releases of each.

    Of two employee waves in one period the later counts. What the releases say of scales is long:
    whoever does not need it need not read it.
    """
    ex: dict[date, Release] = {}
    cx: dict[date, list[Release]] = defaultdict(list)
    releases = current_releases(campaigns=[pairing.ex, pairing.cx])
    if not with_scales:
        releases = releases.defer("scales")
    for release in sorted(releases, key=lambda one: closing_moment(one.wave)):
        period = find_period(release, pairing.period)
        if release.wave.campaign_id == pairing.ex_id:
            ex[period] = release
        else:
            cx[period].append(release)
    return ex, cx


def align(pairing: Pairing) -> list[Aligned]:
    """Return the periods in which both sides have a release, the earliest first."""
    ex, cx = list_sides(pairing)
    return [Aligned(day, ex[day], tuple(cx[day])) for day in sorted(ex.keys() & cx.keys())]


def find_aligned(pairing: Pairing, period: date) -> Aligned | None:
    """Return one period in which both sides have a release, without what is said of scales."""
    return pick_aligned(list_sides(pairing, with_scales=False), period)


def pick_aligned(sides: Sides, period: date) -> Aligned | None:
    """Return one period of the releases of both sides, if both have one there."""
    ex, cx = sides
    return Aligned(period, ex[period], tuple(cx[period])) if period in ex and period in cx else None
