"""The teams that a chart draws, each with its margins and its part of the organisation."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import isnan
from typing import Any

import pandas as pd

from survey.dashboards.trees import TeamTree

MOST_PARTS = 6
OTHER_PARTS = "Other parts"
WHOLE = "Teams"


@dataclass(frozen=True, slots=True)
class Margin:
    """A team's mean of 0 to 100 as released, with its 95 % interval and the number of people."""

    mean: float
    low: float | None
    high: float | None
    n: int

    @property
    def is_known(self) -> bool:
        """Say whether there is an interval; published counts have none."""
        return self.low is not None and self.high is not None


@dataclass(frozen=True, slots=True)
class Unit:
    """One team, or one named group of small teams, with both sides of its figures."""

    code: str
    name: str
    part: str
    inside: Margin
    outside: Margin

    @property
    def sides(self) -> tuple[Margin, Margin]:
        """Return both figures, those of the staff first."""
        return self.inside, self.outside


def read_units(
    table: pd.DataFrame, *, tree: TeamTree, scope: int, opens: Callable[[Iterable[int]], bool]
) -> tuple[Unit, ...]:
    """Turn the paired figures of a scope, as far as they may be seen, into units."""
    rows = [row for row in table.to_dict("records") if opens(row["team_ids"])]
    parts = name_parts([_part_of(row["team_ids"], tree=tree, scope=scope) for row in rows])
    return tuple(
        Unit(row["code"], row["name"], part, _margin(row, "ex"), _margin(row, "cx"))
        for row, part in zip(rows, parts, strict=True)
    )


def name_parts(parts: Sequence[str]) -> list[str]:
    """Keep at most six parts apart: the largest, and the others as one.

    Where nearly every team would be a part of its own, telling them apart says nothing.
    """
    sizes = Counter(parts)
    if len(sizes) > len(parts) / 2:
        return [WHOLE] * len(parts)
    if len(sizes) <= MOST_PARTS:
        return list(parts)
    largest = sorted(sizes, key=lambda part: (-sizes[part], part))[: MOST_PARTS - 1]
    return [part if part in largest else OTHER_PARTS for part in parts]


def list_parts(units: Iterable[Unit]) -> list[str]:
    """Return the parts in the order of a legend: by name, the others last."""
    return sorted({unit.part for unit in units}, key=lambda part: (part == OTHER_PARTS, part))


def _part_of(teams: Sequence[int], *, tree: TeamTree, scope: int) -> str:
    below = {_child_of(scope, tree.path(team)) for team in teams}
    part = below.pop() if len(below) == 1 else scope
    return tree.names.get(part, OTHER_PARTS)


def _child_of(scope: int, path: Sequence[int]) -> int:
    place = path.index(scope) + 1 if scope in path else len(path)
    return path[place] if place < len(path) else scope


def _margin(row: Mapping[Any, Any], side: str) -> Margin:
    return Margin(
        mean=float(row[f"{side}_mean"]),
        low=_number(row[f"{side}_low"]),
        high=_number(row[f"{side}_high"]),
        n=int(row[f"{side}_n"]),
    )


def _number(value: Any) -> float | None:
    return None if value is None or isnan(value) else float(value)
