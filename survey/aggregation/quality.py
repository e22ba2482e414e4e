"""How well a scale measured, over its released groups only."""

from collections.abc import Hashable, Mapping
from typing import Any

from survey.aggregation.metrics import Metric
from survey.aggregation.printing import FEWEST_POOLED, FINEST, print_number
from survey.aggregation.summaries import Summary
from survey.statistics.agreement import (
    DIVIDED_FROM,
    WEAK_AGREEMENT,
    Gate,
    gate_from_moments,
    rwg_from_moments,
    withhold_agreement,
)
from survey.statistics.reliability import Alpha, alpha_from_moments
from survey.statistics.rollups import ItemMoments, Moments, PooledSpread, pooled_spread

NOT_FROM_COUNTS = "not known from counts"
TOO_FEW_GROUPS = "too few groups are shown"
NUMBERS = ("pooled_sd", "pooled_df", "icc1", "p_value", "median_reliability", "median_rwg")
ALPHA = ("alpha", "alpha_low", "alpha_high", "n_complete")


def pool(groups: Mapping[str, Summary]) -> PooledSpread:
    """Return the spread of scores within the released groups, in the scale's own units."""
    return pooled_spread(summary.moments for summary in groups.values())


def describe_scale(
    metric: Metric, groups: Mapping[str, Summary], *, knows_people: bool, threshold: int
) -> dict[str, Any]:
    """Return what a release says of one scale; what is not known is null, with a reason.

    Alpha and agreement are about those who answered every item. They stay unsaid where these are
    all but a few, fewer than the threshold: beside the scale's own figures they would tell of them.
    Where a person answers several times, the threshold is of answers that as many people may give.

    Keys: n_groups, n_people, pooled_sd (on 0 to 100), pooled_df, icc1, p_value,
    median_reliability, median_rwg, gate, gate_reasons, alpha, alpha_low, alpha_high, n_complete,
    reason.
    """
    known = knows_people and len(groups) >= FEWEST_POOLED  # one group's own spread stays unsaid
    said: dict[str, Any] = {
        "n_groups": len(groups),
        "n_people": sum(summary.n for summary in groups.values()),
        **dict.fromkeys((*NUMBERS, *ALPHA, "gate")),
        "gate_reasons": [],
        "reason": TOO_FEW_GROUPS if knows_people else NOT_FROM_COUNTS,
    }
    if known:
        said |= _describe_gate(metric, groups) | _describe_alpha(metric, groups)
        if _leaves_a_few_out(groups, threshold):
            said |= dict.fromkeys(("median_rwg", *ALPHA))
            said["gate_reasons"] = list(withhold_agreement(said["gate_reasons"]))
    return said


def find_divided(metric: Metric, groups: Mapping[str, Summary]) -> frozenset[str]:
    """Return the groups of ten people or more who disagree on a scale of several items.

    Their r_wg(j), over those who answered every item, is below .50 of a uniform null.
    """
    if not metric.is_scale or metric.has_one_item:
        return frozenset()
    items = {
        code: moments
        for code, moments in _items_in_steps(metric, groups).items()
        if moments.n >= DIVIDED_FROM
    }
    agreement = rwg_from_moments(items, n_options=metric.n_options)
    return frozenset(agreement[agreement.round(FINEST) < WEAK_AGREEMENT].index)


def _describe_gate(metric: Metric, groups: Mapping[str, Summary]) -> dict[str, Any]:
    spread = pool(groups)
    found = _gate(metric, groups)
    return {
        "pooled_sd": _rounded(spread.sd, 1, 100 / (metric.maximum - metric.minimum)),
        "pooled_df": spread.degrees_of_freedom,
        "icc1": _rounded(found.intraclass.icc1, 4),
        "p_value": _rounded(found.intraclass.p_value, 6),
        "median_reliability": _rounded(found.median_reliability, 2),
        "median_rwg": _rounded(found.median_rwg, 2),
        "gate": None if found.level is None else str(found.level),
        "gate_reasons": list(found.reasons),
        "reason": found.reason,
    }


def _gate(metric: Metric, groups: Mapping[str, Summary]) -> Gate:
    scores: dict[Hashable, Moments] = {code: summary.moments for code, summary in groups.items()}
    return gate_from_moments(scores, _items_in_steps(metric, groups), n_options=metric.n_options)


def _items_in_steps(metric: Metric, groups: Mapping[str, Summary]) -> dict[Hashable, ItemMoments]:
    """Stretch items so that neighbouring options are 1 apart, as agreement measures it."""
    step = (metric.n_options - 1) / (metric.maximum - metric.minimum)
    known = {code: one.items for code, one in groups.items() if one.items is not None}
    return {
        code: ItemMoments(items.n, items.totals * step, items.cross_products * step**2)
        for code, items in known.items()
    }


def _describe_alpha(metric: Metric, groups: Mapping[str, Summary]) -> dict[str, Any]:
    items = [summary.items for summary in groups.values() if summary.items is not None]
    if metric.has_one_item or not items:
        return {}
    found: Alpha = alpha_from_moments(sum(items[1:], start=items[0]))
    return {
        "alpha": _rounded(found.alpha, 2),
        "alpha_low": _rounded(found.low, 2),
        "alpha_high": _rounded(found.high, 2),
        "n_complete": found.n_people,
    }


def _leaves_a_few_out(groups: Mapping[str, Summary], threshold: int) -> bool:
    """Say whether some people skipped an item of the scale, and fewer than may be told of."""
    known = [summary for summary in groups.values() if summary.items is not None]
    n_complete = sum(summary.items.n for summary in known if summary.items is not None)
    return 0 < sum(summary.n for summary in known) - n_complete < threshold


def _rounded(value: float | None, digits: int, unit: float = 1.0) -> float | None:
    return None if value is None else print_number(value * unit, digits)
