"""The teams of the page: which are drawn, which of them are the reader's own, and their chart."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.urls import reverse

from survey.campaigns.models import GroupKind
from survey.dashboards.access import Reader
from survey.dashboards.filters import UnknownChoiceError
from survey.dashboards.linkage.choices import Chosen
from survey.dashboards.linkage.findings import Finding
from survey.dashboards.linkage.frame import Figure
from survey.dashboards.linkage.scatter import (
    Mark,
    Trend,
    draw_scatter,
    draws_crosses,
    list_marks,
)
from survey.dashboards.linkage.units import Unit, mark_one, read_units
from survey.dashboards.linkage.visits import Visit, list_visits
from survey.dashboards.trees import TeamTree
from survey.linkage.alignment import Aligned
from survey.linkage.printed import PrintedUnit, paired_units
from survey.organization.models import Team


@dataclass(frozen=True, slots=True)
class Drawn:
    """What the chart shows; absent names the team asked for that shows no figures here."""

    units: tuple[Unit, ...]
    marks: tuple[Mark, ...]
    figure: Figure | None
    visits: tuple[Visit, ...]
    coverage: Mapping[str, int]
    absent: str = ""

    @property
    def has_margins(self) -> bool:
        """Say whether any team's margin is known; published counts have none."""
        return any(unit.inside.is_known or unit.outside.is_known for unit in self.units)

    @property
    def draws_crosses(self) -> bool:
        """Say whether every team's margins are drawn."""
        return draws_crosses(self.units)

    @property
    def has_own(self) -> bool:
        """Say whether some teams stand out."""
        return any(unit.is_own for unit in self.units)


def draw_units(
    chosen: Chosen,
    aligned: Aligned | None,
    finding: Finding,
    *,
    tree: TeamTree,
    reader: Reader,
    ex_name: str,
    cx_name: str,
) -> Drawn:
    """Read the released figures of the chosen pair, as far as they may be seen, and draw them."""
    study, result = chosen.study, chosen.result
    printed = paired_units(
        pairing=study.pairing,
        aligned=aligned,
        ex_scale=result.ex_scale,
        cx_scale=result.cx_scale,
        scope=study.scope,
    )
    units, absent = _read_units(printed, chosen, tree, reader)
    figure = (
        draw_scatter(units, ex_name=ex_name, cx_name=cx_name, trend=_find_trend(finding))
        if units
        else None
    )
    return Drawn(
        units=units,
        marks=tuple(list_marks(units)),
        figure=figure,
        visits=tuple(list_visits(units)) if finding.has_coefficient else (),
        coverage=study.coverage,
        absent=absent,
    )


def _read_units(
    printed: Iterable[PrintedUnit], chosen: Chosen, tree: TeamTree, reader: Reader
) -> tuple[tuple[Unit, ...], str]:
    mine = reader.scope.led_team_ids | reader.scope.own_team_ids
    base = reverse("dashboards:teams")
    units = read_units(
        printed,
        tree=tree,
        scope=chosen.study.scope_id,
        opens=reader.opens,
        owns=lambda teams: bool(mine) and mine.issuperset(teams),
        page_of=lambda unit: f"{base}{unit.code}/" if unit.kind == GroupKind.TEAM else "",
    )
    if not chosen.team:
        return units, ""
    if any(unit.code == chosen.team for unit in units):
        return mark_one(units, chosen.team), ""
    return units, _name_absent(chosen.team, reader)


def _name_absent(code: str, reader: Reader) -> str:
    """Return the name of a team that has no figures here; whoever may not open it gets nothing."""
    team = Team.objects.filter(code=code).first()
    if team is None or not reader.opens([team.pk]):
        raise UnknownChoiceError(code)
    return team.name


def _find_trend(finding: Finding) -> Trend | None:
    if finding.r is None or finding.low is None or finding.high is None:
        return None
    return Trend(finding.r, finding.low, finding.high) if finding.has_full_verdict else None
