"""The units of a comparison: employee groups with the customers of their teams beside them.

Everything is taken from released, printed figures, so that anybody can compute it again.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from survey.aggregation.metrics import ITEM_PREFIX
from survey.aggregation.selectors import released_figures
from survey.campaigns.models import Group, GroupKind, GroupTeam, Wave
from survey.linkage.alignment import Aligned
from survey.statistics.inputs import NORMAL_95

LEAVES = (GroupKind.TEAM, GroupKind.DIRECT, GroupKind.POOL)
FIGURES = ["mean", "se", "low", "high", "n"]


@dataclass(frozen=True, slots=True, eq=False)
class Units:
    """What is compared in one period.

    `groups` has a row per team-level employee group, by id: code, name, kind, team_ids. `ex` and
    `cx` have a row per group and scale: mean, se, low, high, n. `scopes` names the groups below
    each node, by the node's team. `customers` holds all released customer figures by their own
    groups, over all releases: group_code, metric, n, mean.
    """

    groups: pd.DataFrame
    ex: pd.DataFrame
    cx: pd.DataFrame
    scopes: Mapping[int, frozenset[int]]
    customers: pd.DataFrame


def read_units(aligned: Aligned, *, scales: Collection[str] | None = None) -> Units:
    """Join the released figures of one period, of all scales or of some."""
    teams = _read_teams(aligned.ex.wave_id)
    groups, scopes = _read_groups(aligned.ex.wave, teams)
    ex = _leaf_figures(released_figures(wave_ids=[aligned.ex.wave_id], metrics=scales))
    customers = _customer_figures(aligned, scales)
    units = _find_units(aligned, {group: teams[group] for group in groups.index})
    joined = customers.assign(unit=customers["group_id"].map(units)).dropna(subset="unit")
    cx = add_figures(joined.astype({"unit": "int64"}), by="unit")
    return Units(groups, ex.set_index(["group_id", "metric"])[FIGURES], cx, scopes, customers)


def of_scale(figures: pd.DataFrame, scale: str) -> pd.DataFrame:
    """Keep the figures of one scale of `Units.ex` or `Units.cx`, by group."""
    return figures[figures.index.get_level_values("metric") == scale].droplevel("metric")


def add_figures(figures: pd.DataFrame, *, by: str) -> pd.DataFrame:
    """Add figures of separate people up: one row per `by` and metric, weighted by people.

    A figure that stands alone keeps its printed interval; a sum has a normal one, or none where
    a part has no standard error.
    """
    parts = figures.assign(
        total=figures["n"] * figures["mean"], v=(figures["n"] * figures["se"]) ** 2
    )
    grouped = parts.groupby([by, "metric"], sort=True)
    sums = grouped[["n", "total"]].sum()
    sums["mean"] = sums["total"] / sums["n"]
    sums["se"] = np.sqrt(grouped["v"].sum(skipna=False)) / sums["n"]
    alone = grouped.size() == 1
    for name, sign in (("low", -1), ("high", 1)):
        bound = (sums["mean"] + sign * NORMAL_95 * sums["se"]).clip(0, 100)
        sums[name] = bound.where(~alone, grouped[name].first())
    sums.index.names = ["group_id", "metric"]
    return sums[FIGURES]


def _read_teams(wave_id: int) -> dict[int, tuple[int, ...]]:
    teams: dict[int, list[int]] = defaultdict(list)
    rows = GroupTeam.objects.filter(group__wave=wave_id).order_by("group", "team")
    for group, team in rows.values_list("group_id", "team_id"):
        teams[group].append(team)
    return defaultdict(tuple, {group: tuple(found) for group, found in teams.items()})


def _read_groups(
    wave: Wave, teams: Mapping[int, tuple[int, ...]]
) -> tuple[pd.DataFrame, dict[int, frozenset[int]]]:
    rows = {group.pk: group for group in Group.objects.filter(wave=wave)}
    leaves = {pk: group for pk, group in rows.items() if group.kind in LEAVES}
    scopes: dict[int, set[int]] = defaultdict(set)
    for pk, group in leaves.items():
        above = group.parent_id
        while above is not None:
            for team in teams[above]:
                scopes[team].add(pk)
            above = rows[above].parent_id
    table = {pk: (group.code, group.name, group.kind, teams[pk]) for pk, group in leaves.items()}
    frame = pd.DataFrame.from_dict(
        table, orient="index", columns=["code", "name", "kind", "team_ids"]
    )
    return frame, {team: frozenset(found) for team, found in scopes.items()}


def _customer_figures(aligned: Aligned, scales: Collection[str] | None) -> pd.DataFrame:
    releases = {(release.wave_id, release.month_start) for release in aligned.cx}
    waves = {wave for wave, _ in releases}
    figures = _leaf_figures(released_figures(wave_ids=waves, metrics=scales))
    places = zip(figures["wave_id"], figures["month_start"], strict=True)
    is_aligned = pd.Series([place in releases for place in places], figures.index, dtype=bool)
    return figures[is_aligned]


def _leaf_figures(figures: pd.DataFrame) -> pd.DataFrame:
    is_leaf = figures["group_kind"].isin(LEAVES)
    return figures[is_leaf & ~figures["metric"].str.startswith(ITEM_PREFIX)]


def _find_units(aligned: Aligned, units: Mapping[int, tuple[int, ...]]) -> dict[int, int]:
    """Return, for the customers' groups, the employee group that holds all of their teams."""
    unit_of = {team: unit for unit, teams in units.items() for team in teams}
    found: dict[int, int] = {}
    for wave_id in {release.wave_id for release in aligned.cx}:
        for group, teams in _read_teams(wave_id).items():
            homes = {unit_of.get(team) for team in teams}
            home = homes.pop() if len(homes) == 1 else None
            if home is not None:
                found[group] = home
    return found
