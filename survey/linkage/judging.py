"""The verdict on a pair of scales, once everything is known about it."""

from dataclasses import asdict
from typing import Any

from survey.linkage.comparing import Pair
from survey.linkage.confounders import Adjustment
from survey.statistics.correlation import Correlation
from survey.statistics.verdict import linkage_verdict


def judge(
    pair: Pair,
    *,
    previous: Correlation | None,
    adjustment: Adjustment | None,
    n_left_out: int,
    trust_is_low: bool,
) -> dict[str, Any]:
    """Return the verdict on a pair, ready to be stored."""
    numbers = pair.numbers
    verdict = linkage_verdict(
        n_teams=pair.n_teams,
        r=numbers.r,
        low=numbers.low,
        high=numbers.high,
        q_value=numbers.q_value,
        reliability_x=numbers.reliability_ex,
        reliability_y=numbers.reliability_cx,
        gate_x=pair.ex.worth.gate,
        gate_y=pair.cx.worth.gate,
        loo_low=numbers.loo_low,
        loo_high=numbers.loo_high,
        spearman=numbers.spearman,
        previous=previous,
        ex_label=pair.ex.phrase,
        cx_label=pair.cx.phrase,
        adjusted=adjustment.r if adjustment else None,
        adjusted_for=adjustment.held_steady if adjustment else "",
        n_left_out=n_left_out,
        trust_is_low=trust_is_low,
    )
    return asdict(verdict) | {"caveats": list(verdict.caveats)}
