"""Arrows that stand clear of the middle one, margin and all; never a ranking."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from urllib.parse import quote

from django.utils.translation import gettext as _

from survey.dashboards.cascade.arrows import Arrow
from survey.dashboards.numerals import count, print_number

MOST_VISITS = 2  # of each kind
BY_CHANCE = 0.05  # of arrows that are all alike stand clear, whose margins are of 95 %


@dataclass(frozen=True, slots=True)
class Visit:
    """An arrow worth listening to, and why; page is the address of the team that serves."""

    arrow: Arrow
    words: str
    page: str = ""


@dataclass(frozen=True, slots=True)
class Visits:
    """What is worth a visit, the low ones first, and how much of that chance would make."""

    low: tuple[Visit, ...]
    high: tuple[Visit, ...]
    n_clear: int
    n_compared: int

    @property
    def all(self) -> tuple[Visit, ...]:
        """Return all of them."""
        return (*self.low, *self.high)

    @property
    def chance(self) -> str:
        """Say how many of as many arrows would stand clear by chance alone."""
        if not self.n_clear:
            return ""
        told = _(
            "%(clear)s of %(all)s arrows stand clear of the middle; by chance alone it would be "
            "about %(chance)s."
        )
        return told % {
            "clear": count(self.n_clear),
            "all": count(self.n_compared),
            "chance": count(max(round(BY_CHANCE * self.n_compared), 1)),
        }


def list_visits(arrows: Sequence[Arrow], *, address: str) -> Visits:
    """Name up to two arrows whose margins lie below the middle rating and two above it.

    A figure that several arrows share is of none of them, so it names none.
    """
    compared = [one for one in arrows if one.score.has_margin and not one.is_pooled]
    if not compared:
        return Visits((), (), 0, 0)
    middle = median(one.score.mean or 0.0 for one in compared)
    low = [one for one in compared if (one.score.high or 0.0) < middle]
    high = [one for one in compared if (one.score.low or 0.0) > middle]
    low.sort(key=lambda one: one.score.high or 0.0)
    high.sort(key=lambda one: -(one.score.low or 0.0))
    return Visits(
        tuple(_tell(one, middle, address, is_low=True) for one in low[:MOST_VISITS]),
        tuple(_tell(one, middle, address, is_low=False) for one in high[:MOST_VISITS]),
        len(low) + len(high),
        len(compared),
    )


def _tell(arrow: Arrow, middle: float, address: str, *, is_low: bool) -> Visit:
    told = (
        _("rated %(mean)s ±%(half)s; the middle arrow has %(middle)s. Go and listen.")
        if is_low
        else _("rated %(mean)s ±%(half)s; the middle arrow has %(middle)s. Ask what they do.")
    )
    said = {
        "mean": arrow.score.mean or 0.0, "half": arrow.score.half or 0.0, "middle": middle,
    }  # fmt: skip
    words = told % {name: print_number(value, 0) for name, value in said.items()}
    return Visit(arrow, words, f"{address}&team={quote(arrow.provider.code)}")
