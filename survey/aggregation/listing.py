"""Released figures one after another, in the order in which they are stored: for long lists."""

from collections.abc import Collection, Iterator
from typing import Any

from django.db.models import QuerySet

from survey.aggregation.models import Figure, Release

AT_ONCE = 5_000
FIELDS = ("group_id", "metric", "n", "mean", "se", "low", "high", "favourable", "detail")


def count_figures(
    *, release: Release, metric: str = "", group_ids: Collection[int] | None = None
) -> int:
    """Count what a release shows, all of it or of one metric and some groups."""
    return _select(release, metric, group_ids).count()


def list_figures(
    *,
    release: Release,
    metric: str = "",
    group_ids: Collection[int] | None = None,
    start: int = 0,
    end: int | None = None,
) -> Iterator[tuple[Any, ...]]:
    """Yield what a release shows, a tuple of FIELDS each, from one place up to another.

    The order is that of the groups as the wave froze them, parents first, then of the metrics.
    """
    figures = _select(release, metric, group_ids).order_by("group_id", "metric")
    return figures.values_list(*FIELDS)[start:end].iterator(chunk_size=AT_ONCE)


def _select(release: Release, metric: str, group_ids: Collection[int] | None) -> QuerySet[Figure]:
    figures = Figure.objects.filter(release=release)
    if metric:
        figures = figures.filter(metric=metric)
    return figures if group_ids is None else figures.filter(group__in=group_ids)
