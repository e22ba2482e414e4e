"""What the page is about, read from its address; what is not there to choose is never shown."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from urllib.parse import urlencode

from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _

from survey.core.periods import Period, period_name
from survey.dashboards.filters import Filter, build_filter, choose
from survey.dashboards.sides import name_scopes
from survey.dashboards.trees import TeamTree
from survey.linkage.models import CascadeStudy, Result, Study

FIXED_LAG = 1  # of the judgement which comes first, chosen before anybody looked


@dataclass(frozen=True, slots=True)
class Chosen:
    """The study and the pair of scales to show, with the filters that lead to the others."""

    study: Study
    previous: Study | None
    result: Result
    filters: tuple[Filter, ...]
    team: str = ""
    lag: int = FIXED_LAG

    def address(self, **changes: str) -> str:
        """Return the query of this page with some choices changed."""
        now = {
            "pairing": self.study.pairing.code,
            "period": self.study.period_start.isoformat(),
            "scope": self.study.scope.code,
            "staff": self.result.ex_scale,
            "customers": self.result.cx_scale,
        }
        if self.previous is not None:
            now["compare"] = self.previous.period_start.isoformat()
        if self.team:
            now["team"] = self.team
        return "?" + urlencode(now | changes)


class Picked(NamedTuple):
    """A study, the one it is compared with, and the filters that led to them."""

    study: Study
    previous: Study | None
    filters: tuple[Filter, ...]


class Place(NamedTuple):
    """A part of the organisation that some pairing compares."""

    pairing: str
    name: str
    scope: int
    code: str
    newest: date


def choose_study(
    studies: QuerySet[Study], *, wanted: Mapping[str, str], tree: TeamTree
) -> Picked | None:
    """Pick the wanted study of those a reader may see, else the newest of the widest part.

    None where there is no study. A comparison, part or period that none of the studies is about
    raises UnknownChoiceError, whether it exists or not.
    """
    places = list_places(studies, tree)
    if not places:
        return None
    pairings = {place.pairing: place.name for place in places}
    pairing = choose(wanted.get("pairing"), pairings)
    scopes = name_scopes([(p.scope, p.code) for p in places if p.pairing == pairing], tree)
    scope = choose_known(wanted.get("scope"), scopes, lambda: {place.code for place in places})
    of_scope = studies.filter(pairing__code=pairing, scope__code=scope)
    starts = sorted(of_scope.values_list("period_start", flat=True), reverse=True)

    def known() -> set[str]:
        return {day.isoformat() for day in studies.values_list("period_start", flat=True)}

    start = choose_known(wanted.get("period"), _by_code(starts), known)
    earlier = [day for day in starts if day.isoformat() < start]
    before = choose_known(wanted.get("compare"), _by_code(earlier), known)
    found = {
        study.period_start.isoformat(): study
        for study in of_scope.filter(period_start__in=[day for day in (start, before) if day])
    }
    length = found[start].pairing.period
    filters = [
        build_filter(
            "period", Period(length).label.capitalize(), name_periods(starts, length), start
        ),
        build_filter("compare", _("Compare with"), name_periods(earlier, length), before),
        build_filter("scope", _("Part of the organisation"), scopes, scope),
    ]
    if len(pairings) > 1:
        filters.insert(0, build_filter("pairing", _("Surveys"), pairings, pairing))
    kept = tuple(one for one in filters if one.options)
    return Picked(found[start], found.get(before), kept)


def choose_result(
    results: Sequence[Result], *, wanted: Mapping[str, str], names: Mapping[str, str]
) -> tuple[Result, tuple[Filter, ...]]:
    """Pick the wanted pair of scales, else the first: never the one that happens to look best."""
    by_pair = {(result.ex_scale, result.cx_scale): result for result in results}
    staff = {ex: names.get(ex, ex) for ex, _ in by_pair}
    customers = {cx: names.get(cx, cx) for _, cx in by_pair}
    ex, cx = choose(wanted.get("staff"), staff), choose(wanted.get("customers"), customers)
    return by_pair[ex, cx], (
        build_filter("staff", _("Staff question"), staff, ex),
        build_filter("customers", _("Customer question"), customers, cx),
    )


def choose_lag(points: Sequence[Mapping[str, int]], *, wanted: Mapping[str, str]) -> int:
    """Return the lag that somebody wants to look at, else the one fixed in advance."""
    there = {str(point["lag"]): "" for point in points} | {str(FIXED_LAG): ""}
    asked = wanted.get("lag")
    return int(choose(asked, there)) if asked else FIXED_LAG


def list_places(studies: QuerySet[Study] | QuerySet[CascadeStudy], tree: TeamTree) -> list[Place]:
    """Return what is compared, the widest part first, of equal ones the one compared last."""
    rows = studies.values_list("pairing__code", "pairing__name", "scope", "scope__code")
    places = [Place(*row) for row in rows.annotate(newest=Max("period_start"))]
    places.sort(key=lambda place: (place.pairing, place.code))
    return sorted(places, key=lambda p: (len(tree.path(p.scope)), -p.newest.toordinal()))


def choose_known(
    wanted: str | None, there: Mapping[str, str], known: Callable[[], Collection[str]]
) -> str:
    """Return the wanted code; the first instead of one that is known, but of other parts only.

    That happens where one filter was changed and the others stayed. "" where there is nothing.
    """
    if wanted and wanted not in there and wanted in known():
        wanted = None
    return choose(wanted, there or {"": ""})


def _by_code(starts: Sequence[date]) -> dict[str, str]:
    return {start.isoformat(): "" for start in starts}


def name_periods(starts: Sequence[date], length: str) -> dict[str, str]:
    """Return what periods are called, by the day on which they begin."""
    return {start.isoformat(): period_name(start, length) for start in starts}
