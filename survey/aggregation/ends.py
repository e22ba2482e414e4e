"""Nobody is known to have answered at the very end of a scale: small extreme atoms are pulled in.

An atom (the smallest piece that arithmetic on released figures can reach) of fewer than ten
people with a score under 5 or over 95 enters every figure as 5 or 95. This happens to the atoms,
before any figure is computed from them, so subtracting figures can give back only what entered.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import floor

from survey.aggregation.metrics import Metric
from survey.aggregation.summaries import Summary
from survey.statistics.rollups import Moments
from survey.statistics.scales import to_hundred

SMALL = 10
LOW_END, HIGH_END = 5.0, 95.0
ROUNDING_AT_ENDS = 1e-9
PROMOTERS, PASSIVES, DETRACTORS = ("9", "10"), ("7", "8"), ("0", "1", "2", "3", "4", "5", "6")


@dataclass(frozen=True, slots=True)
class _Shift:
    """How far the mean of some items was moved, in the items' own direction."""

    amount: float
    metric: Metric


def pull_in(
    summaries: Mapping[str, Summary], metrics: Sequence[Metric]
) -> dict[str, tuple[Summary, str]]:
    """Pull the ends of one atom in, for all metrics of a family.

    Returns each metric's summary and "low" or "high" if it was pulled, else "". A metric over
    more items moves along with the smaller ones inside it, so that their difference does not give
    the true end back; whoever moved has no spread any more, for the same reason. Profiles stay as
    they are: nothing is ever shown of those of fewer than ten people.
    """
    pulled: dict[str, tuple[Summary, str]] = {}
    shifts: list[_Shift] = []
    for metric in sorted(metrics, key=lambda metric: (len(metric.item_codes), metric.is_scale)):
        summary = summaries[metric.code]
        if metric.profiles or not 0 < summary.n < SMALL:
            pulled[metric.code] = summary, ""
            continue
        moved = sum(_share(metric, shift) for shift in shifts)
        pulled[metric.code], shift = _pull(metric, summary, moved)
        if shift:
            shifts.append(_Shift(shift, metric))
    return pulled


def _pull(metric: Metric, summary: Summary, moved: float) -> tuple[tuple[Summary, str], float]:
    """Return the summary with its end, and how far it moved beyond what smaller metrics moved."""
    mean = summary.moments.total / summary.n + moved
    end = _find_end(to_hundred(mean, minimum=metric.minimum, maximum=metric.maximum), moved)
    if metric.is_recommend:
        summary = replace(summary, option_counts=_pull_recommend(summary))
    if not end:
        return (_at(summary, mean) if moved else summary, ""), 0.0
    target = _own_units(metric, LOW_END if end == "low" else HIGH_END)
    return (_all_at(metric, summary, target), end), target - mean


def _find_end(score: float, moved: float) -> str:
    """Say which end a score lies beyond; one that was moved counts from the end itself."""
    reach = -ROUNDING_AT_ENDS if moved else ROUNDING_AT_ENDS
    if score < LOW_END - reach:
        return "low"
    return "high" if score > HIGH_END + reach else ""


def _at(summary: Summary, mean: float) -> Summary:
    n = summary.n
    return replace(summary, moments=Moments(n, n * mean, n * mean**2), items=None)


def _all_at(metric: Metric, summary: Summary, target: float) -> Summary:
    """Return what n people would have given who all score the target."""
    is_favourable = metric.favourable_from is not None and target >= metric.favourable_from
    counts = summary.option_counts if metric.is_recommend else _mixture(metric, summary.n, target)
    return replace(
        _at(summary, target),
        n_favourable=summary.n if is_favourable else 0,
        option_counts=counts,
    )


def _mixture(metric: Metric, n: int, target: float) -> dict[str, float]:
    """Divide n people over the two options around a score, so that it is their mean."""
    options = sorted(metric.options, key=lambda option: option[1])
    for (lower, below), (upper, above) in pairwise(options):
        if below <= target <= above and below < above:
            share = (target - below) / (above - below)
            return {lower: n * (1 - share), upper: n * share}
    return {}


def _pull_recommend(summary: Summary) -> Mapping[str, float]:
    """Pull promoters minus detractors in to 90 or, in whole people, the nearest below."""
    counts = summary.option_counts
    difference = _sum(counts, PROMOTERS) - _sum(counts, DETRACTORS)
    limit = floor((HIGH_END - LOW_END) / 100 * summary.n)
    if abs(difference) <= limit:
        return counts
    end = PROMOTERS[-1] if difference > 0 else DETRACTORS[-1]
    return {end: limit, PASSIVES[0]: summary.n - limit}


def _sum(counts: Mapping[str, float], options: Sequence[str]) -> float:
    return sum(counts.get(option, 0.0) for option in options)


def _share(metric: Metric, shift: _Shift) -> float:
    """Return how far a metric moves when the items of another one all move by an amount."""
    shared = set(metric.item_codes) & set(shift.metric.item_codes)
    signs = (
        1 if (code in metric.reversed_codes) == (code in shift.metric.reversed_codes) else -1
        for code in shared
    )
    return shift.amount * sum(signs) / len(metric.item_codes)


def _own_units(metric: Metric, score: float) -> float:
    return metric.minimum + (metric.maximum - metric.minimum) * score / 100
