"""From a summary to what is printed: nothing finer is ever stored, shown or exported."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import floor
from typing import Any

import numpy as np

from survey.aggregation.ends import SMALL
from survey.aggregation.metrics import Metric
from survey.aggregation.summaries import Summary
from survey.statistics.proportions import wilson
from survey.statistics.rollups import PooledSpread
from survey.statistics.scales import recommend_score, to_hundred
from survey.statistics.teams import Estimate, mean_from_moments

COARSE_BELOW = 20
COARSE_STEP = 5
FEWEST_POOLED = 2
FINEST = 9  # decimals; what is beyond depends on the order of adding up
UNKNOWN = Estimate(None, None, None, None, 0)


@dataclass(frozen=True, slots=True)
class PrintedFigure:
    """One figure: scores from 0 to 100 to one decimal, shares in whole per cent.

    Under ten people there is a mean and nothing else, its interval from the spread within all
    released groups. Under twenty, shares come in steps of 5: 95 means 95 or more, 5 means 5 or
    less. detail["end"] says that the mean is 95 or more ("high") or 5 or less ("low"),
    detail["divided"] that the people of a group disagree: a finding, not an error.
    """

    n: int
    mean: float
    se: float | None = None
    low: float | None = None
    high: float | None = None
    favourable: int | None = None
    detail: dict[str, Any] = field(default_factory=dict)


def print_figure(
    metric: Metric,
    summary: Summary,
    *,
    end: str,
    pooled: PooledSpread,
    knows_people: bool,
    shows_shares: bool,
    is_divided: bool = False,
) -> PrintedFigure:
    """Print one summary of a released respondent set.

    `shows_shares` is false where shares would tell those of fewer than ten people, its own or those
    that are left when other released sets are taken away.

    `knows_people` is false for a scale built from published counts, which do not tell what one
    person answered: only its mean means anything.
    """
    n = summary.n
    estimate = _estimate(summary, pooled) if knows_people else UNKNOWN
    width = 100 / (metric.maximum - metric.minimum)
    return PrintedFigure(
        n=n,
        mean=_score(metric, summary.moments.total / n),
        se=None if estimate.se is None else print_number(estimate.se * width, 1),
        low=_bound(metric, estimate.low),
        high=_bound(metric, estimate.high),
        favourable=_favourable(metric, summary) if knows_people and shows_shares else None,
        detail=_end(end)
        | (_shares(metric, summary) if knows_people and shows_shares else {})
        | ({"divided": True} if is_divided else {}),
    )


def print_profiles(metric: Metric, summary: Summary) -> PrintedFigure:
    """Print which share of people fits each profile; only for sets whose shares may be shown.

    The mean, with its bounds, is the printed share of the first profile, nothing finer.
    detail["bounds"] holds each share's 95 % interval, computed from the share as printed.
    """
    shares = _count_shares(metric, summary)
    bounds = {code: _share_bounds(share, summary.n) for code, share in shares.items()}
    first = next(iter(shares))
    low, high = bounds[first]
    return PrintedFigure(
        n=summary.n,
        mean=float(shares[first]),
        low=float(low),
        high=float(high),
        detail={"shares": shares, "bounds": bounds},
    )


def print_number(value: float, digits: int) -> float:
    """Round as printed, whatever the order in which answers were added up.

    Zero has no sign, since not every database keeps it.
    """
    return round(round(value, FINEST), digits) + 0.0


def print_share(count: float, n: int) -> int:
    """Return a share in whole per cent; under twenty people in steps of 5 from 5 to 95."""
    percent = 100 * count / n
    if n >= COARSE_BELOW:
        return floor(percent + 0.5)
    coarse = COARSE_STEP * floor(percent / COARSE_STEP + 0.5)
    return min(max(coarse, COARSE_STEP), 100 - COARSE_STEP)


def _estimate(summary: Summary, pooled: PooledSpread) -> Estimate:
    """Bound a mean; a small group's own spread is never used, nor that of a single group."""
    is_pooled = pooled.n_groups >= FEWEST_POOLED and bool(pooled.sd)
    if not is_pooled:
        return mean_from_moments(summary.moments) if summary.n >= SMALL else UNKNOWN
    return mean_from_moments(
        summary.moments, pooled_sd=pooled.sd, pooled_df=pooled.degrees_of_freedom
    )


def _bound(metric: Metric, value: float | None) -> float | None:
    return None if value is None else _score(metric, value)


def _score(metric: Metric, value: float) -> float:
    score = to_hundred(value, minimum=metric.minimum, maximum=metric.maximum)
    return print_number(min(max(score, 0.0), 100.0), 1)


def _favourable(metric: Metric, summary: Summary) -> int | None:
    if metric.favourable_from is None:
        return None
    return print_share(summary.n_favourable, summary.n)


def _end(end: str) -> dict[str, Any]:
    return {"end": end} if end else {}


def _shares(metric: Metric, summary: Summary) -> dict[str, Any]:
    counts = summary.option_counts
    if not metric.options:
        return {}
    if metric.is_recommend:
        return {"recommend": _recommend(counts)}
    return {"shares": _count_shares(metric, summary)}


def _count_shares(metric: Metric, summary: Summary) -> dict[str, int]:
    counts = summary.option_counts
    return {option: print_share(counts.get(option, 0), summary.n) for option, _ in metric.options}


def _share_bounds(share: int, n: int) -> list[int]:
    found = wilson(round(share * n / 100), n)
    return [round(100 * bound) for bound in (found.low, found.high) if bound is not None]


def _recommend(counts: Mapping[str, float]) -> dict[str, int | None]:
    options = np.array([int(option) for option in counts], dtype=np.float64)
    found = recommend_score(np.repeat(options, [int(count) for count in counts.values()]))
    values = {"score": found.score, "low": found.low, "high": found.high}
    return {name: None if value is None else round(value) for name, value in values.items()}
