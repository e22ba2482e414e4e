"""The chart of a comparison, drawn once for everything that it depends on.

Two requests whose sheets are equal see the same drawing. A sheet holds the figures themselves and
whatever names, places or marks them, so nothing kept can be of another part, reader or release.
Who may see a row is asked anew on every request: a sheet holds only what its reader may see.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from survey.campaigns.models import GroupKind
from survey.dashboards.linkage.scatter import Mark, Trend, draw_scatter, list_marks
from survey.dashboards.linkage.units import Unit, mark_one, place_units
from survey.dashboards.linkage.visits import Visit, list_visits
from survey.dashboards.trees import TeamTree
from survey.linkage.printed import PrintedUnit

MOST_KEPT = 12  # drawings, some 1 MB each at 2,000 teams
IN_SCRIPT: Mapping[int, str] = {ord(mark): f"\\u{ord(mark):04X}" for mark in "<>&"}


@dataclass(frozen=True, slots=True)
class Sheet:
    """All that a drawing depends on; team is the code of the one to see among the others.

    Rows and tree are left out of the hash, which would cost as much as drawing, but not out of
    the comparison.
    """

    scope: int
    team: str
    own: frozenset[int]
    ex_name: str
    cx_name: str
    trend: Trend | None
    rows: tuple[PrintedUnit, ...] = field(hash=False)
    tree: TeamTree = field(hash=False)
    language: str = field(default_factory=get_language)


@dataclass(frozen=True, slots=True)
class Drawing:
    """Teams by name, how their parts are marked, which are worth a visit, and the chart as JSON.

    The JSON may stand in a script element as it is; it is empty where there is no team.
    """

    units: tuple[Unit, ...]
    marks: tuple[Mark, ...]
    visits: tuple[Visit, ...]
    figure: SafeString


@lru_cache(maxsize=MOST_KEPT)
def draw(sheet: Sheet) -> Drawing:
    """Place, mark and draw the teams of a sheet."""
    base = reverse("dashboards:teams")
    units = place_units(
        sheet.rows,
        tree=sheet.tree,
        scope=sheet.scope,
        owns=lambda teams: bool(sheet.own) and sheet.own.issuperset(teams),
        page_of=lambda unit: f"{base}{unit.code}/" if unit.kind == GroupKind.TEAM else "",
    )
    if any(unit.code == sheet.team for unit in units):
        units = mark_one(units, sheet.team)
    return Drawing(
        units, tuple(list_marks(units)), tuple(list_visits(units)), _write_figure(units, sheet)
    )


def _write_figure(units: tuple[Unit, ...], sheet: Sheet) -> SafeString:
    if not units:
        return SafeString("")
    figure = draw_scatter(units, ex_name=sheet.ex_name, cx_name=sheet.cx_name, trend=sheet.trend)
    text = json.dumps(figure, separators=(",", ":"), allow_nan=False, ensure_ascii=False)
    return SafeString(text.translate(IN_SCRIPT))
