"""What a release is made of: the wave's tree and the rollups of the respondents in it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from survey.aggregation.cells import CountedCell, join_cells, month_of
from survey.aggregation.composing import FamilyMaterial, Stored, Tree
from survey.aggregation.metrics import Metric, list_metrics
from survey.aggregation.models import Rollup
from survey.aggregation.summaries import Summary, read_summary
from survey.campaigns.models import Group, GroupKind, Wave
from survey.campaigns.rosters import fewest_links
from survey.campaigns.selectors import content_of
from survey.questionnaires.families import from_json
from survey.responses.models import Cell

SUMMARY_FIELDS = (
    "n",
    "total",
    "sum_squares",
    "n_favourable",
    "option_counts",
    "n_complete",
    "item_totals",
    "cross_products",
)


@dataclass(frozen=True, slots=True)
class WaveTree:
    """A wave's tree by group code, with the groups' ids and how many were invited."""

    tree: Tree
    ids: dict[str, int]
    invited: dict[str, int]


def read_metrics(wave: Wave) -> dict[str, tuple[Metric, ...]]:
    """Return the metrics of each family, as they stood at the launch."""
    content = content_of(wave=wave)
    return list_metrics(content, from_json(wave.families))


def read_tree(wave: Wave) -> WaveTree:
    """Read the groups of a wave."""
    groups = list(Group.objects.filter(wave=wave).select_related("parent"))
    parents = {group.code: group.parent.code if group.parent else None for group in groups}
    leaves = frozenset(group.code for group in groups if group.kind != GroupKind.NODE)
    ids = {group.code: group.pk for group in groups}
    invited = {group.code: group.n_invited for group in groups}
    return WaveTree(Tree(parents, leaves), ids, invited)


def read_material(wave: Wave, month: date | None) -> list[FamilyMaterial]:
    """Return what every family of a release is made of.

    For customers, of the joined cells that a month completed.
    """
    is_known, few = not wave.counts_digest, fewest_links(wave=wave)
    return [
        FamilyMaterial(metrics, _read_stored(wave, metrics, month), wave.threshold, is_known, few)
        for metrics in read_metrics(wave).values()
    ]


def find_asked(wave: Wave, found: WaveTree, month: date | None) -> frozenset[str]:
    """Return the team-level groups that were asked: invited, or with answers (in the month)."""
    answered = Rollup.objects.filter(wave=wave)
    if month is not None:
        answered = answered.filter(cell__in=_cells_sealed_in(wave, month))
    codes = set(answered.values_list("group__code", flat=True).distinct())
    if month is None:
        codes |= {code for code, invited in found.invited.items() if invited}
    return frozenset(codes & found.tree.leaves)


def _read_stored(wave: Wave, metrics: Sequence[Metric], month: date | None) -> Stored:
    rollups = Rollup.objects.filter(wave=wave, metric__in=[metric.code for metric in metrics])
    if month is None:
        return _add_up(rollups)
    cells = _cells_of_month(wave, metrics[0], month)
    days = {cell.sealed_date for cell in cells}
    ids = frozenset(cell.cell_id for cell in cells)
    return _add_up(rollups.filter(cell__sealed_date__in=days), ids)


def _cells_sealed_in(wave: Wave, month: date) -> QuerySet[Cell]:
    return Cell.objects.filter(
        wave=wave, sealed_date__year=month.year, sealed_date__month=month.month
    )


def cells_by_month(wave: Wave, metric: Metric, until: date) -> Mapping[date, frozenset[int]]:
    """Return the cells whose people a family counts in each month up to one."""
    months = _join(wave, metric, until)
    return {month: frozenset(cell.cell_id for cell in cells) for month, cells in months.items()}


def _cells_of_month(wave: Wave, metric: Metric, month: date) -> frozenset[CountedCell]:
    return _join(wave, metric, month).get(month, frozenset())


def _join(wave: Wave, metric: Metric, until: date) -> dict[date, frozenset[CountedCell]]:
    rows = Rollup.objects.filter(wave=wave, metric=metric.code, cell__isnull=False).values_list(
        "cell_id", "group_id", "cell__number", "cell__sealed_date", "n"
    )
    cells = [CountedCell(*row) for row in rows.iterator() if month_of(row[3]) <= until]
    return join_cells(cells, k=wave.threshold)


def _add_up(rollups: QuerySet[Rollup], kept: frozenset[int] | None = None) -> Stored:
    stored: dict[str, dict[str, Summary]] = defaultdict(lambda: defaultdict(Summary))
    rows = rollups.order_by("pk").values("group__code", "metric", "cell_id", *SUMMARY_FIELDS)
    for row in rows.iterator():
        if row["n"] and (kept is None or row["cell_id"] in kept):
            stored[row["group__code"]][row["metric"]] += read_summary(row)
    return stored
