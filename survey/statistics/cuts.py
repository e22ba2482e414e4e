"""Which declared cuts (tenure, site, ...) can stand beside the figures of the teams.

A cut crosses the teams, so its levels and the teams' figures together can give away small cells:
the people of one team in one level. What is checked here is linear algebra and bounds.
"""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from survey.statistics.inputs import FloatArray, IntArray, table

BoolArray = NDArray[np.bool_]

TOLERANCE = 1e-6


@dataclass(frozen=True, slots=True)
class Cut:
    """The levels of a cut that may be shown, each as the declared levels it joins.

    No levels: the cut is left out, and `reason` says why.
    """

    name: str
    levels: tuple[tuple[Hashable, ...], ...]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class _Rules:
    """Minimum and maximum of an answer, the fewest people, and the room a mean must keep."""

    minimum: float
    maximum: float
    k: int
    room: float


@dataclass(frozen=True, slots=True)
class _Known:
    """Everything shown: which cells (sets, cells) make up a set, and its `sums` (sets, metrics).

    `n` (cells,) are the people of each cell, `atoms` (cells,) the set that is its atom.
    """

    sets: FloatArray
    n: FloatArray
    sums: FloatArray
    atoms: IntArray

    def spread_in_atoms(self, sums: FloatArray, rules: _Rules) -> FloatArray:
        """Return how far each cell's sum may lie apart by the figure of its own atom alone."""
        others = (self.sets @ self.n)[self.atoms] - self.n
        total = sums[self.atoms]
        lowest = np.maximum(rules.minimum * self.n, total - rules.maximum * others)
        highest = np.minimum(rules.maximum * self.n, total - rules.minimum * others)
        return highest - lowest


@dataclass(frozen=True, slots=True)
class _Question:
    """Numbers per cell between `low` and `high` that add up to `totals` in every set."""

    sets: FloatArray
    totals: FloatArray
    low: FloatArray
    high: FloatArray

    def answer(self, aim: FloatArray) -> FloatArray | None:
        """Return the numbers, (cells,), with the largest sum of aim times number, if any exist."""
        from scipy.optimize import linprog
        from scipy.sparse import csr_array

        bounds = list(zip(self.low.tolist(), self.high.tolist(), strict=True))
        sparse: Any = csr_array(self.sets)
        found = linprog(
            -aim,
            A_eq=sparse,
            b_eq=self.totals,
            bounds=bounds,
            options={"presolve": False},  # it takes 25 times as long as the solving here
        )
        return np.asarray(found.x, dtype=np.float64) if found.success else None


def audit_cuts(
    cells: pd.DataFrame,
    atoms: pd.DataFrame,
    levels: Mapping[str, pd.DataFrame],
    *,
    minimum: float,
    maximum: float,
    k: int = 5,
    room: float = 0.25,
) -> tuple[Cut, ...]:
    """Choose which cuts may be shown for the whole organisation, in the order of `levels`.

    `cells` has a row per cell: `atom`, the nearest published node of its people, a column per cut,
    and `n`, its people. `atoms` holds the sums of answers per atom, a column per metric of one
    family; `levels` the same per level of each cut, levels in their declared order. A cut passes
    if, with the atoms and the cuts before it, (a) no combination of the shown sums is the sum of a
    set of fewer than k people, and (b) the bounds of every cell of fewer than k people leave its
    mean `room` of the range, or all that the figure of its own atom leaves where that is less: a
    team that answers alike says so by itself, and no cut may add to it. Otherwise its smallest
    level joins the smaller of its neighbours; a cut with one level left is left out. Fractions of
    cells count in (a) as well, which errs to the safe side. Raises ValueError for cells of unknown
    atoms or levels.
    """
    _check(cells, atoms, levels)
    rules = _Rules(minimum, maximum, k, room)
    shown: dict[str, list[list[Hashable]]] = {}
    found = []
    for name in levels:
        groups = _joined_to(k, cells, name, [[level] for level in levels[name].index])
        while len(groups) > 1 and not _is_safe(
            _known(cells, atoms, levels, {**shown, name: groups}), rules
        ):
            groups = _join_smallest(cells, name, groups)
        if len(groups) > 1:
            shown[name] = groups
            found.append(Cut(name, tuple(map(tuple, groups))))
        else:
            found.append(Cut(name, (), "beside the other figures it would give small groups away"))
    return tuple(found)


