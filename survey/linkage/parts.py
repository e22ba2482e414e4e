"""One part of the organisation in one period, with what came before: all that a study may use.

Whoever leads the part reads its study, so nothing from outside the part enters here.
"""

from collections.abc import Collection
from dataclasses import dataclass

import pandas as pd

from survey.linkage.history import History, look_inside
from survey.linkage.tables import Table, keep
from survey.linkage.units import Units

TRUST_SCALE = "survey_trust"
TRUST_IS_LOW_BELOW = 50.0  # of 100: more people doubt than trust


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """The groups of a part, their figures of the period, and of the periods up to it.

    `groups` are all groups in the part, whether shown or not. `history` holds units whose teams
    are all in the part in this period, wherever they were before. `branches` names, for each
    group, the node directly below the part's own that it belongs to (None: to no other).
    """

    groups: pd.DataFrame
    table: Table
    history: History
    branches: pd.Series
    trust_is_low: bool


def cut_part(
    units: Units, table: Table, history: History, *, team_id: int, group_ids: Collection[int]
) -> Part:
    """Cut what lies below a node out of a period and of the periods up to it."""
    groups = units.groups.loc[sorted(group_ids)]
    teams = frozenset(team for members in groups["team_ids"] for team in members)
    return Part(
        groups,
        keep(table, groups.index),
        look_inside(history, team_ids=teams),
        pd.Series([_branch(path, team_id) for path in groups["path"]], groups.index, dtype=object),
        _is_trust_low(units.ex, groups.index),
    )


def _branch(path: tuple[int, ...], team_id: int) -> int | None:
    below = path[path.index(team_id) + 1 :] if team_id in path else path
    return below[0] if below else None


def _is_trust_low(ex: pd.DataFrame, groups: pd.Index) -> bool:
    """Tell whether people doubt the survey itself; not known where it is not asked."""
    asked = ex[ex.index.get_level_values("metric") == TRUST_SCALE].droplevel("metric")
    inside = asked[asked.index.isin(groups)]
    if inside.empty:
        return False
    return bool((inside["mean"] * inside["n"]).sum() / inside["n"].sum() < TRUST_IS_LOW_BELOW)
