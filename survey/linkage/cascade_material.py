"""The released figures of a cascade: of arrows between teams, of the teams, of their customers."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from survey.aggregation.adding import add_figures
from survey.aggregation.selectors import released_figures
from survey.campaigns.models import Group, GroupArrow, GroupKind, GroupTeam
from survey.linkage.cascade_releases import (
    ByPeriod,
    CascadeReleases,
    keep_wording,
    newest_of,
    pick_scale,
)
from survey.linkage.printed import Margin
from survey.linkage.tables import FEWEST_CUSTOMERS
from survey.linkage.units import read_units
from survey.questionnaires.content import ScaleContent

EX_SCALE, CX_SCALE, RATING_SCALE = "fairness", "treatment", "internal_service"
NUMBERS = ["mean", "se", "low", "high", "n"]
OWN = (GroupKind.TEAM, GroupKind.NODE)  # a figure that is one team's alone
ENDS = {
    f"{end}__{field}": f"{end}{suffix}"
    for end in ("provider", "consumer")
    for field, suffix in (("id", "_id"), ("code", ""), ("name", "_name"))
}
UNIT = ["period", "kind", "team_ids", "mean"]
ARROW_ENDS = ("provider_id", "consumer_id")
ARROW = ["period", "group_id", "kind", "chain", *ENDS.values()]


@dataclass(frozen=True, slots=True)
class CascadeScales:
    """What is looked at on each side."""

    ex: ScaleContent
    cx: ScaleContent
    rating: ScaleContent


@dataclass(frozen=True, slots=True, eq=False)
class CascadeMaterial:
    """Everything a cascade of one period may use, of that period and those before it.

    `arrows` has a row per arrow and period: the names of its ends, the chain it has in the newest
    period ("" if none), the kind of its group, and the released figure, NaN where there is none.
    `ex` and `cx` have a row per unit and
    period with its mean; a unit is known by its teams, `team_ids`. `ex_own`, `cx_own` and `rated`
    are the figures of single teams in the period itself, by team. `below` names the teams of each
    node's subtree.
    """

    period: date
    scales: CascadeScales
    arrows: pd.DataFrame
    ex: pd.DataFrame
    cx: pd.DataFrame
    ex_own: Mapping[int, Margin]
    cx_own: Mapping[int, Margin]
    rated: Mapping[int, Margin]
    below: Mapping[int, frozenset[int]]

    @property
    def newest(self) -> pd.DataFrame:
        """Return the arrows of the period itself."""
        return self.arrows[self.arrows["period"] == self.period]


def choose_scales(releases: CascadeReleases) -> CascadeScales | None:
    """Choose what a cascade looks at on each side; None where a side asks no scale."""
    pairing = releases.pairing
    if pairing.colleague is None:
        return None
    ex = pick_scale(pairing.ex, releases.ex, EX_SCALE, is_linked=True)
    cx = pick_scale(pairing.cx, releases.cx, CX_SCALE, is_linked=True)
    rating = pick_scale(pairing.colleague, releases.colleague, RATING_SCALE, is_linked=False)
    if ex is None or cx is None or rating is None:
        return None
    return CascadeScales(ex, cx, rating)


def read_cascade(releases: CascadeReleases, scales: CascadeScales) -> CascadeMaterial:
    """Read what the last period of some releases is made of, as worded there."""
    period = releases.periods[-1]
    kept = CascadeReleases(
        releases.pairing,
        keep_wording(releases.colleague, scales.rating.code),
        keep_wording(releases.ex, scales.ex.code),
        keep_wording(releases.cx, scales.cx.code),
    )
    ratings = _read(kept.colleague, scales.rating.code)
    ex, cx = _read(kept.ex, scales.ex.code), _read(_only(kept.cx, period), scales.cx.code)
    teams = _list_teams(kept)
    return CascadeMaterial(
        period,
        scales,
        _rename_chains(_list_arrows(kept.colleague, ratings), period),
        ex.assign(team_ids=_members(ex, teams))[UNIT],
        _read_customers(kept, scales),
        _own(ex[ex["period"] == period], teams),
        _own(cx, teams),
        _own(ratings[ratings["period"] == period], teams),
        _find_subtrees(kept.ex, teams),
    )


def _only(releases: ByPeriod, period: date) -> ByPeriod:
    return {day: found for day, found in releases.items() if day == period}


def _waves(releases: ByPeriod) -> set[int]:
    return {one.wave_id for found in releases.values() for one in found}


def _read(releases: ByPeriod, scale: str) -> pd.DataFrame:
    """Return the figures of a scale with the period of their release, a row per group and one."""
    columns = ["wave_id", "month_start", "group_id", "group_kind", *NUMBERS]
    figures = released_figures(wave_ids=_waves(releases), metrics=[scale], columns=columns)
    places = {
        (one.wave_id, one.month_start): day for day, found in releases.items() for one in found
    }
    rows = zip(figures["wave_id"], figures["month_start"], strict=True)
    period = pd.Series([places.get(place) for place in rows], figures.index, dtype=object)
    found = figures.assign(period=period).rename(columns={"group_kind": "kind"})
    return found[period.notna()]


def _list_teams(releases: CascadeReleases) -> Mapping[int, tuple[int, ...]]:
    """Return the teams of every group of the waves behind some releases."""
    sides = (releases.colleague, releases.ex, releases.cx)
    waves = {wave for side in sides for wave in _waves(side)}
    teams: dict[int, tuple[int, ...]] = defaultdict(tuple)
    rows = GroupTeam.objects.filter(group__wave__in=waves).order_by("group", "team")
    for group, team in rows.values_list("group_id", "team_id"):
        teams[group] += (team,)
    return teams


def _members(figures: pd.DataFrame, teams: Mapping[int, tuple[int, ...]]) -> pd.Series:
    """Return the teams of the group of each figure."""
    return pd.Series([teams[one] for one in figures["group_id"]], figures.index, dtype=object)


def _own(figures: pd.DataFrame, teams: Mapping[int, tuple[int, ...]]) -> dict[int, Margin]:
    """Return the figures of single teams by team, months added up."""
    own = figures[figures["kind"].isin(OWN)]
    members = _members(own, teams)
    is_one = np.array([len(found) == 1 for found in members], dtype=bool)
    single = [found[0] for found in members if len(found) == 1]
    added = add_figures(own[is_one].assign(team_id=single), by=["team_id"])
    return {
        team: Margin(mean, _known(low), _known(high), n)
        for team, mean, low, high, n in added.reset_index()[
            ["team_id", "mean", "low", "high", "n"]
        ].itertuples(index=False, name=None)
    }


def _known(number: float) -> float | None:
    return None if number != number else number


def _list_arrows(releases: ByPeriod, ratings: pd.DataFrame) -> pd.DataFrame:
    """Put the figure of its group beside each arrow that was asked about."""
    places = {one.wave_id: day for day, found in releases.items() for one in found}
    fields = ("group__wave_id", "group_id", "group__kind", "chain", *ENDS)
    rows = GroupArrow.objects.filter(group__wave__in=places).order_by(
        "provider__code", "consumer__code", "pk"
    )
    listed = [(places[wave], *about) for wave, *about in rows.values_list(*fields)]
    arrows = pd.DataFrame(listed, columns=ARROW)
    return arrows.merge(ratings[["group_id", *NUMBERS]], on="group_id", how="left")


def _rename_chains(arrows: pd.DataFrame, period: date) -> pd.DataFrame:
    """Put every arrow into the chain it has in the period, so that a new name keeps its history."""
    ends = list(ARROW_ENDS)
    newest = arrows[arrows["period"] == period].drop_duplicates(ends, keep="last")
    named = newest[[*ends, "chain"]]
    found = arrows[ends].merge(named, on=ends, how="left")["chain"].fillna("")
    return arrows.assign(chain=found.to_numpy())


def _read_customers(releases: CascadeReleases, scales: CascadeScales) -> pd.DataFrame:
    """Return the customers' figures of employee groups over the periods, as every study does."""
    aligned = releases.aligned()
    read = read_units(aligned, scales=[scales.ex.code, scales.cx.code])
    found = [
        _join(units.groups, units.cx[units.cx["n"] >= FEWEST_CUSTOMERS], scales.cx.code).assign(
            period=one.period_start
        )
        for one, units in zip(aligned, read, strict=True)
    ]
    return pd.concat(found) if found else pd.DataFrame(columns=UNIT)


def _join(groups: pd.DataFrame, figures: pd.DataFrame, scale: str) -> pd.DataFrame:
    """Put the mean of one scale beside the groups that have one."""
    of_scale = figures[figures.index.get_level_values("metric") == scale].droplevel("metric")
    return groups[["kind", "team_ids"]].join(of_scale["mean"], how="inner")


def _find_subtrees(
    releases: ByPeriod, teams: Mapping[int, Collection[int]]
) -> dict[int, frozenset[int]]:
    """Return the teams below each node, itself included, in the newest tree of employees."""
    rows = Group.objects.filter(wave__in=[one.wave_id for one in newest_of(releases)])
    parents = dict(rows.values_list("pk", "parent_id"))
    nodes = set(rows.filter(kind=GroupKind.NODE).values_list("pk", flat=True))
    found: dict[int, set[int]] = defaultdict(set)
    for group in parents:
        above: int | None = group
        while above is not None:
            for node in teams[above] if above in nodes else ():
                found[node].update(teams[group])
            above = parents[above]
    return {team: frozenset(members) for team, members in found.items()}
