"""What the page is about, read from its address; what is not there to choose is never shown."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from survey.core.periods import Period, period_name
from survey.dashboards.access import Reader
from survey.dashboards.filters import Filter, build_filter, choose
from survey.dashboards.linkage.choices import choose_known, list_places, name_periods
from survey.dashboards.sides import name_scopes
from survey.dashboards.trees import TeamTree
from survey.linkage.models import CascadeStudy


@dataclass(frozen=True, slots=True)
class Chosen:
    """The cascade to show, with the filters that lead to the others.

    chain and team narrow what is drawn; both may be "".
    """

    study: CascadeStudy
    filters: tuple[Filter, ...]
    chain: str = ""
    team: str = ""

    def address(self, **changes: str) -> str:
        """Return the query of this page with some choices changed."""
        now = {
            "pairing": self.study.pairing.code,
            "period": self.study.period_start.isoformat(),
            "part": self.study.scope.code,
            "chain": self.chain,
            "team": self.team,
        }
        return "?" + urlencode({name: value for name, value in (now | changes).items() if value})

    @property
    def period(self) -> str:
        """Return the name of the period."""
        return period_name(self.study.period_start, self.study.pairing.period)


def readable_cascades(reader: Reader) -> QuerySet[CascadeStudy]:
    """Return the cascades of the parts that somebody may read."""
    cascades = CascadeStudy.objects.all()
    if reader.scope.sees_everything:
        return cascades
    return cascades.filter(scope__in=reader.scope.led_team_ids)


def choose_cascade(
    cascades: QuerySet[CascadeStudy], *, wanted: Mapping[str, str], tree: TeamTree
) -> tuple[CascadeStudy, tuple[Filter, ...]] | None:
    """Pick the wanted cascade of those a reader may see, else the newest of the widest part.

    None where there is none. What none of them is about raises UnknownChoiceError.
    """
    places = list_places(cascades, tree)
    if not places:
        return None
    pairings = {place.pairing: place.name for place in places}
    pairing = choose(wanted.get("pairing"), pairings)
    parts = name_scopes([(p.scope, p.code) for p in places if p.pairing == pairing], tree)
    part = choose_known(wanted.get("part"), parts, lambda: {place.code for place in places})
    of_part = cascades.filter(pairing__code=pairing, scope__code=part)
    starts = sorted(of_part.values_list("period_start", flat=True), reverse=True)

    def known() -> set[str]:
        return {day.isoformat() for day in cascades.values_list("period_start", flat=True)}

    start = choose_known(wanted.get("period"), {day.isoformat(): "" for day in starts}, known)
    related = ("scope", "pairing__ex", "pairing__cx", "pairing__colleague")
    study = of_part.select_related(*related).get(period_start=start)
    length = study.pairing.period
    filters = [
        build_filter(
            "period", Period(length).label.capitalize(), name_periods(starts, length), start
        ),
        build_filter("part", _("Part of the organisation"), parts, part),
    ]
    if len(pairings) > 1:
        filters.insert(0, build_filter("pairing", _("Surveys"), pairings, pairing))
    return study, tuple(filters)
