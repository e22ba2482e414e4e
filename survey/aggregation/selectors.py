"""The only door to figures: current releases, never superseded ones, never rollups or answers."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from typing import Any

import pandas as pd
from django.db.models import QuerySet

from survey.aggregation.models import CutFigure, Figure, Release, ReleasedComment
from survey.campaigns.models import Campaign

FIGURE_FIELDS = {
    "release__wave_id": "wave_id",
    "release__month_start": "month_start",
    "group_id": "group_id",
    "group__kind": "group_kind",
    "group__code": "group_code",
    "group__name": "group_name",
    "metric": "metric",
    "n": "n",
    "mean": "mean",
    "se": "se",
    "low": "low",
    "high": "high",
    "favourable": "favourable",
    "detail": "detail",
}
NUMBERS = ("mean", "se", "low", "high", "favourable")
ORDER = ("wave_id", "month_start", "group_code", "metric")


def current_releases(*, campaigns: Collection[Campaign] | None = None) -> QuerySet[Release]:
    """Return the releases that count, oldest first, with their waves; of all or some campaigns."""
    releases = Release.objects.filter(superseded_by=None, wave__withdrawn_at=None)
    if campaigns is not None:
        releases = releases.filter(wave__campaign__in=campaigns)
    return releases.select_related("wave").order_by("wave_id", "month_start", "pk")


def released_figures(
    *,
    wave_ids: Collection[int],
    metrics: Collection[str] | None = None,
    month_starts: Collection[date] | None = None,
    columns: Collection[str] | None = None,
) -> pd.DataFrame:
    """Return released figures, one row per wave (and month), group and metric.

    Columns, all or some: wave_id, month_start, group_id, group_kind, group_code, group_name,
    metric, n, mean, se, low, high, favourable (NaN where a figure has none), detail. Sorted by
    wave, month, group code and metric, as far as these are among the columns.
    """
    names = [name for name in FIGURE_FIELDS.values() if columns is None or name in columns]
    rows = released_rows(
        wave_ids=wave_ids, metrics=metrics, month_starts=month_starts, columns=names
    )
    frame = pd.DataFrame(list(rows), columns=names)
    frame = frame.astype({name: float for name in NUMBERS if name in frame})
    order = [name for name in ORDER if name in frame]
    return frame.sort_values(order, ignore_index=True) if order else frame


def released_rows(
    *,
    wave_ids: Collection[int],
    columns: Sequence[str],
    metrics: Collection[str] | None = None,
    month_starts: Collection[date] | None = None,
) -> Iterator[tuple[Any, ...]]:
    """Yield released figures as plain rows of some columns, in no order, for who is in a hurry."""
    figures = Figure.objects.filter(release__superseded_by=None, release__wave__in=wave_ids)
    figures = figures.filter(release__wave__withdrawn_at=None)
    if metrics is not None:
        figures = figures.filter(metric__in=metrics)
    if month_starts is not None:
        figures = figures.filter(release__month_start__in=month_starts)
    fields = {name: field for field, name in FIGURE_FIELDS.items()}
    return figures.values_list(*(fields[name] for name in columns)).iterator()


def released_cut_figures(*, release: Release) -> QuerySet[CutFigure]:
    """Return what a current release tells by declared cuts, level after level."""
    figures = CutFigure.objects.filter(release=release, release__superseded_by=None)
    current = figures.filter(release__wave__withdrawn_at=None)
    return current.order_by("cut", "metric", "place")


def released_wholes(*, release: Release) -> dict[str, float]:
    """Return the mean of everybody by metric, as a current release shows it."""
    figures = Figure.objects.filter(release=release, release__superseded_by=None)
    whole = figures.filter(group__parent=None, release__wave__withdrawn_at=None)
    return dict(whole.values_list("metric", "mean"))


def published_groups(*, release: Release) -> dict[str, frozenset[str]]:
    """Return the codes of the groups that a release shows, by metric."""
    published: dict[str, set[str]] = {}
    rows = release.figures.values_list("metric", "group__code")
    for metric, code in rows:
        published.setdefault(metric, set()).add(code)
    return {metric: frozenset(codes) for metric, codes in published.items()}


def released_comments(*, wave_ids: Collection[int]) -> QuerySet[ReleasedComment]:
    """Return the comments of some waves that may be read, in no order that tells anything."""
    comments = ReleasedComment.objects.filter(
        release__wave__in=wave_ids, release__wave__withdrawn_at=None
    )
    return comments.select_related("comment", "group", "release").order_by("pk")
