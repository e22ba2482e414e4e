"""Kinds of people as shares of those who answered, each with its definition from the bank."""

from collections.abc import Iterator
from dataclasses import dataclass

from survey.aggregation.metrics import PROFILE_PREFIX
from survey.dashboards.measures import Measure
from survey.dashboards.overview.voices import Said, Style, Voice, read_first_profile
from survey.dashboards.scores import Line
from survey.questionnaires.content import ProfileContent

SHADES = ("kind-1", "kind-2", "kind-3")


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of people: its share in whole per cent and where it lies in the bar."""

    name: str
    definition: str
    shade: str
    share: int
    low: int | None
    high: int | None
    before: int | None
    start: str
    width: str


@dataclass(frozen=True, slots=True)
class Passion:
    """The kinds that a scale tells apart; line compares the first of them with the period before.

    line is None where the kinds are not shown now.
    """

    title: str
    style: Style
    kinds: tuple[Kind, ...]
    line: Line | None
    n_people: int
    n_questions: int


def list_passions(voice: Voice) -> Iterator[Passion]:
    """Yield the scales of a side that tell kinds of people, where they are shown or were."""
    for metric, profiles in voice.profiles.items():
        if metric in voice.now or metric in voice.before:
            yield _describe(voice, metric, profiles)


def first_line(voice: Voice, metric: str) -> Line:
    """Compare the share of the first kind, named by it, with the period before."""
    name = voice.profiles[metric][0].name
    (line,) = voice.lines_of([Measure(metric, name, name)], read_first_profile)
    return line


def _describe(voice: Voice, metric: str, profiles: tuple[ProfileContent, ...]) -> Passion:
    code = metric.removeprefix(PROFILE_PREFIX)
    said = voice.now.get(metric)
    return Passion(
        title=next((one.name for one in voice.measures if one.code == code), code),
        style=voice.style,
        kinds=tuple(list_kinds(profiles, said, voice.before.get(metric))) if said else (),
        line=first_line(voice, metric) if said else None,
        n_people=said["n"] if said else 0,
        n_questions=sum(one.whole == code and one.is_item for one in voice.measures),
    )


def list_kinds(
    profiles: tuple[ProfileContent, ...], said: Said, before: Said | None = None
) -> Iterator[Kind]:
    """Yield the kinds of people that a figure tells, in the order of their definitions."""
    shares = said["detail"]["shares"]
    bounds = said["detail"].get("bounds", {})
    earlier = (before or {}).get("detail", {}).get("shares", {})
    whole = sum(shares.values()) or 1
    start = 0.0
    for place, profile in enumerate(profiles):
        share = shares[profile.code]
        low, high = bounds.get(profile.code, (None, None))
        width = 100 * share / whole
        yield Kind(
            profile.name, profile.definition, SHADES[place % len(SHADES)], share, low, high,
            earlier.get(profile.code), f"{start:.1f}%", f"{width:.1f}%",
        )  # fmt: skip
        start += width
