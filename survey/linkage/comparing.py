"""Compare one employee scale with one customer scale over the units of a scope."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from typing import Any

import pandas as pd

from survey.linkage.worth import Worth
from survey.statistics.correlation import (
    Correlation,
    disattenuated,
    influence,
    kendall,
    minimum_detectable,
    pearson,
    spearman,
)
from survey.statistics.evidence import FEWEST_TEAMS
from survey.statistics.inputs import given
from survey.statistics.multiplicity import benjamini_hochberg
from survey.statistics.verdict import Verdict, linkage_verdict

FEWEST_CUSTOMERS = 10


@dataclass(frozen=True, slots=True)
class Numbers:
    """All numbers of a pair of scales; None where something cannot be said."""

    n_ex: int
    n_cx: int
    r: float | None = None
    low: float | None = None
    high: float | None = None
    p_value: float | None = None
    q_value: float | None = None
    spearman: float | None = None
    kendall: float | None = None
    reliability_ex: float | None = None
    reliability_cx: float | None = None
    ceiling: float | None = None
    disattenuated: float | None = None
    minimum_detectable: float | None = None
    loo_low: float | None = None
    loo_high: float | None = None


@dataclass(frozen=True, slots=True)
class Side:
    """One scale of one side: its code, the phrase for sentences, and what it is worth."""

    scale: str
    phrase: str
    worth: Worth


@dataclass(frozen=True, slots=True)
class Pair:
    """What was found for one pair of scales."""

    ex: Side
    cx: Side
    n_teams: int
    numbers: Numbers
    reason: str


def pair_figures(ex: pd.DataFrame, cx: pd.DataFrame) -> pd.DataFrame:
    """Put the figures of two scales side by side: the units with both and enough customers.

    Takes mean, se, low, high, n by unit; returns ex_mean ... cx_n by unit.
    """
    enough = cx[cx["n"] >= FEWEST_CUSTOMERS]
    return ex.add_prefix("ex_").join(enough.add_prefix("cx_"), how="inner")


def compare(units: pd.DataFrame, *, ex: Side, cx: Side) -> Pair:
    """Compute everything about one pair of scales but its place among the other pairs.

    Under eight units the dots are all there is to see: no coefficient is computed.
    """
    numbers = Numbers(
        n_ex=int(units["ex_n"].sum()),
        n_cx=int(units["cx_n"].sum()),
        reliability_ex=ex.worth.mean_reliability(units["ex_n"]),
        reliability_cx=cx.worth.mean_reliability(units["cx_n"]),
        minimum_detectable=_least_r(len(units)),
    )
    reasons = [f"{side.scale}: {side.worth.reason}" for side in (ex, cx) if side.worth.reason]
    if len(units) < FEWEST_TEAMS:
        reasons.insert(0, f"fewer than {FEWEST_TEAMS} teams")
    else:
        numbers, reason = _correlate(numbers, units["ex_mean"], units["cx_mean"])
        reasons = [reason, *reasons] if reason else reasons
    return Pair(ex, cx, len(units), numbers, "; ".join(reasons))


def rank_together(pairs: Sequence[Pair]) -> list[Pair]:
    """Adjust the p-values of all pairs that are looked at together."""
    adjusted = benjamini_hochberg([pair.numbers.p_value for pair in pairs])
    return [
        replace(pair, numbers=replace(pair.numbers, q_value=float(q) if q == q else None))
        for pair, q in zip(pairs, adjusted, strict=True)
    ]


def judge(pair: Pair, *, previous: Correlation | None, n_left_out: int) -> dict[str, Any]:
    """Return the verdict on a pair, ready to be stored."""
    numbers = pair.numbers
    verdict: Verdict = linkage_verdict(
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
        n_left_out=n_left_out,
    )
    return asdict(verdict) | {"caveats": list(verdict.caveats)}


@lru_cache(maxsize=4096)
def _least_r(n_teams: int) -> float | None:
    return minimum_detectable(n_teams)


def _correlate(numbers: Numbers, x: pd.Series, y: pd.Series) -> tuple[Numbers, str]:
    found = pearson(x, y)
    without = given(influence(x, y)["r_without"])
    truth = disattenuated(
        found.r, reliability_x=numbers.reliability_ex, reliability_y=numbers.reliability_cx
    )
    numbers = replace(
        numbers,
        r=found.r,
        low=found.low,
        high=found.high,
        p_value=found.p_value,
        spearman=spearman(x, y).r,
        kendall=kendall(x, y).r,
        ceiling=truth.ceiling,
        disattenuated=truth.r,
        loo_low=float(without.min()) if without.size else None,
        loo_high=float(without.max()) if without.size else None,
    )
    is_refused = truth.ceiling is not None and truth.r is None and found.r is not None
    return numbers, found.reason or (truth.reason if is_refused else "")
