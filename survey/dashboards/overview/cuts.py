"""The figures of everybody by what was declared beforehand, such as tenure or a channel."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from survey.aggregation.models import CutFigure, CutReason, Release
from survey.aggregation.selectors import released_cut_figures, released_wholes
from survey.campaigns.contact_cuts import say_cut
from survey.campaigns.cuts import NOT_KNOWN
from survey.core.periods import Period, period_name
from survey.dashboards.measures import Measure
from survey.dashboards.overview.evidence import Releases
from survey.dashboards.overview.voices import Style, Voice
from survey.dashboards.scores import Axis, Line, Score, find_axis
from survey.dashboards.sides import Chosen


@dataclass(frozen=True, slots=True)
class Level:
    """One level, or several that are counted together, with its score beside everybody's."""

    name: str
    line: Line


@dataclass(frozen=True, slots=True)
class CutMeasure:
    """One measure by the levels of a cut."""

    measure: Measure
    levels: tuple[Level, ...]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Measures that a cut does not tell, and why."""

    names: str
    reason: str


@dataclass(frozen=True, slots=True)
class CutTable:
    """One cut: what it shows of each measure, and what not; of customers those of which month."""

    code: str
    name: str
    style: Style
    measures: tuple[CutMeasure, ...]
    left_out: tuple[LeftOut, ...]
    axis: Axis
    threshold: int
    month: str = ""

    @property
    def shown(self) -> list[CutMeasure]:
        """Return what a page has room for: whole scales, no parts of them."""
        return [one for one in self.measures if not one.measure.whole]


def read_cut_tables(
    chosen: Chosen, voices: Sequence[Voice], releases: Releases
) -> tuple[CutTable, ...]:
    """Return the cuts of the period's last survey of staff and of customers' last month in it.

    There are none of a part of the organisation.
    """
    return tuple(
        table
        for voice in voices
        if voice.side.campaign.scope_id == chosen.scope.pk
        for release in releases.get((voice.side.campaign.pk, chosen.start), [])[-1:]
        for table in _read_tables(release, voice)
    )


def _read_tables(release: Release, voice: Voice) -> Iterator[CutTable]:
    if not release.cuts:
        return
    figures: dict[tuple[str, str], list[CutFigure]] = defaultdict(list)
    for figure in released_cut_figures(release=release):
        figures[figure.cut, figure.metric].append(figure)
    month, of_all = "", {code: said["mean"] for code, said in voice.now.items()}
    if release.month_start is not None:  # a month of a quarter, perhaps
        month = period_name(release.month_start, Period.MONTH)
        of_all = released_wholes(release=release)
    for said in release.cuts:
        measures = tuple(
            CutMeasure(one, tuple(_levels(one, rows, of_all.get(one.code))))
            for one in voice.measures
            if (rows := figures.get((said["code"], one.code)))
        )
        lines = [level.line for one in measures for level in one.levels]
        left_out = tuple(_left_out(said["left_out"], voice.measures))
        yield CutTable(
            said["code"],
            say_cut(code=said["code"], name=said["name"]),
            voice.style,
            measures,
            left_out,
            find_axis(lines),
            release.wave.threshold,
            month,
        )


def _levels(measure: Measure, figures: Iterable[CutFigure], whole: float | None) -> Iterator[Level]:
    for one in figures:
        score = Score(one.mean, one.se, one.low, one.high, one.n)
        line = Line(measure, score, None, whole, None)
        yield Level(say_level(one.levels), line)


def say_level(values: Sequence[str]) -> str:
    """Return what a level is called: the declared ones it joins, or that it is not known."""
    return _(" or ").join(_("not known") if one == NOT_KNOWN else one for one in values)


def _left_out(reasons: Mapping[str, str], measures: Iterable[Measure]) -> Iterator[LeftOut]:
    names: dict[str, list[str]] = defaultdict(list)
    for measure in measures:
        if measure.code in reasons and not measure.whole:
            names[reasons[measure.code]].append(measure.name)
    for reason, of_one in names.items():
        yield LeftOut(", ".join(of_one), str(CutReason(reason).label))
