"""The figures of one period as tables: a row per unit, a column per scale."""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
import pandas as pd

from survey.linkage.units import Units
from survey.statistics.inputs import FloatArray

FEWEST_CUSTOMERS = 10


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """Means and numbers of people of the units that both sides show, all with the same rows.

    A customer figure of fewer than ten people is left out. `shares` says, a column per channel,
    which part of a unit's customers came that way.
    """

    ex: pd.DataFrame
    ex_n: pd.DataFrame
    cx: pd.DataFrame
    cx_n: pd.DataFrame
    shares: pd.DataFrame

    @property
    def index(self) -> pd.Index:
        """Return the groups in the rows."""
        return self.ex.index


def lay_out(units: Units) -> Table:
    """Spread the figures of a period out; a scale that no unit may show keeps its column."""
    enough = units.cx[units.cx["n"] >= FEWEST_CUSTOMERS]
    both = _groups_of(units.ex).intersection(_groups_of(enough))
    scales = units.ex.index.unique("metric")
    cx_scales = units.cx.index.unique("metric").union(pd.Index(units.customers["metric"].unique()))
    people = units.channels.loc[enough.index].groupby("group_id").sum().reindex(both)
    return Table(
        ex=_spread(units.ex, "mean", both, scales),
        ex_n=_spread(units.ex, "n", both, scales),
        cx=_spread(enough, "mean", both, cx_scales),
        cx_n=_spread(enough, "n", both, cx_scales),
        shares=people.div(people.sum(axis=1), axis=0),
    )


def keep(table: Table, groups: Collection[int]) -> Table:
    """Keep the units of some groups."""
    at = np.flatnonzero(table.index.isin(list(groups)))
    frames = (table.ex, table.ex_n, table.cx, table.cx_n, table.shares)
    return Table(*(frame.iloc[at] for frame in frames))


def columns_of(frame: pd.DataFrame) -> dict[str, FloatArray]:
    """Take a table of numbers apart, which is quicker to read than the table itself."""
    return dict(zip(frame.columns, frame.to_numpy(dtype=np.float64).T, strict=True))


def _groups_of(figures: pd.DataFrame) -> pd.Index:
    return figures.index.unique("group_id").sort_values()


def _spread(figures: pd.DataFrame, name: str, groups: pd.Index, scales: pd.Index) -> pd.DataFrame:
    rows, columns = (figures.index.get_level_values(level) for level in ("group_id", "metric"))
    found = np.full((len(groups), len(scales)), np.nan)
    at = groups.get_indexer(rows)
    found[at[at >= 0], scales.get_indexer(columns)[at >= 0]] = figures[name][at >= 0]
    return pd.DataFrame(found, index=groups, columns=scales)
