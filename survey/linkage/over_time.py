"""One pair of scales over all periods so far: between teams, inside teams, and both together."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from survey.linkage.comparing import Sides
from survey.linkage.history import History
from survey.linkage.tables import columns_of
from survey.statistics.correlation import pearson, repeated_measures
from survey.statistics.decomposition import waba
from survey.statistics.evidence import FEWEST_TEAMS
from survey.statistics.inputs import FloatArray, IntArray

TOO_FEW_TEAMS = f"fewer than {FEWEST_TEAMS} teams"
ONE_PERIOD = "needs two periods"


@dataclass(frozen=True, slots=True)
class Pooled:
    """The link between the means of teams over all periods."""

    r: float | None
    low: float | None
    high: float | None
    p_value: float | None
    n_teams: int
    n_waves: int
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Within:
    """The link inside teams: whether a team above its own usual is so on the other side too."""

    r: float | None
    low: float | None
    high: float | None
    p_value: float | None
    n_teams: int
    n_waves: int
    df: int | None
    reason: str = ""
    q_value: float | None = None


@dataclass(frozen=True, slots=True)
class Split:
    """The link over teams and periods, split into its parts between and within teams."""

    r_total: float | None = None
    r_between: float | None = None
    r_within: float | None = None
    eta_ex: float | None = None
    eta_cx: float | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class OverTime:
    """Everything that needs the periods before, but which side comes first."""

    pooled: Pooled
    within: Within
    waba: Split


def look_over_time(history: History, sides: Sides) -> list[OverTime]:
    """Compare every pair of scales over the units and periods that have both."""
    ex, cx = columns_of(history.ex), columns_of(history.cx)
    units, periods = (pd.factorize(history.rows[name].to_numpy())[0] for name in ("unit", "period"))
    found = []
    for one, other in sides.pairs():
        x, y = ex[one.scale], cx[other.scale]
        both = ~np.isnan(x) & ~np.isnan(y)
        rows = _Rows(x[both], y[both], _number(units[both]), _number(periods[both]))
        found.append(OverTime(_pool(rows), _look_within(rows), _split(rows)))
    return found


def _number(codes: IntArray) -> IntArray:
    return np.unique(codes, return_inverse=True)[1]


@dataclass(frozen=True, slots=True, eq=False)
class _Rows:
    """Both scores of each unit in each period; units and periods are numbered from 0."""

    x: FloatArray
    y: FloatArray
    units: IntArray
    periods: IntArray

    @property
    def n_teams(self) -> int:
        return int(self.units.max(initial=-1)) + 1

    @property
    def n_waves(self) -> int:
        return int(self.periods.max(initial=-1)) + 1


def _pool(rows: _Rows) -> Pooled:
    if rows.n_teams < FEWEST_TEAMS:
        return Pooled(None, None, None, None, rows.n_teams, rows.n_waves, TOO_FEW_TEAMS)
    found = pearson(_means(rows.x, rows.units), _means(rows.y, rows.units))
    return Pooled(
        found.r, found.low, found.high, found.p_value, found.n_teams, rows.n_waves, found.reason
    )


def _look_within(rows: _Rows) -> Within:
    """Take out what moved all teams of a period alike, then what is particular to a team."""
    x, y = (one - _means(one, rows.periods)[rows.periods] for one in (rows.x, rows.y))
    frame = pd.DataFrame({"team": rows.units, "x": x, "y": y})
    found = repeated_measures(
        frame, team="team", x="x", y="y", n_taken_out=max(rows.n_waves - 1, 0)
    )
    return Within(
        found.r,
        found.low,
        found.high,
        found.p_value,
        found.n_teams,
        rows.n_waves,
        found.df,
        found.reason,
    )


def _split(rows: _Rows) -> Split:
    if rows.n_teams < FEWEST_TEAMS:
        return Split(reason=TOO_FEW_TEAMS)
    if rows.n_waves < 2:
        return Split(reason=ONE_PERIOD)
    found = waba(rows.x, rows.y, pd.Index(rows.units))
    return Split(
        found.r_total, found.r_between, found.r_within, found.eta_x, found.eta_y, found.reason
    )


def _means(values: FloatArray, groups: IntArray) -> FloatArray:
    if not values.size:
        return values
    means: FloatArray = np.bincount(groups, weights=values) / np.bincount(groups)
    return means
