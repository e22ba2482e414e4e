"""Compute the study of one part of the organisation: all pairs of scales, looked at together."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from survey.linkage.comparing import Pair, Sides, compare
from survey.linkage.confounders import Adjusted, adjust, choose_adjustment
from survey.linkage.families import Family, rank_together
from survey.linkage.importance import Importance, rank_themes
from survey.linkage.judging import judge
from survey.linkage.order import Lags, Order, judge_order, list_p_values, look_for_order
from survey.linkage.over_time import OverTime, look_over_time
from survey.linkage.parts import Part
from survey.linkage.self_check import check_part
from survey.statistics.correlation import Correlation
from survey.statistics.placebo import PlaceboCheck

SEED = 1

Previous = Mapping[tuple[str, str], Correlation]


@dataclass(frozen=True, slots=True)
class Found:
    """Everything that is stored of one pair of scales."""

    pair: Pair
    partial: tuple[Adjusted, ...]
    over_time: OverTime
    lags: Lags
    direction: Order
    verdict: dict[str, Any]

    def as_numbers(self) -> dict[str, Any]:
        """Return all numbers as plain data, under the keys that docs/statistics.md explains."""
        return {
            **asdict(self.pair.numbers),
            "partial": [asdict(one) for one in self.partial],
            **asdict(self.over_time),
            "lags": asdict(self.lags),
            "direction": asdict(self.direction),
        }


@dataclass(frozen=True, slots=True)
class Computed:
    """All pairs of one part, the families they were tested in, and the check of the machine."""

    pairs: tuple[Found, ...]
    families: dict[str, int]
    n_waves: int
    self_check: PlaceboCheck
    importance: tuple[Importance, ...]


def compute_study(part: Part, sides: Sides, *, previous: Previous, seed: int = SEED) -> Computed:
    """Compare every pair of scales within a part, now and over the periods before."""
    pairs, between = _compare(part, sides, seed)
    times, within = _look_over_time(part, sides)
    partial = adjust(part, sides)
    courses = look_for_order(part.history, sides, seed=seed)
    arrows = [list_p_values(courses[ex.scale, cx.scale].panel) for ex, cx in sides.pairs()]
    direction = rank_together([p_value for both in arrows for p_value in both])
    found = []
    for at, (pair, over_time) in enumerate(zip(pairs, times, strict=True)):
        codes = pair.ex.scale, pair.cx.scale
        forward, backward = direction.q_values[2 * at : 2 * at + 2]
        order = judge_order(
            courses[codes].panel, ex=pair.ex, cx=pair.cx, q_forward=forward, q_backward=backward
        )
        verdict = judge(
            pair,
            previous=previous.get(codes),
            adjustment=choose_adjustment(pair.numbers.r, partial[codes]),
            n_left_out=len(part.groups) - pair.n_teams,
            trust_is_low=part.trust_is_low,
        )
        found.append(Found(pair, partial[codes], over_time, courses[codes].lags, order, verdict))
    families = {"between": between, "within": within, "direction": direction}
    return Computed(
        tuple(found),
        {name: family.n_tests for name, family in families.items()},
        part.history.n_periods,
        check_part(part, seed=seed),
        rank_themes(part, sides, seed=seed),
    )


def _compare(part: Part, sides: Sides, seed: int) -> tuple[list[Pair], Family]:
    pairs = compare(part, sides, seed=seed)
    family = rank_together([pair.numbers.p_value for pair in pairs])
    ranked = [
        replace(pair, numbers=replace(pair.numbers, q_value=q_value))
        for pair, q_value in zip(pairs, family.q_values, strict=True)
    ]
    return ranked, family


def _look_over_time(part: Part, sides: Sides) -> tuple[list[OverTime], Family]:
    times = look_over_time(part.history, sides)
    family = rank_together([one.within.p_value for one in times])
    ranked = [
        replace(one, within=replace(one.within, q_value=q_value))
        for one, q_value in zip(times, family.q_values, strict=True)
    ]
    return ranked, family
