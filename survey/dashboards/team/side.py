"""One side of a team in one period: its scores, those before, and the median team's."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import F
from django.utils.translation import gettext as _

from survey.aggregation.following import Metrics, Stay, add_releases
from survey.aggregation.models import Release, Standing
from survey.aggregation.wordings import list_reworded
from survey.campaigns.models import Campaign
from survey.dashboards.measures import Measure, read_asked
from survey.dashboards.scores import Axis, Line, build_lines, find_axis
from survey.dashboards.team.choosing import Choice
from survey.dashboards.wordings import say_reworded
from survey.questionnaires.models import Audience

Said = Mapping[int, Metrics]  # by release


@dataclass(frozen=True, slots=True)
class Side:
    """What staff, or customers, of a team say; measures are those asked now, by code."""

    campaign: Campaign
    releases: tuple[Release, ...]
    measures: Mapping[str, Measure]
    lines: tuple[Line, ...]
    items: tuple[Line, ...]
    now: Metrics
    n_teams: int
    asked_before: frozenset[str]
    neighbours: tuple[Stay, ...]
    not_comparable: str = ""  # which measures were worded differently before, in a sentence

    @property
    def is_staff(self) -> bool:
        """Say whether these are the people who work there."""
        return self.campaign.audience == Audience.EMPLOYEE

    @property
    def word(self) -> str:
        """Return what these people are called."""
        return name_side(self.campaign)

    @property
    def label(self) -> str:
        """Return what these people are called, in the language that is spoken."""
        return say_side(self.word)

    @property
    def title(self) -> str:
        """Return what these people are called at the head of a line."""
        return title_side(self.word)

    @property
    def lead(self) -> Line | None:
        """Return the line that the page's first sentence is about."""
        wholes = [line for line in self.lines if is_whole(line.measure)]
        return wholes[0] if wholes else None

    @property
    def has_median(self) -> bool:
        """Say whether the median team is drawn beside any scale."""
        return any(line.median is not None for line in self.lines)

    @property
    def n_answered(self) -> int | None:
        """Return how many people answered the first scale, where it is shown."""
        return self.lead.now.n if self.lead and self.lead.now else None

    @property
    def axis(self) -> Axis:
        """Return the axis of the scales' strips."""
        return find_axis(self.lines)

    @property
    def item_axis(self) -> Axis:
        """Return the axis of the items' strips."""
        return find_axis(self.items)


def name_side(campaign: Campaign) -> str:
    """Return what the people whom a campaign asks are called."""
    return "staff" if campaign.audience == Audience.EMPLOYEE else "customers"


def say_side(word: str) -> str:
    """Return what staff or customers are called, in the language that is spoken."""
    return _("staff") if word == "staff" else _("customers")


def title_side(word: str) -> str:
    """Return what staff or customers are called at the head of a line."""
    return _("Staff") if word == "staff" else _("Customers")


def is_whole(measure: Measure) -> bool:
    """Say whether a measure stands for itself: no part, no light on the survey."""
    return not (measure.whole or measure.is_item or measure.is_light)


def build_sides(choice: Choice, said: Said) -> tuple[Side, ...]:
    """Put together what both campaigns released about a unit, staff first, with the medians."""
    campaigns = choice.source.campaigns
    standings = Standing.objects.filter(
        campaign__in=campaigns,
        scope=F("campaign__scope"),
        period=choice.source.period,
        period_start=choice.start,
    )
    found = {one.campaign_id: one for one in standings.defer("parts")}
    return tuple(_build_side(choice, one, said, found.get(one.pk)) for one in campaigns)


def _build_side(choice: Choice, campaign: Campaign, said: Said, standing: Standing | None) -> Side:
    releases = choice.releases_of(campaign, choice.start)
    earlier = choice.releases_of(campaign, choice.before)
    measures = read_asked(one.wave for one in releases)
    unit = choice.followed.unit
    now = add_releases(unit, [said.get(one.pk, {}) for one in releases])
    reworded = list_reworded(one.wave.questionnaire_id for one in (*earlier, *releases))
    before = {
        code: figure
        for code, figure in add_releases(unit, [said.get(one.pk, {}) for one in earlier]).items()
        if code not in reworded
    }
    medians = standing.metrics if standing else {}
    scales = [one for one in measures.values() if not one.is_item]
    items = [one for one in measures.values() if one.is_item and one.code in now]
    return Side(
        campaign=campaign,
        releases=tuple(releases),
        measures=measures,
        lines=tuple(_build_line(one, now, before, medians) for one in scales) if now else (),
        items=tuple(_build_line(one, now, before, medians) for one in items),
        now=now,
        n_teams=standing.n_teams if standing else 0,
        asked_before=frozenset(read_asked(one.wave for one in earlier)),
        neighbours=choice.neighbours.get(campaign.pk, ()),
        not_comparable=say_reworded(
            [one.name for one in scales if one.code in reworded], since=choice.period_before
        ),
    )


def _build_line(measure: Measure, now: Metrics, before: Metrics, medians: Metrics) -> Line:
    """Return the line of a measure that was asked, also where nothing of it is shown."""
    lines = build_lines([measure], now=now, before=before, medians=medians)
    median = medians.get(measure.code, {}).get("teams", {}).get("median")
    return lines[0] if lines else Line(measure, None, None, median, None)
