"""The teams of the page: which are drawn, which of them are the reader's own, and their chart."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils.safestring import SafeString

from survey.dashboards.access import Reader
from survey.dashboards.filters import UnknownChoiceError
from survey.dashboards.linkage.choices import Chosen
from survey.dashboards.linkage.drawing import Drawing, Sheet, draw
from survey.dashboards.linkage.findings import Finding
from survey.dashboards.linkage.scatter import Mark, Trend, draws_crosses
from survey.dashboards.linkage.units import Unit
from survey.dashboards.linkage.visits import Visit
from survey.dashboards.trees import TeamTree
from survey.linkage.alignment import Aligned
from survey.linkage.printed import paired_units
from survey.organization.models import Team

MOST_ROWS = 200  # of the table below the chart; all of more teams have an address of their own


@dataclass(frozen=True)
class Drawn:
    """What the chart shows; absent names the team asked for that shows no figures here."""

    drawing: Drawing
    coverage: Mapping[str, int]
    has_visits: bool = False
    absent: str = ""

    @property
    def units(self) -> tuple[Unit, ...]:
        """Return the teams, by name."""
        return self.drawing.units

    @property
    def marks(self) -> tuple[Mark, ...]:
        """Return how each part is drawn."""
        return self.drawing.marks

    @property
    def figure(self) -> SafeString:
        """Return the chart as JSON; empty where there is no team."""
        return self.drawing.figure

    @property
    def visits(self) -> tuple[Visit, ...]:
        """Return the teams worth a visit."""
        return self.drawing.visits if self.has_visits else ()

    @property
    def rows(self) -> Sequence[Unit]:
        """Return the teams of the table below the chart: all, or the first, own ones foremost."""
        if len(self.units) <= MOST_ROWS:
            return self.units
        return sorted(self.units, key=lambda unit: not unit.is_own)[:MOST_ROWS]

    @property
    def leaves_rows_out(self) -> bool:
        """Say whether the table below the chart ends before the last team."""
        return len(self.units) > MOST_ROWS

    @cached_property
    def has_margins(self) -> bool:
        """Say whether any team's margin is known; published counts have none."""
        return any(unit.inside.is_known or unit.outside.is_known for unit in self.units)

    @property
    def draws_crosses(self) -> bool:
        """Say whether every team's margins are drawn."""
        return draws_crosses(self.units)

    @cached_property
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
    rows = tuple(unit for unit in printed if reader.opens(unit.team_ids))
    is_drawn = any(unit.code == chosen.team for unit in rows)
    drawing = draw(
        Sheet(
            scope=study.scope_id,
            team=chosen.team if is_drawn else "",
            own=reader.scope.led_team_ids | reader.scope.own_team_ids,
            ex_name=ex_name,
            cx_name=cx_name,
            trend=_find_trend(finding),
            rows=rows,
            tree=tree,
        )
    )
    return Drawn(
        drawing=drawing,
        coverage=study.coverage,
        has_visits=finding.has_coefficient,
        absent="" if is_drawn or not chosen.team else _name_absent(chosen.team, reader),
    )


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