def _check(cells: pd.DataFrame, atoms: pd.DataFrame, levels: Mapping[str, pd.DataFrame]) -> None:
    for name, known in [("atom", atoms), *levels.items()]:
        strange = set(cells[name]) - set(known.index)
        if strange:
            raise ValueError(f"cells have an unknown {name}: {sorted(map(str, strange))}")


def _people(cells: pd.DataFrame, name: str, group: list[Hashable]) -> int:
    return int(cells.n[cells[name].isin(group)].sum())


def _joined_to(
    k: int, cells: pd.DataFrame, name: str, groups: list[list[Hashable]]
) -> list[list[Hashable]]:
    """Join levels until each holds k people or one is left."""
    while len(groups) > 1 and min(_people(cells, name, group) for group in groups) < k:
        groups = _join_smallest(cells, name, groups)
    return groups


def _join_smallest(
    cells: pd.DataFrame, name: str, groups: list[list[Hashable]]
) -> list[list[Hashable]]:
    people = [_people(cells, name, group) for group in groups]
    smallest = people.index(min(people))
    beside = [at for at in (smallest - 1, smallest + 1) if 0 <= at < len(groups)]
    first = min(smallest, min(beside, key=lambda at: people[at]))
    return [*groups[:first], groups[first] + groups[first + 1], *groups[first + 2 :]]


def _known(
    cells: pd.DataFrame,
    atoms: pd.DataFrame,
    levels: Mapping[str, pd.DataFrame],
    shown: Mapping[str, list[list[Hashable]]],
) -> _Known:
    """Collect the shown sets; people whom none of them tells apart are one cell."""
    marks = pd.DataFrame(
        {"atom": atoms.index.get_indexer(pd.Index(cells.atom)), "people": cells.n.to_list()}
    )
    sums, sizes = {"atom": table(atoms)}, {"atom": len(atoms)}
    for name, groups in shown.items():
        place = {level: at for at, group in enumerate(groups) for level in group}
        marks[name] = [place[level] for level in cells[name]]
        sums[name] = np.array([table(levels[name].loc[group]).sum(axis=0) for group in groups])
        sizes[name] = len(groups)
    joined = marks[marks.people > 0].groupby(list(sums), as_index=False).people.sum()
    sets = [joined[name].to_numpy() == np.arange(size)[:, None] for name, size in sizes.items()]
    people = joined.people.to_numpy(dtype=np.float64)
    return _Known(
        np.vstack(sets).astype(np.float64),
        people,
        np.vstack(list(sums.values())),
        joined["atom"].to_numpy(),
    )


def _is_safe(known: _Known, rules: _Rules) -> bool:
    """Ask of every small cell whether it may hold k people, and how far its sum may lie apart.

    By duality the fewest people of a set that holds a cell and whose sum combines the shown sums
    are the most people the cell could hold, had only the number of people in each shown set to
    come out right.
    """
    small = known.n < rules.k
    most = np.full(known.n.size, known.n.sum())
    people = _Question(known.sets, known.sets @ known.n, 0.0 * most, most)
    if not _all_reach(people, small, np.full(known.n.size, float(rules.k)), from_low=False):
        return False
    low, high = rules.minimum * known.n, rules.maximum * known.n
    return all(
        _all_reach(
            _Question(known.sets, sums, low, high),
            small,
            np.minimum(rules.room * (high - low), known.spread_in_atoms(sums, rules)),
        )
        for sums in known.sums.T
    )


def _all_reach(
    question: _Question, small: BoolArray, need: FloatArray, *, from_low: bool = True
) -> bool:
    """Tell whether every small cell's number can be `need` high, or that far above its lowest.

    Each answer shows what its cells can be; answers to random aims settle most cells at once, the
    rest are asked about one by one.
    """
    rng = np.random.default_rng(0)
    lowest = np.full(need.size, np.inf if from_low else 0.0)
    highest = np.full(need.size, -np.inf)
    pending = small.copy()
    alone = False
    while pending.any():
        asked = pending & (np.cumsum(pending) == 1) if alone else pending
        aim = asked * rng.uniform(0.5, 1.0, need.size)
        for direction in (1.0, -1.0) if from_low else (1.0,):
            answer = question.answer(direction * aim)
            if answer is None:
                return False
            lowest, highest = np.minimum(lowest, answer), np.maximum(highest, answer)
        before = pending
        pending = pending & (highest - lowest < need - TOLERANCE)
        if alone and (pending & asked).any():
            return False
        alone = bool((pending == before).all())
    return True
