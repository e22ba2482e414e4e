"""The cards of scores: a scale with its facets or items, and themes that stand alone."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from survey.dashboards.measures import Measure
from survey.dashboards.numerals import count
from survey.dashboards.overview.voices import Style, Voice, read_recommend
from survey.dashboards.scores import Axis, Line, find_axis

FEWEST_PARTS = 2
RECOMMEND_AXIS = Axis(-100, 100, (-100, 0, 100))


@dataclass(frozen=True, slots=True)
class Block:
    """One card: some measures of one side on one axis.

    lines name parts without their whole, as below its title; told names them in full.
    """

    code: str
    title: str
    style: Style
    lines: tuple[Line, ...]
    told: tuple[Line, ...]
    axis: Axis

    @property
    def n_people(self) -> int:
        """Return the most people behind any line now."""
        return max((line.now.n for line in self.lines if line.now), default=0)

    @property
    def caption(self) -> str:
        """Say how many answered and what the scores are out of."""
        if not self.n_people:
            return _("Out of 100.")
        if self.style.is_staff:
            told = ngettext(
                "%(n)s staff answered. Out of 100.",
                "%(n)s staff answered. Out of 100.",
                self.n_people,
            )
        else:
            told = ngettext(
                "%(n)s customers answered. Out of 100.",
                "%(n)s customers answered. Out of 100.",
                self.n_people,
            )
        return told % {"n": count(self.n_people)}


def list_blocks(voice: Voice) -> Iterator[Block]:
    """Yield a card for each scale with parts, then one for all others of a side."""
    alone: list[Measure] = []
    for whole in voice.wholes:
        parts = voice.parts_of(whole)
        if len(parts) < FEWEST_PARTS or f"profile:{whole.code}" in voice.profiles:
            alone.append(whole)
        else:
            yield from _block(voice, whole.code, whole.name, [whole, *parts])
    yield from _block(voice, f"other-{voice.style.code}", _name_rest(voice, alone), alone)


def list_lights(voice: Voice) -> tuple[Line, ...]:
    """Return what people say of the survey itself: each shown question, or the scale."""
    measures = [part for light in voice.lights for part in (voice.parts_of(light) or [light])]
    return tuple(voice.lines_of(measures))


def list_recommends(voice: Voice, asked: Collection[str]) -> tuple[Line, ...]:
    """Return the recommend scores of a side, from -100 to 100; asked ones also where hidden."""
    told = {line.measure.code: line for line in voice.lines_of(voice.recommends, read_recommend)}
    hidden = {
        one.code: Line(one, None, None, None, None) for one in voice.recommends if one.code in asked
    }
    return tuple((hidden | told).values())


def _block(voice: Voice, code: str, title: str, measures: Sequence[Measure]) -> Iterator[Block]:
    lines = voice.lines_of(measures)
    if lines:
        shortened = tuple(_shorten(line, title) for line in lines)
        yield Block(code, title, voice.style, shortened, tuple(lines), find_axis(lines))


def _name_rest(voice: Voice, alone: Sequence[Measure]) -> str:
    if len(alone) == len(voice.wholes):
        return _("Themes of staff") if voice.style.is_staff else _("Themes of customers")
    return _("Other themes of staff") if voice.style.is_staff else _("Other themes of customers")


def _shorten(line: Line, whole: str) -> Line:
    """Name a facet without its whole: "Fairness, told why" is "Told why" below "Fairness"."""
    name = line.measure.name
    if name == whole:
        name = _("All questions together")
    elif name.startswith(f"{whole}, "):
        rest = name.removeprefix(f"{whole}, ")
        name = rest[:1].upper() + rest[1:]
    return replace(line, measure=replace(line.measure, name=name))
