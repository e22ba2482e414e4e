"""The page "How people are doing", gathered in one call so that the template fires no query."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import ngettext

from survey.core.periods import Period
from survey.dashboards.access import Reader
from survey.dashboards.filters import Filter
from survey.dashboards.moments import Moment, read_moments
from survey.dashboards.overview.blocks import (
    RECOMMEND_AXIS,
    Block,
    list_blocks,
    list_lights,
    list_recommends,
)
from survey.dashboards.overview.comparing import (
    Cell,
    Column,
    Comparison,
    Part,
    compare_parts,
)
from survey.dashboards.overview.courses import Course, Point, read_courses
from survey.dashboards.overview.cuts import CutTable, read_cut_tables
from survey.dashboards.overview.evidence import (
    Evidence,
    find_asked,
    find_reworded,
    read_evidence,
    read_releases,
)
from survey.dashboards.overview.moved import Headline, Told, spell, write_headline
from survey.dashboards.overview.passion import Passion, list_passions
from survey.dashboards.overview.themes import Themes, read_themes
from survey.dashboards.overview.voices import Style, list_voices
from survey.dashboards.scores import Axis
from survey.dashboards.sides import Chosen, choose_sides
from survey.dashboards.wordings import say_reworded


@dataclass(frozen=True, slots=True)
class OverviewPage:
    """Everything that the page says about one part of the organisation in one period.

    told are all measures that are compared with the period before, in the order of the page;
    silent are the sides that show nothing of this period.
    """

    chosen: Chosen
    headline: Headline
    evidence: Evidence
    moments: tuple[Moment, ...]
    silent: tuple[Style, ...]
    told: tuple[Told, ...]
    passions: tuple[Passion, ...]
    blocks: tuple[Block, ...]
    lights: tuple[Told, ...]
    recommends: tuple[Told, ...]
    themes: Themes | None
    courses: tuple[Course, ...]
    comparison: Comparison | None
    cuts: tuple[CutTable, ...]
    not_comparable: tuple[str, ...]

    @property
    def filters(self) -> tuple[Filter, ...]:
        """Return the lists to choose from."""
        return self.chosen.filters

    @property
    def address(self) -> str:
        """Return the query that leads to this very page."""
        return self.chosen.address()

    @property
    def is_monthly(self) -> bool:
        """Say whether a period is a month, and no quarter."""
        return self.chosen.source.period == Period.MONTH

    @property
    def recommend_axis(self) -> Axis:
        """Return the axis of all recommend scores."""
        return RECOMMEND_AXIS

    @property
    def course_title(self) -> str:
        """Say how many periods the courses cover, as a word up to ten."""
        n = len(self.chosen.starts)
        told = (
            ngettext("%(n)s month", "%(n)s months", n)
            if self.is_monthly
            else ngettext("%(n)s quarter", "%(n)s quarters", n)
        )
        return told % {"n": spell(n)}

    @property
    def course_rows(self) -> list[tuple[str, list[tuple[Point, int]]]]:
        """Return the courses as a table: each period with its points and their decimals."""
        rows = zip(*(course.points for course in self.courses), strict=True)
        places = [course.places for course in self.courses]
        return [(row[0].period, list(zip(row, places, strict=True))) for row in rows]

    @property
    def part_rows(self) -> list[tuple[Part, list[tuple[Cell, Column]]]]:
        """Return each part with its cells beside their columns."""
        if self.comparison is None:
            return []
        columns = self.comparison.columns
        return [(one, list(zip(one.cells, columns, strict=True))) for one in self.comparison.parts]


def build_overview(
    *, reader: Reader, wanted: Mapping[str, str], now: datetime
) -> OverviewPage | None:
    """Gather the page that a reader asked for; None where nothing may be shown to them yet."""
    chosen = choose_sides(reader=reader, wanted=wanted)
    return None if chosen is None else _gather(chosen, now)


def _gather(chosen: Chosen, now: datetime) -> OverviewPage:
    releases = read_releases(chosen)
    voices = list_voices(chosen, find_reworded(chosen, releases))
    passions = tuple(passion for voice in voices for passion in list_passions(voice))
    blocks = tuple(block for voice in voices for block in list_blocks(voice))
    lights = tuple(Told(one.style, line) for one in voices for line in list_lights(one))
    recommends = tuple(
        Told(one.style, line)
        for one in voices
        for line in list_recommends(one, find_asked(releases, one.side.campaign, chosen.start))
    )
    told = (
        *(Told(one.style, one.line, is_share=True) for one in passions if one.line),
        *(Told(one.style, line) for one in blocks for line in one.told),
        *lights,
        *recommends,
    )
    return OverviewPage(
        chosen=chosen,
        headline=write_headline(told, period=chosen.period, before=chosen.period_before),
        evidence=read_evidence(chosen, voices, releases),
        moments=read_moments(
            campaigns=chosen.source.campaigns,
            period=chosen.source.period,
            start=chosen.start,
            now=now,
        ),
        silent=tuple(voice.style for voice in voices if not voice.now),
        told=told,
        passions=passions,
        blocks=blocks,
        lights=lights,
        recommends=recommends,
        themes=read_themes(chosen, voices),
        courses=read_courses(chosen, voices, releases),
        comparison=compare_parts(chosen, voices),
        cuts=read_cut_tables(chosen, voices, releases),
        not_comparable=tuple(
            say_reworded(one.reworded_names, since=chosen.period_before)
            for one in voices
            if one.reworded_names
        ),
    )
