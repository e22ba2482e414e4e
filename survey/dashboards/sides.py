"""Both sides of one part of the organisation in one month or quarter, as a reader chose them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from survey.aggregation.models import Standing
from survey.campaigns.models import Campaign
from survey.core.periods import Period, period_name
from survey.dashboards.access import Reader
from survey.dashboards.filters import INDENT, Filter, build_filter, choose
from survey.dashboards.ordering import natural
from survey.dashboards.sources import Source, list_sources
from survey.dashboards.trees import TeamTree, read_tree
from survey.organization.models import Team


@dataclass(frozen=True, slots=True)
class Side:
    """What one side shows now and showed before; None where it shows nothing then."""

    campaign: Campaign
    now: Standing | None
    before: Standing | None


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a page is about, with the filters that lead to everything else."""

    source: Source
    scope: Team
    start: date
    before: date | None
    staff: Side | None
    customers: Side | None
    filters: tuple[Filter, ...]
    starts: tuple[date, ...]  # all periods that show something, the newest first

    @property
    def sides(self) -> list[Side]:
        """Return the sides there are, staff first."""
        return [side for side in (self.staff, self.customers) if side is not None]

    @property
    def period(self) -> str:
        """Return the name of the period."""
        return period_name(self.start, self.source.period)

    @property
    def period_before(self) -> str:
        """Return the name of the period it is compared with, if there is one."""
        return period_name(self.before, self.source.period) if self.before else ""

    def address(self, **changes: str) -> str:
        """Return the query of this page with some choices changed."""
        now = {
            "pairing": self.source.code,
            "period": self.start.isoformat(),
            "scope": self.scope.code,
        }
        if self.before is not None:
            now["compare"] = self.before.isoformat()
        return "?" + urlencode(now | changes)


def choose_sides(*, reader: Reader, wanted: Mapping[str, str]) -> Chosen | None:
    """Pick what an address names, else the newest of the widest part; None where there is nothing.

    Whatever is not there for this reader raises UnknownChoiceError, whether it exists or not.
    """
    sources = {source.code: source for source in list_sources(reader=reader)}
    if not sources:
        return None
    source = sources[choose(wanted.get("pairing"), dict.fromkeys(sources, ""))]
    standings = Standing.objects.filter(campaign__in=source.campaigns, period=source.period)
    scopes = _list_scopes(standings, reader, read_tree())
    if not scopes:
        return None
    scope = Team.objects.get(code=choose(wanted.get("scope"), scopes))
    of_scope = standings.filter(scope=scope)
    starts = sorted(set(of_scope.values_list("period_start", flat=True)), reverse=True)
    names = {start.isoformat(): period_name(start, source.period) for start in starts}
    start = choose(wanted.get("period"), names)
    before = _choose_before(wanted.get("compare"), names, start)
    found = {
        (one.campaign_id, one.period_start.isoformat()): one
        for one in of_scope.filter(period_start__in=[day for day in (start, before) if day])
    }

    def side(campaign: Campaign | None) -> Side | None:
        if campaign is None:
            return None
        return Side(campaign, found.get((campaign.pk, start)), found.get((campaign.pk, before)))

    return Chosen(
        source=source,
        scope=scope,
        start=date.fromisoformat(start),
        before=date.fromisoformat(before) if before else None,
        staff=side(source.staff),
        customers=side(source.customers),
        filters=(
            *_filter_sources(sources, source),
            *_filter_periods(names, start, before, source.period),
            build_filter("scope", _("Part of the organisation"), scopes, scope.code),
        ),
        starts=tuple(starts),
    )


def name_scopes(rows: Iterable[tuple[int, str]], tree: TeamTree) -> dict[str, str]:
    """Return the labels of parts (id, code) by code: the widest first, then all as in the tree."""
    paths = {code: tree.named_path(pk) for pk, code in rows}
    places = {code: tuple(map(natural, path)) for code, path in paths.items()}
    depth = min((len(path) for path in paths.values()), default=0)
    widest = sorted(paths, key=lambda code: (len(paths[code]) > depth, places[code]))
    first, rest = widest[:1], sorted(set(paths) - set(widest[:1]), key=places.__getitem__)
    return {code: INDENT * (len(paths[code]) - depth) + paths[code][-1] for code in first + rest}


def _list_scopes(standings: QuerySet[Standing], reader: Reader, tree: TeamTree) -> dict[str, str]:
    """Return the parts that show something to a reader, by code."""
    if not reader.scope.sees_everything:
        standings = standings.filter(scope__in=reader.scope.led_team_ids)
    return name_scopes(standings.values_list("scope", "scope__code").distinct(), tree)


def _choose_before(wanted: str | None, names: Mapping[str, str], start: str) -> str:
    """Return the period to compare with: the wanted one, or the last before; none is empty.

    One that is not earlier, as after a change of the period alone, counts as none wanted.
    """
    if wanted:
        choose(wanted, names)
    earlier = [code for code in names if code < start]
    return wanted if wanted in earlier and wanted else next(iter(earlier), "")


def _filter_sources(sources: Mapping[str, Source], source: Source) -> list[Filter]:
    names = {code: one.name for code, one in sources.items()}
    return [build_filter("pairing", _("Surveys"), names, source.code)] if len(names) > 1 else []


def _filter_periods(names: Mapping[str, str], start: str, before: str, period: str) -> list[Filter]:
    filters = [build_filter("period", Period(period).label.capitalize(), names, start)]
    earlier = {code: name for code, name in names.items() if code < start}
    if earlier:
        filters.append(build_filter("compare", _("Compare with"), earlier, before))
    return filters
