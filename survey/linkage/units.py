"""The units of a comparison: employee groups with the customers of their teams beside them.

Everything is taken from released, printed figures, so that anybody can compute it again.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from survey.aggregation.adding import add_figures
from survey.aggregation.metrics import ITEM_PREFIX
from survey.aggregation.selectors import released_figures
from survey.campaigns.models import Group, GroupKind, GroupTeam
from survey.linkage.alignment import Aligned

LEAVES = (GroupKind.TEAM, GroupKind.DIRECT, GroupKind.POOL)
FIGURES = ["mean", "se", "low", "high", "n"]
PLACE = ["wave_id", "month_start"]
READ = [*PLACE, "group_id", "group_kind", "group_code", "metric", *FIGURES]

Teams = Mapping[int, tuple[int, ...]]  # of each group


@dataclass(frozen=True, slots=True, eq=False)
class Units:
    """What is compared in one period.

    `groups` has a row per team-level employee group, by id: code, name, kind, team_ids, path (the
    teams of the nodes above it, the highest first). `ex` and `cx` have a row per group and scale:
    mean, se, low, high, n. `channels` counts, beside `cx`, the customers by channel. `scopes`
    names the groups below each node, by the node's team. `customers` holds all released customer
    figures by their own groups, over all releases: group_code, metric, n, mean.
    """

    groups: pd.DataFrame
    ex: pd.DataFrame
    cx: pd.DataFrame
    channels: pd.DataFrame
    scopes: Mapping[int, frozenset[int]]
    customers: pd.DataFrame


def read_units(periods: Sequence[Aligned], *, scales: Collection[str] | None = None) -> list[Units]:
    """Join the released figures of each period, of all scales or of some, reading them once."""
    released = [release for aligned in periods for release in (aligned.ex, *aligned.cx)]
    waves = {release.wave_id for release in released}
    if scales is None:
        scales = {code for release in released for code in release.scales}
    figures = released_figures(wave_ids=waves, metrics=scales, columns=READ)
    is_leaf = figures["group_kind"].isin(LEAVES) & ~figures["metric"].str.startswith(ITEM_PREFIX)
    by_period = _split(figures[is_leaf], periods)
    teams = _read_teams(waves)
    groups = _read_groups({aligned.ex.wave_id for aligned in periods}, teams)
    return [
        _join(aligned, by_period[at], groups[aligned.ex.wave_id], teams)
        for at, aligned in enumerate(periods)
    ]


def _split(figures: pd.DataFrame, periods: Sequence[Aligned]) -> dict[int, pd.DataFrame]:
    """Return the figures that belong to each period, by its place."""
    places = {
        (release.wave_id, release.month_start): at
        for at, aligned in enumerate(periods)
        for release in (aligned.ex, *aligned.cx)
    }
    rows = zip(figures["wave_id"], figures["month_start"], strict=True)
    period = pd.Series([places.get(place, -1) for place in rows], figures.index, dtype="int64")
    found = dict(iter(figures.groupby(period)))
    return {at: found.get(at, figures.iloc[:0]) for at in range(len(periods))}


def _join(aligned: Aligned, figures: pd.DataFrame, groups: pd.DataFrame, teams: Teams) -> Units:
    is_ex = figures["wave_id"] == aligned.ex.wave_id
    customers = figures[~is_ex]
    homes = _find_homes(customers["group_id"].unique(), teams, groups["team_ids"])
    joined = customers.assign(unit=customers["group_id"].map(homes)).dropna(subset="unit")
    joined = joined.astype({"unit": "int64"})
    return Units(
        groups,
        figures[is_ex].set_index(["group_id", "metric"])[FIGURES],
        add_figures(joined, by=["unit", "metric"]).rename_axis(["group_id", "metric"]),
        _count_channels(joined, {one.wave_id: one.wave.channel for one in aligned.cx}),
        _find_scopes(groups["path"]),
        customers,
    )


def _count_channels(joined: pd.DataFrame, channels: Mapping[int, str]) -> pd.DataFrame:
    """Count the people behind the customer figures of each unit and scale, a column per channel."""
    counted = joined.assign(channel=joined["wave_id"].map(channels)).pivot_table(
        index=["unit", "metric"], columns="channel", values="n", aggfunc="sum", fill_value=0
    )
    counted.index.names = ["group_id", "metric"]
    return counted


def _read_teams(wave_ids: Collection[int]) -> Teams:
    teams: dict[int, list[int]] = defaultdict(list)
    rows = GroupTeam.objects.filter(group__wave__in=wave_ids).order_by("group", "team")
    for group, team in rows.values_list("group_id", "team_id"):
        teams[group].append(team)
    return defaultdict(tuple, {group: tuple(found) for group, found in teams.items()})


def _read_groups(wave_ids: Collection[int], teams: Teams) -> dict[int, pd.DataFrame]:
    """Return the team-level groups of each employee wave, by id."""
    rows = list(
        Group.objects.filter(wave__in=wave_ids)
        .order_by("pk")
        .values_list("pk", "wave_id", "parent_id", "kind", "code", "name")
    )
    parents = {pk: parent for pk, _, parent, *_ in rows}
    tables: dict[int, dict[int, tuple[object, ...]]] = {wave: {} for wave in wave_ids}
    for pk, wave, _, kind, code, name in rows:
        if kind in LEAVES:
            tables[wave][pk] = (code, name, kind, teams[pk], _find_path(pk, parents, teams))
    columns = ["code", "name", "kind", "team_ids", "path"]
    return {
        wave: pd.DataFrame.from_dict(table, orient="index", columns=columns)
        for wave, table in tables.items()
    }


def _find_path(group: int, parents: Mapping[int, int | None], teams: Teams) -> tuple[int, ...]:
    path: list[int] = []
    above = parents[group]
    while above is not None:
        path += teams[above]
        above = parents[above]
    return tuple(path[::-1])


def _find_scopes(paths: pd.Series) -> dict[int, frozenset[int]]:
    scopes: dict[int, set[int]] = defaultdict(set)
    for group, path in zip(paths.index.tolist(), paths.tolist(), strict=True):
        for team in path:
            scopes[team].add(group)
    return {team: frozenset(found) for team, found in scopes.items()}


def _find_homes(groups: Iterable[int], teams: Teams, units: pd.Series) -> dict[int, int]:
    """Return, for the customers' groups, the employee group that holds all of their teams."""
    rows = zip(units.index.tolist(), units.tolist(), strict=True)
    unit_of = {team: unit for unit, members in rows for team in members}
    found: dict[int, int] = {}
    for group in groups:
        homes = {unit_of.get(team) for team in teams[group]}
        home = homes.pop() if len(homes) == 1 else None
        if home is not None:
            found[group] = home
    return found
