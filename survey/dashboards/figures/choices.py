"""Which released figures somebody wants to see, of those that they may."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from survey.aggregation.metrics import PROFILE_PREFIX
from survey.aggregation.models import Release
from survey.aggregation.periods import find_period
from survey.aggregation.selectors import current_releases
from survey.campaigns.models import Campaign, Pairing
from survey.core.periods import Period, period_name
from survey.dashboards.access import Reader
from survey.dashboards.figures.groups import Reach, limit_to
from survey.dashboards.filters import Filter, build_filter, choose
from survey.dashboards.measures import read_measures
from survey.dashboards.reach import reached_campaigns
from survey.dashboards.sides import name_scopes
from survey.dashboards.trees import TeamTree, read_tree
from survey.organization.models import Team
from survey.questionnaires.selectors import get_content

ALL = "all"


@dataclass(frozen=True, slots=True)
class Dated:
    """A release with the month or quarter that it is read in."""

    release: Release
    campaign: Campaign
    start: date
    length: str

    @property
    def code(self) -> str:
        """Return the period for machines: 2026-03 or 2026-Q1."""
        if self.length == Period.MONTH:
            return f"{self.start:%Y-%m}"
        return f"{self.start.year}-Q{(self.start.month - 1) // 3 + 1}"

    @property
    def period(self) -> str:
        """Return the period for people."""
        return period_name(self.start, self.length)


@dataclass(frozen=True, slots=True)
class Chosen:
    """The releases, the newest first, and what is wanted of them; metrics are names by code."""

    releases: tuple[Dated, ...]
    metric: str
    metrics: Mapping[str, str]
    reach: Reach
    filters: tuple[Filter, ...]

    def address(self, **changes: str) -> str:
        """Return the query of this page with some choices added."""
        now = {
            one.name: option.value
            for one in self.filters
            for option in one.options
            if option.is_chosen
        }
        return "?" + urlencode(now | changes)


def choose_figures(
    *, reader: Reader, wanted: Mapping[str, str], is_file: bool = False
) -> Chosen | None:
    """Pick what an address names, else the newest period of all surveys; None: nothing is there.

    A file may hold all periods at once. What is not there for this reader raises
    UnknownChoiceError, whether it exists or not.
    """
    tree = read_tree()
    releases = _list_releases(reader, tree)
    if not releases:
        return None
    campaigns = {ALL: _("All surveys")} | _name_campaigns(releases)
    periods = _name_periods(releases)
    scopes = {ALL: _("Everything open to me")} | _name_scopes(reader, tree)
    metrics = _name_metrics(releases)
    measures = {ALL: _("All measures")} | metrics
    campaign = choose(wanted.get("campaign"), campaigns)
    period = choose(wanted.get("period"), periods | ({ALL: ""} if is_file else {}))
    scope = choose(wanted.get("scope"), scopes)
    metric = choose(wanted.get("metric"), measures)
    filters = (
        build_filter("campaign", _("Survey"), campaigns, campaign),
        build_filter("period", _("Period"), periods, period),
        build_filter("scope", _("Part of the organisation"), scopes, scope),
        build_filter("metric", _("Measure"), measures, metric),
    )
    return Chosen(
        releases=tuple(
            one
            for one in releases
            if campaign in (ALL, one.campaign.code) and period in (ALL, one.start.isoformat())
        ),
        metric="" if metric == ALL else metric,
        metrics=metrics,
        reach=limit_to(None if scope == ALL else Team.objects.get(code=scope), reader=reader),
        filters=tuple(one for one in filters if len(one.options) > 1),
    )


def _list_releases(reader: Reader, tree: TeamTree) -> list[Dated]:
    """Return the releases of surveys that asked in a reader's teams, the newest first."""
    campaigns = reached_campaigns(reader=reader, tree=tree)
    releases = current_releases(campaigns=campaigns).select_related("wave__campaign")
    lengths = _read_lengths()
    found = [_date(release, lengths) for release in releases.defer("scales")]
    return sorted(found, key=lambda one: (one.start, one.campaign.pk, one.release.pk), reverse=True)


def _read_lengths() -> dict[int, str]:
    """Return how long the periods of paired campaigns are; the shorter counts of two."""
    rows = Pairing.objects.order_by("-period").values_list("ex", "cx", "colleague", "period")
    return {side: period for *sides, period in rows for side in sides if side is not None}


def _date(release: Release, lengths: Mapping[int, str]) -> Dated:
    campaign = release.wave.campaign
    length = lengths.get(campaign.pk, str(Period.QUARTER))
    return Dated(release, campaign, find_period(release, length), length)


def _name_campaigns(releases: Iterable[Dated]) -> dict[str, str]:
    names = {one.campaign.code: one.campaign.name for one in releases}
    return dict(sorted(names.items(), key=lambda named: named[1]))


def _name_periods(releases: Iterable[Dated]) -> dict[str, str]:
    """Name the periods by their first day; a month and a quarter that begin alike are one."""
    names: dict[str, list[str]] = {}
    for one in releases:
        known = names.setdefault(one.start.isoformat(), [])
        if one.period not in known:
            known.append(one.period)
    return {start: ", ".join(known) for start, known in names.items()}


def _name_scopes(reader: Reader, tree: TeamTree) -> dict[str, str]:
    """Name the parts with teams below them that a reader may compare."""
    inner = {parent for parent in tree.parents.values() if parent and reader.compares(parent)}
    parts = Team.objects.filter(pk__in=inner)
    return name_scopes(parts.values_list("pk", "code"), tree)


def _name_metrics(releases: Iterable[Dated]) -> dict[str, str]:
    """Name the scales, facets, profiles and items of everything that was asked."""
    questionnaires = sorted({one.release.wave.questionnaire_id for one in releases})
    names = {one.code: one.name for one in read_measures(questionnaires).values()}
    for questionnaire in questionnaires:
        for scale in get_content(questionnaire_id=questionnaire).scales:
            if scale.profiles:
                names[f"{PROFILE_PREFIX}{scale.code}"] = _("Profiles: %(name)s") % {
                    "name": scale.name
                }
    return names
