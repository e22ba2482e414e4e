"""What is found of each planted link, laid beside what was planted."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import chain
from typing import Any

import numpy as np
import pandas as pd

from survey.linkage.comparing import Pair, Sides, compare
from survey.linkage.parts import Part
from survey.linkage.studying import Found, compute_study
from survey.samples.truth import EX_SCALES, FACTORS, SHIPPED_TRUTH, Truth
from survey.statistics.inputs import FloatArray
from tests.samples.released import Contents, read_parts

SEEDS = range(1, 21)
PLANTED = {scale.code: SHIPPED_TRUTH.linked_to_treatment[scale.factor] for scale in EX_SCALES}
NUMBERS = ["r", "low", "high", "p_value", "ceiling", "disattenuated"]
EX_LEADS, CX_LEADS = ("EX_FIRST", "EX_BEFORE", "BOTH"), ("CX_FIRST", "CX_BEFORE", "BOTH")

SAMPLED_TRUTH = replace(SHIPPED_TRUTH, are_teams_sampled=True)
TRUTH_WITHOUT_LAGS = replace(SHIPPED_TRUTH, fairness_to_treatment=0.0, treatment_to_employees=0.0)
TRUTH_WITH_A_STRONG_LAG = replace(
    SHIPPED_TRUTH, fairness_to_treatment=0.5, steady_share=0.2, icc_ex=0.30, icc_cx=0.20
)


def _link(seed: int, quarter: int, pair: Pair) -> dict[str, Any]:
    names = {"seed": seed, "quarter": quarter, "ex": pair.ex.scale, "cx": pair.cx.scale}
    return names | {name: getattr(pair.numbers, name) for name in NUMBERS}


def _orders(seed: int, last: tuple[Part, Sides]) -> list[dict[str, Any]]:
    return [_order(seed, one) for one in compute_study(*last, previous={}).pairs]


def _order(seed: int, found: Found) -> dict[str, Any]:
    order = found.direction
    return {
        "seed": seed,
        "ex": found.pair.ex.scale,
        "cx": found.pair.cx.scale,
        "code": str(order.code),
        "q_forward": order.ex_before_cx.q_value,
        "q_backward": order.cx_before_ex.q_value,
    }


def explore(
    contents: Contents, truth: Truth, seeds: Iterable[int]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return what is found in organisations: links of all quarters, orders of the last study.

    Links have a row per organisation, quarter and pair of scales: seed, quarter, ex, cx, NUMBERS.
    Orders have one per organisation and pair: seed, ex, cx, code, q_forward, q_backward.
    """
    links, orders = [], []
    for seed in seeds:
        parts = read_parts(contents, truth, seed)
        for quarter, (part, sides) in enumerate(parts):
            links += [_link(seed, quarter, one) for one in compare(part, sides, seed=1)]
        orders += _orders(seed, parts[-1])
    return pd.DataFrame(links), pd.DataFrame(orders)


def last_orders(contents: Contents, truth: Truth, seeds: Iterable[int]) -> pd.DataFrame:
    """Return the orders that `explore` does, without the links."""
    found = (_orders(seed, read_parts(contents, truth, seed)[-1]) for seed in seeds)
    return pd.DataFrame(chain.from_iterable(found))


def last_links(contents: Contents, truth: Truth, seeds: Iterable[int]) -> pd.DataFrame:
    """Return the links of the last quarter."""
    return pd.DataFrame(
        _link(seed, truth.n_quarters - 1, one)
        for seed in seeds
        for part, sides in read_parts(contents, truth, seed, last=1)
        for one in compare(part, sides, seed=1)
    )


def share_held(links: pd.DataFrame, *, through_noise: bool = True) -> float:
    """How often the interval of r holds the planted link, as the noise lets it look or as it is."""
    planted = links.ex.map(PLANTED)
    truth = planted * links.ceiling if through_noise else planted
    return float(truth.between(links.low, links.high).mean())


def distances(links: pd.DataFrame, column: str) -> pd.Series:
    """How far a column lies from what was planted, on average of all pairs of an employee scale."""
    return (links[column].astype(float) - links.ex.map(PLANTED)).groupby(links.ex).mean()


def count_leads(orders: pd.DataFrame) -> pd.DataFrame:
    """Count in how many organisations each arrow was said, and its least q-value.

    The index is ex, cx and the side that leads.
    """
    sides = {"ex": (EX_LEADS, "q_forward"), "cx": (CX_LEADS, "q_backward")}
    arrows = pd.concat(
        orders.assign(leader=side, is_said=orders.code.isin(codes), q=orders[q_value])
        for side, (codes, q_value) in sides.items()
    )
    return arrows.groupby(["ex", "cx", "leader"]).agg(n_said=("is_said", "sum"), q=("q", "min"))


def visible_lag(truth: Truth, *, of: str, on: str) -> float:
    """Return the planted lag that a comparison of these two factors alone would show.

    What moves with a factor that leads seems to lead too, as long as that one is not looked at.
    """
    both = [FACTORS.index(on), FACTORS.index(of)]
    moves: FloatArray = truth.correlations()
    across = (truth.carry_over() @ moves)[np.ix_(both[:1], both)]
    return float((across @ np.linalg.inv(moves[np.ix_(both, both)]))[0, 1])
