"""Units, parts and sides for the tests of linkage, without a database."""

from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np
import numpy.typing as npt
import pandas as pd

from survey.linkage.comparing import Side, Sides
from survey.linkage.history import gather, look_back
from survey.linkage.parts import Part, cut_part
from survey.linkage.tables import lay_out
from survey.linkage.units import FIGURES, Units
from survey.linkage.worth import Worth

ROOT, NORTH, SOUTH = 1, 10, 20
GOOD = Worth(0.3, "GREEN")
FAIR = Side("fair", "being treated fairly", GOOD)
SEEN = Side("seen", "being seen", GOOD)
CARE = Side("care", "care", GOOD)
SIDES = Sides(ex=(FAIR, SEEN), cx=(CARE,))

PAIR_KEYS = {
    *("n_ex", "n_cx", "r", "low", "high", "p_value", "q_value"),
    *("spearman", "spearman_low", "spearman_high", "kendall"),
    *("reliability_ex", "reliability_cx", "ceiling", "minimum_detectable"),
    *("disattenuated", "disattenuated_low", "disattenuated_high"),
    *("loo_low", "loo_high", "bootstrap_low", "bootstrap_high", "influence"),
    *("partial", "pooled", "within", "waba", "lags", "direction"),
}

Numbers = Sequence[float] | npt.NDArray[np.float64]


def make_units(
    ex: Mapping[str, Numbers],
    cx: Mapping[str, Numbers],
    *,
    at: int = 0,
    n_ex: int | Numbers = 8,
    n_cx: int | Numbers = 30,
    shares: Mapping[str, Numbers] | None = None,
) -> Units:
    """Make the units of a period from scores per scale; NaN is not shown.

    Team t is 1000 + t, every other one in the north, in a group of its own in each period.
    `shares` says, by channel, which part of the customers came that way; default: all personally.
    """
    n_teams = len(next(iter(ex.values())))
    index = pd.Index(range(10_000 * at + 1, 10_000 * at + n_teams + 1))
    codes = [f"t{team:03}" for team in range(n_teams)]
    groups = pd.DataFrame({"code": codes, "name": [f"Team {code}" for code in codes]}, index=index)
    groups["kind"] = "TEAM"
    groups["team_ids"] = [(1000 + team,) for team in range(n_teams)]
    groups["path"] = [(ROOT, NORTH if team % 2 else SOUTH) for team in range(n_teams)]
    scopes = {
        node: frozenset(index[[node in path for path in groups["path"]]])
        for node in (ROOT, NORTH, SOUTH)
    }
    outside = _tall(cx, index, n_cx)
    people = pd.DataFrame(shares or {"PERSONAL": np.ones(n_teams)}, index=index)
    channels = people.loc[outside.index.get_level_values("group_id")].set_axis(outside.index)
    customers = outside.reset_index()[["group_id", "metric", "n", "mean"]]
    return Units(
        groups,
        _tall(ex, index, n_ex),
        outside,
        channels.mul(outside["n"], axis=0),
        scopes,
        customers.rename(columns={"group_id": "group_code"}),
    )


def _tall(scores: Mapping[str, Numbers], index: pd.Index, n: int | Numbers) -> pd.DataFrame:
    frames = [
        pd.DataFrame({"mean": values, "se": 2.0, "n": n, "metric": metric}, index=index)
        for metric, values in scores.items()
    ]
    frame = pd.concat(frames).dropna(subset="mean")
    frame["low"], frame["high"] = frame["mean"] - 4, frame["mean"] + 4
    return frame.rename_axis("group_id").set_index("metric", append=True)[FIGURES]


def start_of(at: int) -> date:
    """Return the first day of the quarter with a number."""
    return date(2020 + at // 4, 3 * (at % 4) + 1, 1)


def make_part(*periods: Units, team_id: int = ROOT) -> Part:
    """Cut a node out of the last of some periods, with the others as its past."""
    units = {start_of(at): one for at, one in enumerate(periods)}
    tables = {start: lay_out(one) for start, one in units.items()}
    last = max(units)
    return cut_part(
        units[last],
        tables[last],
        look_back(gather(units, tables), until=last),
        team_id=team_id,
        group_ids=units[last].scopes[team_id],
    )


def draw_periods(n_teams: int, n_periods: int, *, lag: float = 0.0, seed: int = 7) -> list[Units]:
    """Draw quarters in which care follows fair by a quarter, inside teams, as far as `lag` says."""
    rng = np.random.default_rng(seed)
    level = rng.normal(size=(3, n_teams))
    fair, seen, care = rng.normal(size=(3, n_teams))
    periods = []
    for at in range(n_periods):
        noise = rng.normal(size=(3, n_teams))
        care = 0.3 * care + lag * fair + noise[0]
        fair, seen = 0.3 * fair + noise[1], noise[2]
        scores = [
            60 + 5 * (one + usual) for one, usual in zip((fair, seen, care), level, strict=True)
        ]
        periods.append(
            make_units({"fair": scores[0], "seen": scores[1]}, {"care": scores[2]}, at=at)
        )
    return periods
