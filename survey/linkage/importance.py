"""Which staff themes go with each customers' score the most, as shares of R squared and as ranks.

Relative importance is no cause: a theme may stand for something else that nobody asked about.
"""

from dataclasses import dataclass

import pandas as pd

from survey.linkage.comparing import Sides
from survey.linkage.parts import Part
from survey.statistics.importance import TEAMS_PER_PREDICTOR, ranked


@dataclass(frozen=True, slots=True)
class Share:
    """The part of R squared that one staff theme goes with, and its rank among them, from 1 on."""

    ex_scale: str
    share: float
    low: float
    high: float
    rank: int
    rank_low: int
    rank_high: int


@dataclass(frozen=True, slots=True)
class Importance:
    """How the staff themes share out what they go with in one customers' score.

    r2 and shares are None and empty where the units are too few to tell; reason says so.
    """

    cx_scale: str
    r2: float | None
    n_teams: int
    shares: tuple[Share, ...]
    reason: str


def rank_themes(part: Part, sides: Sides, *, seed: int) -> tuple[Importance, ...]:
    """Rank the staff themes that a part shows, for each customers' scale, over its units."""
    themes = part.table.ex[[one.scale for one in sides.ex]].dropna(axis=1, how="all")
    return tuple(_rank(themes, part.table.cx[one.scale], one.scale, seed) for one in sides.cx)


def _rank(themes: pd.DataFrame, outcome: pd.Series, cx_scale: str, seed: int) -> Importance:
    n_themes = len(themes.columns)
    n_teams = int((themes.notna().all(axis=1) & outcome.notna()).sum()) if n_themes else 0
    if not n_themes or n_teams < TEAMS_PER_PREDICTOR * n_themes:
        return Importance(cx_scale, None, n_teams, (), _explain(n_themes, n_teams))
    found = ranked(themes, outcome, seed=seed)
    if found.empty:
        reason = "the teams or two of the themes have the same scores"
        return Importance(cx_scale, None, n_teams, (), reason)
    return Importance(cx_scale, float(found["share"].sum()), n_teams, _list_shares(found), "")


def _list_shares(found: pd.DataFrame) -> tuple[Share, ...]:
    """Return the shares, the largest first."""
    ordered = found.sort_values("share", ascending=False, kind="stable")
    rows = zip(ordered.index.astype(str), ordered.to_numpy(dtype=float).tolist(), strict=True)
    return tuple(
        Share(scale, share, low, high, rank, int(rank_low), int(rank_high))
        for rank, (scale, (share, low, high, rank_low, rank_high)) in enumerate(rows, start=1)
    )


def _explain(n_themes: int, n_teams: int) -> str:
    if not n_themes:
        return "no team shows a staff theme"
    return (
        f"needs {TEAMS_PER_PREDICTOR * n_themes} teams, {TEAMS_PER_PREDICTOR} for each staff "
        f"theme; has {n_teams}"
    )
