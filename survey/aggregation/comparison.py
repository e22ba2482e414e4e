"""How a part of the organisation stands: its figures, its teams' spread, its own parts.

Everything is computed from printed, released figures, so that anybody can compute it again.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from survey.aggregation.metrics import ITEM_PREFIX
from survey.campaigns.models import GroupKind
from survey.statistics.inputs import NORMAL_95
from survey.statistics.shrinkage import compare, empirical_bayes

FEWEST_TEAMS = 5  # for a median: that of fewer would tell one team's figure to the others
MOST_PARTS = 120
QUARTILES = {"lower": 0.25, "median": 0.5, "upper": 0.75}
PRINTED = ("mean", "se", "low", "high")


@dataclass(frozen=True, slots=True)
class Unit:
    """A group as it is known over waves: by what it is and which teams it holds."""

    kind: str
    team_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a unit stands in the tree of its wave, and what it is called there."""

    code: str
    name: str
    parent: Unit | None


@dataclass(frozen=True, slots=True)
class Said:
    """One printed figure of a unit."""

    n: int
    mean: float
    se: float | None
    low: float | None
    high: float | None
    favourable: int | None
    detail: Mapping[str, Any] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """Return the figure as it is stored; what is not known is null."""
        numbers = {name: _printed(getattr(self, name)) for name in PRINTED}
        return {"n": self.n, **numbers, "favourable": self.favourable, "detail": dict(self.detail)}


@dataclass(frozen=True, slots=True)
class _Estimate:
    """A mean with its standard error; that of the whole, which is compared with, counts as 0."""

    shrunken: float
    se: float = 0.0


@dataclass(frozen=True, slots=True)
class Standing:
    """What is stored of one scope: see `models.Standing`."""

    scope: Unit
    metrics: dict[str, dict[str, Any]]
    parts: list[dict[str, Any]]
    n_teams: int


Figures = Mapping[Unit, Mapping[str, Said]]


def compare_units(places: Mapping[Unit, Place], figures: Figures) -> Iterator[Standing]:
    """Yield the standing of every inner node, and of the root, that shows a figure."""
    leaves = [unit for unit in figures if unit.kind != GroupKind.NODE]
    means = pd.DataFrame(
        {unit: {metric: said.mean for metric, said in figures[unit].items()} for unit in leaves},
        dtype=float,
    ).T
    inside = _leaves_below(places, leaves)
    children: dict[Unit, list[Unit]] = {}
    for unit, place in places.items():
        if place.parent is not None:
            children.setdefault(place.parent, []).append(unit)
    for node in figures:
        if node.kind == GroupKind.NODE or places[node].parent is None:
            rows = inside.get(node, [])
            shown = [unit for unit in children.get(node, []) if unit in figures]
            yield Standing(
                node,
                _describe_metrics(figures[node], means.iloc[rows]),
                _describe_parts(node, shown, places, figures),
                len(rows),
            )


def _leaves_below(places: Mapping[Unit, Place], leaves: Sequence[Unit]) -> dict[Unit, list[int]]:
    found: dict[Unit, list[int]] = {}
    for row, leaf in enumerate(leaves):
        above = places[leaf].parent
        while above is not None:
            found.setdefault(above, []).append(row)
            above = places[above].parent
    return found


def _describe_metrics(own: Mapping[str, Said], teams: pd.DataFrame) -> dict[str, dict[str, Any]]:
    spread = _quartiles(teams)
    return {
        metric: said.as_json() | {"teams": spread.get(metric, {"n": 0})}
        for metric, said in own.items()
    }


def _quartiles(teams: pd.DataFrame) -> dict[str, dict[str, Any]]:
    """Return how many teams show each metric and, of enough of them, the quartiles."""
    found: dict[str, dict[str, Any]] = {}
    for metric in teams.columns:
        shown = teams[metric].dropna().to_numpy()
        found[metric] = {"n": shown.size}
        if shown.size >= FEWEST_TEAMS:
            cuts = np.quantile(shown, list(QUARTILES.values()))
            found[metric] |= dict(zip(QUARTILES, map(_printed, cuts), strict=True))
    return found


def _describe_parts(
    node: Unit, parts: Sequence[Unit], places: Mapping[Unit, Place], figures: Figures
) -> list[dict[str, Any]]:
    """Describe the parts in the order of their names; none where there are too many for a page."""
    if len(parts) > MOST_PARTS:
        return []
    drawn = {
        metric: _shrink(metric, parts, figures, said) for metric, said in figures[node].items()
    }
    return [
        {
            "code": places[unit].code,
            "name": places[unit].name,
            "kind": unit.kind,
            "team_ids": list(unit.team_ids),
            "metrics": {
                metric: said.as_json() | drawn.get(metric, {}).get(unit, {})
                for metric, said in figures[unit].items()
                if not metric.startswith(ITEM_PREFIX)
            },
        }
        for unit in sorted(parts, key=lambda unit: (places[unit].name, places[unit].code))
    ]


def _shrink(
    metric: str, parts: Sequence[Unit], figures: Figures, whole: Said
) -> dict[Unit, dict[str, Any]]:
    """Draw the parts towards their mean, and say how likely each lies above the whole."""
    said = {unit: figures[unit][metric] for unit in parts if metric in figures[unit]}
    known = {unit: (one.mean, one.se**2) for unit, one in said.items() if one.se}
    found = empirical_bayes(
        [mean for mean, _ in known.values()],
        [variance for _, variance in known.values()],
        method="dl",
    )
    drawn = zip(found["shrunken"].tolist(), found["se"].tolist(), strict=True)
    return {
        unit: _draw(_Estimate(shrunken, se), whole.mean)
        for unit, (shrunken, se) in zip(known, drawn, strict=False)
    }


def _draw(part: _Estimate, whole: float) -> dict[str, Any]:
    half = NORMAL_95 * part.se
    return {
        "shrunken": _printed(part.shrunken),
        "shrunken_low": _printed(max(part.shrunken - half, 0.0)),
        "shrunken_high": _printed(min(part.shrunken + half, 100.0)),
        "above": _probability(part, whole),
    }


def _probability(part: _Estimate, whole: float) -> float | None:
    found = compare(part, _Estimate(whole))
    return None if found is None else round(found, 3)


def _printed(value: float | None) -> float | None:
    return None if value is None or np.isnan(value) else round(float(value), 1) + 0.0
