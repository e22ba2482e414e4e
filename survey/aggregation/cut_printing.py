"""Print the declared cuts of a release: one mean per level, and only where they add up."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from survey.aggregation.composing import FamilyFigures, Tree
from survey.aggregation.metrics import Metric
from survey.aggregation.models import CutFigure, CutReason, CutRollup, Release
from survey.aggregation.printing import FEWEST_POOLED, PrintedFigure, print_figure
from survey.aggregation.summaries import Summary
from survey.campaigns.cuts import DeclaredCut, read_cuts
from survey.statistics.rollups import Moments, PooledSpread

STEP = 0.1  # of a printed mean
NO_SPREAD = PooledSpread(None, 0, 0)


@dataclass(slots=True)
class PrintedCuts:
    """What a release says of its cuts: figures, and for which measures a cut is left out, why."""

    figures: list[CutFigure] = field(default_factory=list)
    said: list[dict[str, Any]] = field(default_factory=list)


def print_cuts(
    release: Release,
    tree: Tree,
    metrics: Mapping[str, Sequence[Metric]],
    composed: Iterable[FamilyFigures],
) -> PrintedCuts:
    """Print the cuts that the seal counted, or of customers those counted for the month."""
    printed = PrintedCuts()
    cuts = read_cuts(wave=release.wave)
    if not cuts:
        return printed
    of_period = CutRollup.objects.filter(wave=release.wave, month_start=release.month_start)
    rollups = {(row.cut, row.family): row for row in of_period}
    without = CutReason.LOST if release.month_start else CutReason.TOO_FEW
    figures = dict(zip(metrics, composed, strict=True))
    for cut in cuts:
        left_out: dict[str, str] = {}
        for family, of_family in metrics.items():
            scales = [metric for metric in of_family if metric.is_scale]
            rollup = rollups.get((cut.code, family))
            rows = _print(release, cut, rollup, scales, figures[family])
            reason = _find_reason(rollup, rows, tree, figures[family]) if rollup else str(without)
            if reason:
                left_out |= dict.fromkeys((metric.code for metric in scales), reason)
            else:
                printed.figures += rows
        printed.said.append({"code": cut.code, "name": cut.name, "left_out": left_out})
    return printed


def adds_up(levels: Iterable[tuple[int, float]], *, n: int, mean: float) -> bool:
    """Say whether (people, printed mean) of the levels of a cut make those of everybody."""
    people, total = 0, 0.0
    for n_level, mean_level in levels:
        people += n_level
        total += n_level * mean_level
    return people == n and abs(total / people - mean) <= STEP + STEP / 100


def _print(
    release: Release,
    cut: DeclaredCut,
    rollup: CutRollup | None,
    scales: Iterable[Metric],
    composed: FamilyFigures,
) -> list[CutFigure]:
    levels = rollup.levels if rollup else []
    return [
        _figure(release, cut.code, place, level, metric, composed.spreads.get(metric.code))
        for metric in scales
        for place, level in enumerate(levels)
    ]


def _figure(
    release: Release,
    cut: str,
    place: int,
    level: Mapping[str, Any],
    metric: Metric,
    spread: PooledSpread | None,
) -> CutFigure:
    printed = _print_level(level["n"], level["totals"][metric.code], metric, spread or NO_SPREAD)
    return CutFigure(
        release=release,
        cut=cut,
        place=place,
        levels=level["values"],
        metric=metric.code,
        n=printed.n,
        mean=printed.mean,
        se=printed.se,
        low=printed.low,
        high=printed.high,
    )


def _print_level(n: int, total: float, metric: Metric, spread: PooledSpread) -> PrintedFigure:
    """Print a mean; its margin comes from the spread within teams, a level's own is never kept."""
    return print_figure(
        metric,
        Summary(Moments(n, total, total**2 / n)),
        end="",
        pooled=spread,
        knows_people=spread.n_groups >= FEWEST_POOLED and bool(spread.sd),
        shows_shares=False,
    )


def _find_reason(
    rollup: CutRollup, rows: Iterable[CutFigure], tree: Tree, composed: FamilyFigures
) -> str:
    """Return why a cut is left out of a family; empty where it is shown and adds up."""
    if rollup.reason:
        return rollup.reason
    root = next(code for code, parent in tree.parents.items() if parent is None)
    by_metric: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for row in rows:
        by_metric[row.metric].append((row.n, row.mean))
    for metric, levels in by_metric.items():
        whole = composed.figures.get((root, metric))
        if whole is None or not adds_up(levels, n=whole.n, mean=whole.mean):
            return str(CutReason.RECOUNTED)
    return ""
