"""The parts of the organisation beside each other: drawn towards their mean, never ranked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from survey.campaigns.models import GroupKind
from survey.dashboards.measures import Measure
from survey.dashboards.ordering import natural
from survey.dashboards.overview.voices import Style, Voice
from survey.dashboards.scores import Axis, Line, Score, find_axis, read_score
from survey.dashboards.sides import Chosen

SURE = 0.90  # of lying above the whole, or below it; in between nobody can tell
CANNOT_TELL = "can’t tell"
NO_MARGIN = "margin not known"
WORDS = {
    "higher": _("higher"),
    "lower": _("lower"),
    CANNOT_TELL: _("can’t tell"),
    NO_MARGIN: _("margin not known"),
}

Stored = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Cell:
    """One part on one measure: drawn towards the mean of all parts, and as printed beside it.

    line is None where the figure is hidden; its median is the whole.
    """

    line: Line | None
    printed: Score | None
    word: str

    @property
    def label(self) -> str:
        """Return its word in the language that is spoken."""
        return str(WORDS.get(self.word, ""))

    @property
    def is_told(self) -> bool:
        """Say whether it can be told on which side of the whole the part lies."""
        return self.word in {"higher", "lower"}


@dataclass(frozen=True, slots=True)
class Part:
    """One part directly below the scope; address leads to its own page, if it has one."""

    name: str
    address: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """One measure of one side over all parts, with the whole that they are held against."""

    measure: Measure
    style: Style
    whole: Score
    axis: Axis


@dataclass(frozen=True, slots=True)
class Comparison:
    """All parts of a scope, in the order of the alphabet."""

    columns: tuple[Column, ...]
    parts: tuple[Part, ...]


def compare_parts(chosen: Chosen, voices: Sequence[Voice]) -> Comparison | None:
    """Put the parts of a scope side by side on the first scale of each side; None without parts."""
    told = [(voice, measure) for voice in voices if (measure := _pick(voice))]
    parts = _list_parts(voices)
    if not (told and parts):
        return None
    made = [_fill(voice, measure, list(parts)) for voice, measure in told]
    scopes = {
        option.value for one in chosen.filters if one.name == "scope" for option in one.options
    }
    rows = [
        Part(
            part["name"],
            _find_address(part, chosen, scopes),
            tuple(cells[code] for _, cells in made),
        )
        for code, part in parts.items()
    ]
    ordered = sorted(rows, key=lambda row: natural(row.name))
    return Comparison(tuple(column for column, _ in made), tuple(ordered))


def _pick(voice: Voice) -> Measure | None:
    """Return the first scale with facets or items, else the first scale, that is shown now."""
    shown = [
        one
        for one in voice.wholes
        if one.code in voice.now and f"profile:{one.code}" not in voice.profiles
    ]
    return min(shown, key=lambda one: not voice.parts_of(one), default=None)


def _list_parts(voices: Sequence[Voice]) -> dict[str, Stored]:
    """Return the parts that either side shows, by code."""
    return {
        part["code"]: part for voice in voices if voice.side.now for part in voice.side.now.parts
    }


def _fill(voice: Voice, measure: Measure, codes: Sequence[str]) -> tuple[Column, dict[str, Cell]]:
    whole = read_score(voice.now[measure.code])
    assert whole is not None  # noqa: S101 - only a measure that is shown is picked
    parts = voice.side.now.parts if voice.side.now else []
    found = {part["code"]: part["metrics"].get(measure.code) for part in parts}
    cells = {code: _cell(measure, found.get(code), whole) for code in codes}
    axis = find_axis([cell.line for cell in cells.values() if cell.line])
    return Column(measure, voice.style, whole, axis), cells


def _cell(measure: Measure, said: Stored | None, whole: Score) -> Cell:
    printed = read_score(said)
    if said is None or printed is None:
        return Cell(None, None, "")
    if said.get("shrunken") is None:
        return Cell(Line(measure, printed, None, whole.mean, None), printed, NO_MARGIN)
    drawn = Score(
        mean=said["shrunken"], se=None, n=said["n"],
        low=said["shrunken_low"], high=said["shrunken_high"],
    )  # fmt: skip
    return Cell(Line(measure, drawn, None, whole.mean, None), printed, _judge(said["above"]))


def _judge(above: float | None) -> str:
    if above is None or 1 - SURE <= above <= SURE:
        return CANNOT_TELL
    return "higher" if above > SURE else "lower"


def _find_address(part: Stored, chosen: Chosen, scopes: set[str]) -> str:
    """Return the page of a part: an overview of its own, or that of a team; pools have none."""
    if part["code"] in scopes:
        return reverse("dashboards:overview") + chosen.address(scope=part["code"])
    if part["kind"] == GroupKind.TEAM:
        return reverse("dashboards:team", args=[part["code"]])
    return ""
