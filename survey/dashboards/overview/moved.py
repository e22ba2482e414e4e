"""The headline: what moved by more than its margin, beside what chance alone would move."""

from collections.abc import Sequence
from dataclasses import dataclass

from survey.dashboards.overview.voices import Style
from survey.dashboards.scores import Line

CHANCE = 0.05  # of measures that did not change seem to, by a 95 % margin
MOST_NAMED = 4
SMALLEST_MARGIN = 0.05  # of printed figures
NUMBERS = ("None", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten")
MORE_OR_LESS = {1: "More", -1: "Fewer"}


@dataclass(frozen=True, slots=True)
class Told:
    """A measure as the page tells it; a share of people is told as more or fewer of them."""

    style: Style
    line: Line
    is_share: bool = False

    @property
    def name(self) -> str:
        """Return what it is called in a sentence, in quotation marks."""
        return f"“{self.line.measure.name.rstrip('.')}”"


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
        measures = "one measure" if self.n_measures == 1 else f"{self.n_measures} measures"
        chance = round(CHANCE * self.n_measures)
        by_chance = f"about {spell(chance).lower()}" if chance else "hardly any"
        return f"{spell(self.n_moved)} of {measures} moved. Chance alone would move {by_chance}."


def write_headline(told: Sequence[Told], *, period: str, before: str) -> Headline:
    """Say what moved most on each side; where nothing did or nothing came before, say that."""
    known = [one for one in told if one.line.change is not None and one.line.change.low is not None]
    moved = sorted((one for one in known if one.line.has_changed), key=_weigh, reverse=True)
    sentences: list[str] = []
    for style in dict.fromkeys(one.style for one in told):
        first = next((one for one in moved if one.style == style), None)
        if first is not None:
            sentences.append(_say(first, "" if sentences else f" than in {before}"))
    if not known:
        sentences = [f"These are the figures of {period}. There is nothing to compare them with."]
    elif not moved:
        sentences = [f"Nothing moved by more than its margin since {before}."]
    return Headline(tuple(sentences), tuple(moved[:MOST_NAMED]), len(known), len(moved))


def spell(number: int) -> str:
    """Return a number as people write it: in letters up to ten."""
    return NUMBERS[number] if number < len(NUMBERS) else str(number)


def _say(one: Told, than: str) -> str:
    change = one.line.change
    direction = change.direction if change else 0
    if one.is_share:
        name = one.line.measure.name.lower()
        return f"{MORE_OR_LESS[direction]} {one.style.label} are {name}{than}."
    return f"{one.style.label.capitalize()} score {one.name} {one.line.word}{than}."


def _weigh(one: Told) -> float:
    """Return how many margins a measure moved by."""
    change = one.line.change
    if change is None or change.value is None or change.low is None:
        return 0.0
    return abs(change.value) / max(change.value - change.low, SMALLEST_MARGIN)
