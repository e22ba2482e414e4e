"""Team figures over periods, to look back from one of them; never forward."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from survey.linkage.tables import Table
from survey.linkage.units import Units

EX, CX = "ex ", "cx "  # before a scale's code: both sides may use the same


@dataclass(frozen=True, slots=True, eq=False)
class History:
    """The figures of units over periods, a row per unit and period.

    `rows` names the unit, known by its teams, with their team_ids and the period. `ex` and
    `cx` hold the means, a column per scale, with the same rows.
    """

    rows: pd.DataFrame
    ex: pd.DataFrame
    cx: pd.DataFrame

    @property
    def n_periods(self) -> int:
        """Return how many periods have a figure."""
        return int(self.rows["period"].nunique())

    def as_frame(self) -> pd.DataFrame:
        """Put everything into one table: unit, period, and every scale under EX or CX."""
        keys = self.rows[["unit", "period"]]
        return pd.concat([keys, self.ex.add_prefix(EX), self.cx.add_prefix(CX)], axis=1)


def gather(units: Mapping[date, Units], tables: Mapping[date, Table]) -> History:
    """Put the units of all periods under each other.

    A pool is the same unit only while the same teams are in it.
    """
    rows = pd.concat(
        units[start].groups.loc[table.index, ["team_ids"]].assign(period=start)
        for start, table in tables.items()
    )
    rows["unit"] = [" ".join(map(str, members)) for members in rows["team_ids"]]
    ex, cx = (pd.concat([getattr(one, side) for one in tables.values()]) for side in ("ex", "cx"))
    return History(rows, ex, cx)


def look_back(history: History, *, until: date) -> History:
    """Keep the periods up to one."""
    return _keep(history, history.rows["period"] <= until)


def look_inside(history: History, *, team_ids: frozenset[int]) -> History:
    """Keep the units all of whose teams are among these."""
    kept = [team_ids.issuperset(members) for members in history.rows["team_ids"]]
    return _keep(history, pd.Series(kept, history.rows.index, dtype=bool))


def _keep(history: History, kept: pd.Series) -> History:
    return History(history.rows[kept], history.ex[kept], history.cx[kept])
