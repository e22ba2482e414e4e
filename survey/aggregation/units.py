"""The groups of one or several releases, joined by what they are and which teams they hold."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd
from django.db.models import OuterRef, Subquery

from survey.aggregation.adding import add_details, add_figures, add_shares
from survey.aggregation.comparison import Figures, Place, Said, Unit
from survey.aggregation.models import Release
from survey.aggregation.selectors import released_figures
from survey.campaigns.models import Group, GroupArrow, GroupTeam


def read_units(releases: Sequence[Release]) -> tuple[dict[Unit, Place], Figures]:
    """Return the places of all groups of some releases, and the figures of those that show any.

    Of a unit that stands in several waves, the last wave says where and under which name.
    """
    units, places = read_places([release.wave_id for release in releases])
    months = {(release.wave_id, release.month_start) for release in releases}
    return places, add_up(_read_figures(months), units)


def read_places(wave_ids: Sequence[int]) -> tuple[dict[int, Unit], dict[Unit, Place]]:
    """Return the unit of every group of some waves, and where it stands; the last wave counts."""
    teams: dict[int, list[int]] = defaultdict(list)
    rows = GroupTeam.objects.filter(group__wave__in=wave_ids).order_by("group", "team")
    for group, team in rows.values_list("group_id", "team_id"):
        teams[group].append(team)
    serving = GroupArrow.objects.filter(group=OuterRef("pk")).order_by("pk").values("provider")
    order = {wave: place for place, wave in enumerate(wave_ids)}
    groups = sorted(
        Group.objects.filter(wave__in=wave_ids).annotate(serving=Subquery(serving[:1])),
        key=lambda one: (order[one.wave_id], one.pk),
    )
    units = {one.pk: Unit(one.kind, _order_teams(teams[one.pk], one.serving)) for one in groups}
    places = {
        units[one.pk]: Place(one.code, one.name, units[one.parent_id] if one.parent_id else None)
        for one in groups
    }
    return units, places


def _order_teams(teams: Sequence[int], serving: int | None) -> tuple[int, ...]:
    """Put the serving team of arrows first, so that those of A to B are not those of B to A."""
    if serving is None:
        return tuple(teams)
    return serving, *(team for team in teams if team != serving)


def _read_figures(months: Collection[tuple[int, date | None]]) -> pd.DataFrame:
    figures = released_figures(wave_ids={wave for wave, _ in months})
    places = zip(figures["wave_id"], figures["month_start"], strict=True)
    kept = pd.Series([place in months for place in places], figures.index, dtype=bool)
    return figures[kept]


def add_up(figures: pd.DataFrame, units: Mapping[int, Unit]) -> Figures:
    """Add what several releases say of a unit; a figure that stands alone stays as printed."""
    known = {unit: place for place, unit in enumerate(dict.fromkeys(units.values()))}
    figures = figures.assign(unit=[known[units[group]] for group in figures["group_id"]])
    sums = add_figures(figures, by=["unit", "metric"])
    rest = _add_rest(figures)
    names = list(known)
    found: dict[Unit, dict[str, Said]] = defaultdict(dict)
    columns = (sums[name].tolist() for name in ("n", "mean", "se", "low", "high"))
    for key, n, mean, *margins in zip(sums.index, *columns, strict=True):
        se, low, high = (None if one != one else one for one in margins)
        found[names[key[0]]][key[1]] = Said(int(n), mean, se, low, high, *rest[key])
    return dict(found)


def _add_rest(figures: pd.DataFrame) -> dict[tuple[int, str], tuple[int | None, dict[str, Any]]]:
    parts: dict[tuple[int, str], list[tuple[int, float | None, dict[str, Any]]]] = defaultdict(list)
    columns = (figures[name].tolist() for name in ("unit", "metric", "n", "favourable", "detail"))
    for unit, metric, n, favourable, detail in zip(*columns, strict=True):
        parts[unit, metric].append((n, favourable, detail))
    return {
        key: (
            add_shares([(n, share) for n, share, _ in several]),
            add_details([(n, detail) for n, _, detail in several]),
        )
        for key, several in parts.items()
    }
