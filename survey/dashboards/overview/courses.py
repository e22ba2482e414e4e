"""Small multiples: a few measures over all periods, drawn on the server, on axes they share."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import ceil, floor

from django.utils.translation import gettext as _

from survey.aggregation.models import Release, Standing
from survey.aggregation.wordings import find_breaks
from survey.core.periods import period_name
from survey.dashboards.measures import Measure
from survey.dashboards.overview.evidence import Releases, find_asked
from survey.dashboards.overview.voices import (
    Said,
    Style,
    Voice,
    read_first_profile,
    read_recommend,
)
from survey.dashboards.scores import Score, read_score
from survey.dashboards.sides import Chosen

PER_SIDE = 3
STEP = 20
FEWEST_PERIODS = 2
UNITS = {"score": "", "share": "%", "recommend": ""}


@dataclass(frozen=True, slots=True)
class Wanted:
    """A measure to follow: its metric, what kind of figure it is, and how that is read."""

    metric: str
    name: str
    kind: str
    read: Callable[[Said], Said | None] = dict
    scale: str = ""  # which a release names where it was asked


@dataclass(frozen=True, slots=True)
class Point:
    """One period of a course; without a score it is hidden or was not asked."""

    start: date
    period: str
    score: Score | None
    was_asked: bool
    is_worded_anew: bool = False  # so it cannot be compared with those before it


@dataclass(frozen=True, slots=True)
class Course:
    """One measure over all periods, with the axis that its kind of figure shares."""

    name: str
    style: Style
    unit: str
    points: tuple[Point, ...]
    low: float
    high: float
    is_score: bool

    @property
    def places(self) -> int:
        """Return how many decimals its figures are printed with."""
        return 1 if self.is_score else 0

    @property
    def reworded_since(self) -> str:
        """Return the last period in which it was worded anew; nothing where it never was."""
        return next((one.period for one in reversed(self.points) if one.is_worded_anew), "")

    @property
    def last(self) -> Point | None:
        """Return the newest point that shows a figure."""
        return next((one for one in reversed(self.points) if one.score), None)


Told = Mapping[tuple[int, date], Mapping[str, Said]]  # metrics by campaign and period
Row = tuple[Wanted, Style, tuple[Point, ...]]


def read_courses(chosen: Chosen, voices: Sequence[Voice], releases: Releases) -> tuple[Course, ...]:
    """Follow up to three measures of each side; nothing where there is one period only."""
    if len(chosen.starts) < FEWEST_PERIODS:
        return ()
    starts = sorted(chosen.starts)
    told = _read_metrics(chosen)
    rows: list[Row] = []
    for voice in voices:
        for wanted in _choose(voice):
            points = _mark_breaks(
                [_point(wanted, day, voice, told, releases, chosen) for day in starts],
                wanted.scale,
                [releases.get((voice.side.campaign.pk, day), []) for day in starts],
            )
            if any(one.score for one in points):
                rows.append((wanted, voice.style, points))
    ends = {kind: _find_ends(kind, rows) for kind in UNITS}
    return tuple(
        Course(
            wanted.name,
            style,
            UNITS[wanted.kind],
            points,
            *ends[wanted.kind],
            wanted.kind == "score",
        )
        for wanted, style, points in rows
    )


def _choose(voice: Voice) -> list[Wanted]:
    """Choose kinds of people, scales (those with facets or items first), a recommendation."""
    shares = [
        Wanted(
            metric,
            _("%(kind)s, %%") % {"kind": profiles[0].name},
            "share",
            read_first_profile,
            metric.split(":")[1],
        )
        for metric, profiles in voice.profiles.items()
    ][:1]
    recommends = [
        Wanted(
            one.code,
            _("%(scale)s, \u2212100 to 100") % {"scale": one.name},
            "recommend",
            read_recommend,
            one.code,
        )
        for one in voice.recommends
    ][:1]
    told_as_shares = {one.scale for one in shares}
    scales = sorted(
        (one for one in voice.wholes if one.code not in told_as_shares),
        key=lambda one: not voice.parts_of(one),
    )
    n_scales = PER_SIDE - len(shares) - len(recommends)
    return shares + [_score(one) for one in scales[:n_scales]] + recommends


def _score(measure: Measure) -> Wanted:
    return Wanted(measure.code, measure.name, "score", scale=measure.code)


def _read_metrics(chosen: Chosen) -> Told:
    rows = Standing.objects.filter(
        campaign__in=chosen.source.campaigns, scope=chosen.scope, period=chosen.source.period
    ).values_list("campaign_id", "period_start", "metrics")
    return {(campaign, start): metrics for campaign, start, metrics in rows}


def _point(
    wanted: Wanted, start: date, voice: Voice, told: Told, releases: Releases, chosen: Chosen
) -> Point:
    key = voice.side.campaign.pk, start
    said = told.get(key, {}).get(wanted.metric)
    return Point(
        start,
        period_name(start, chosen.source.period),
        read_score(wanted.read(said)) if said else None,
        wanted.scale in find_asked(releases, voice.side.campaign, start),
    )


def _mark_breaks(
    points: Sequence[Point], scale: str, released: Sequence[Sequence[Release]]
) -> tuple[Point, ...]:
    asked = [[one.wave.questionnaire_id for one in several] for several in released]
    breaks = find_breaks(scale, asked)
    return tuple(
        replace(point, is_worded_anew=True) if at in breaks else point
        for at, point in enumerate(points)
    )


def _find_ends(kind: str, rows: Sequence[Row]) -> tuple[float, float]:
    """Return the axis of all courses of a kind, in steps of twenty; shares start at 0."""
    ends = list(_list_ends(kind, rows)) or [0.0]
    low = STEP * floor(min(ends) / STEP)
    high = STEP * ceil(max(ends) / STEP)
    return (min(low, 0) if kind == "share" else low), max(high, low + STEP)


def _list_ends(kind: str, rows: Sequence[Row]) -> Iterator[float]:
    scores = (p.score for wanted, _, points in rows if wanted.kind == kind for p in points)
    for score in scores:
        if score is not None:
            yield from (end for end in (score.mean, score.low, score.high) if end is not None)
