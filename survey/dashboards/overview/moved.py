"""The headline: what moved by more than its margin, beside what chance alone would move."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from survey.dashboards.numerals import quote
from survey.dashboards.overview.voices import Style
from survey.dashboards.scores import Line

CHANCE = 0.05  # of measures that did not change seem to, by a 95 % margin
MOST_NAMED = 4
SMALLEST_MARGIN = 0.05  # of printed figures
NUMBERS = (
    gettext_lazy("None"),
    gettext_lazy("One"),
    gettext_lazy("Two"),
    gettext_lazy("Three"),
    gettext_lazy("Four"),
    gettext_lazy("Five"),
    gettext_lazy("Six"),
    gettext_lazy("Seven"),
    gettext_lazy("Eight"),
    gettext_lazy("Nine"),
    gettext_lazy("Ten"),
)
# By side and direction: alone, then beside the period before.
SCORES = {
    (True, 1): (
        gettext_lazy("Staff score %(what)s higher."),
        gettext_lazy("Staff score %(what)s higher than in %(before)s."),
    ),
    (True, -1): (
        gettext_lazy("Staff score %(what)s lower."),
        gettext_lazy("Staff score %(what)s lower than in %(before)s."),
    ),
    (False, 1): (
        gettext_lazy("Customers score %(what)s higher."),
        gettext_lazy("Customers score %(what)s higher than in %(before)s."),
    ),
    (False, -1): (
        gettext_lazy("Customers score %(what)s lower."),
        gettext_lazy("Customers score %(what)s lower than in %(before)s."),
    ),
}
SHARES = {
    (True, 1): (
        gettext_lazy("More staff are %(what)s."),
        gettext_lazy("More staff are %(what)s than in %(before)s."),
    ),
    (True, -1): (
        gettext_lazy("Fewer staff are %(what)s."),
        gettext_lazy("Fewer staff are %(what)s than in %(before)s."),
    ),
    (False, 1): (
        gettext_lazy("More customers are %(what)s."),
        gettext_lazy("More customers are %(what)s than in %(before)s."),
    ),
    (False, -1): (
        gettext_lazy("Fewer customers are %(what)s."),
        gettext_lazy("Fewer customers are %(what)s than in %(before)s."),
    ),
}


@dataclass(frozen=True, slots=True)
class Told:
    """A measure as the page tells it; a share of people is told as more or fewer of them."""

    style: Style
    line: Line
    is_share: bool = False

    @property
    def name(self) -> str:
        """Return what it is called in a sentence, in quotation marks."""
        return _("“%(name)s”") % {"name": quote(self.line.measure.name.rstrip("."))}


@dataclass(frozen=True, slots=True)
class Headline:
    """At most two sentences, the moves behind them, and how many measures were looked at."""

    sentences: tuple[str, ...]
    moved: tuple[Told, ...]
    n_measures: int
    n_moved: int

    @property
    def count(self) -> str:
        """Say how many measures moved, and how many chance alone would move."""
        chance = round(CHANCE * self.n_measures)
        said = {"moved": spell(self.n_moved), "n": self.n_measures}
        if not chance:
            told = ngettext(
                "%(moved)s of one measure moved. Chance alone would move hardly any.",
                "%(moved)s of %(n)s measures moved. Chance alone would move hardly any.",
                self.n_measures,
            )
            return told % said
        told = ngettext(
            "%(moved)s of one measure moved. Chance alone would move about %(chance)s.",
            "%(moved)s of %(n)s measures moved. Chance alone would move about %(chance)s.",
            self.n_measures,
        )
        return told % (said | {"chance": spell(chance).lower()})


def write_headline(told: Sequence[Told], *, period: str, before: str) -> Headline:
    """Say what moved most on each side; where nothing did or nothing came before, say that."""
    known = [one for one in told if one.line.change is not None and one.line.change.low is not None]
    moved = sorted((one for one in known if one.line.has_changed), key=_weigh, reverse=True)
    sentences: list[str] = []
    for style in dict.fromkeys(one.style for one in told):
        first = next((one for one in moved if one.style == style), None)
        if first is not None:
            sentences.append(_say(first, "" if sentences else before))
    if not known:
        sentences = [
            _("These are the figures of %(period)s. There is nothing to compare them with.")
            % {"period": period}
        ]
    elif not moved:
        sentences = [
            _("Nothing moved by more than its margin since %(before)s.") % {"before": before}
        ]
    return Headline(tuple(sentences), tuple(moved[:MOST_NAMED]), len(known), len(moved))


def spell(number: int) -> str:
    """Return a number as people write it: in letters up to ten."""
    return str(NUMBERS[number]) if number < len(NUMBERS) else str(number)


def _say(one: Told, before: str) -> str:
    change = one.line.change
    key = one.style.is_staff, change.direction if change else 0
    alone, beside = (SHARES if one.is_share else SCORES)[key]
    what = quote(one.line.measure.name.lower()) if one.is_share else one.name
    return str(beside if before else alone) % {"what": what, "before": before}


def _weigh(one: Told) -> float:
    """Return how many margins a measure moved by."""
    change = one.line.change
    if change is None or change.value is None or change.low is None:
        return 0.0
    return abs(change.value) / max(change.value - change.low, SMALLEST_MARGIN)
