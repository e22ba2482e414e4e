"""Compute the study of one scope: all pairs of scales, looked at together."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from survey.aggregation.models import Release
from survey.linkage.alignment import Aligned
from survey.linkage.comparing import (
    FEWEST_CUSTOMERS,
    Pair,
    Side,
    compare,
    judge,
    pair_figures,
    rank_together,
)
from survey.linkage.units import Units, of_scale
from survey.linkage.worth import read_worth
from survey.questionnaires.selectors import get_content
from survey.statistics.correlation import Correlation

Previous = Mapping[tuple[str, str], Correlation]


@dataclass(frozen=True, slots=True)
class Sides:
    """The released scales of both sides."""

    ex: tuple[Side, ...]
    cx: tuple[Side, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Joined:
    """Two scales and the figures of the units that have both (`comparing.pair_figures`)."""

    ex: Side
    cx: Side
    figures: pd.DataFrame


@dataclass(frozen=True, slots=True)
class Computed:
    """The pairs of one scope with their verdicts, and which groups could not be compared."""

    pairs: tuple[tuple[Pair, dict[str, Any]], ...]
    coverage: dict[str, int]

    @property
    def family_size(self) -> int:
        """Return how many pairs were tested."""
        return sum(1 for pair, _ in self.pairs if pair.numbers.p_value is not None)


def read_sides(aligned: Aligned, units: Units) -> Sides:
    """Return the scales that were released on each side, in the order they were asked."""
    employees = units.ex.reset_index()[["group_id", "metric", "n", "mean"]]
    return Sides(
        _read_side([aligned.ex], employees.rename(columns={"group_id": "group_code"})),
        _read_side(aligned.cx, units.customers),
    )


def _read_side(releases: Sequence[Release], figures: pd.DataFrame) -> tuple[Side, ...]:
    phrases = {
        scale.code: scale.phrase
        for questionnaire in {release.wave.questionnaire_id for release in releases}
        for scale in get_content(questionnaire_id=questionnaire).scales
    }
    shown = set(figures["metric"])
    return tuple(
        Side(code, phrase, read_worth(releases, code, figures))
        for code, phrase in phrases.items()
        if code in shown
    )


def join_sides(units: Units, sides: Sides) -> list[Joined]:
    """Put the figures of every scale of one side beside those of every one of the other."""
    ex, cx = (
        {side.scale: of_scale(figures, side.scale) for side in scales}
        for figures, scales in ((units.ex, sides.ex), (units.cx, sides.cx))
    )
    return [
        Joined(one, other, pair_figures(ex[one.scale], cx[other.scale]))
        for one in sides.ex
        for other in sides.cx
    ]


def compute_study(
    units: Units, joined: Sequence[Joined], *, scope: Collection[int] | None, previous: Previous
) -> Computed:
    """Compare every pair of scales within a scope, or over all units."""
    inside = units.groups.index if scope is None else pd.Index(sorted(scope))
    pairs = [
        compare(one.figures[one.figures.index.isin(inside)], ex=one.ex, cx=one.cx) for one in joined
    ]
    judged = [
        (
            pair,
            judge(
                pair,
                previous=previous.get((pair.ex.scale, pair.cx.scale)),
                n_left_out=len(inside) - pair.n_teams,
            ),
        )
        for pair in rank_together(pairs)
    ]
    return Computed(tuple(judged), count_coverage(units, inside))


def count_coverage(units: Units, inside: Collection[int]) -> dict[str, int]:
    """Count the groups in a scope, those compared on some pair, and why others are not.

    A team without a customer figure has no customers, as far as may be known.
    """
    most = units.cx["n"].groupby("group_id").max()
    groups = set(inside)
    shown = groups & set(units.ex.index.get_level_values("group_id"))
    with_customers = shown & set(most.index)
    compared = with_customers & set(most[most >= FEWEST_CUSTOMERS].index)
    return {
        "n_groups": len(groups),
        "n_compared": len(compared),
        "n_not_shown": len(groups - shown),
        "n_no_customers": len(shown - with_customers),
        "n_few_customers": len(with_customers - compared),
    }
