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
    """Everything shown: which cells make up an atom (atoms, cells) or a level (levels, cells).

    `n` (cells,) are the people of each cell, `own` (cells,) its atom. `of_atoms` (atoms, parts) are
    the sums of the parts of which metrics are made, `of_levels` (levels, metrics) those of metrics,
    `weights` (metrics, parts) how much each part counts in each.
    """

    atoms: FloatArray
    levels: FloatArray
    n: FloatArray
    own: IntArray
    of_atoms: FloatArray
    of_levels: FloatArray
    weights: FloatArray

    def spread_in_atoms(self, view: FloatArray, rules: _Rules) -> FloatArray:
        """Return how far each cell's sum may lie apart by the figures of its own atom alone."""
        n = self.n[:, None]
        others = (self.atoms @ self.n)[self.own][:, None] - n
        total = self.of_atoms[self.own]
        lowest = np.maximum(rules.minimum * n, total - rules.maximum * others)
        highest = np.minimum(rules.maximum * n, total - rules.minimum * others)
        return np.asarray((highest - lowest) @ view)

    def ask(self, metric: int, rules: _Rules) -> "_Question":
        """Ask for the sums of a metric, by all that is told of it and of what shares its parts."""
        parts, metrics = _hang_together(self.weights, metric)
        weights = self.weights[np.ix_(metrics, parts)]
        n_parts = int(parts.sum())
        rows = [np.kron(self.atoms, np.eye(n_parts)), np.kron(self.levels, weights)]
        totals = [self.of_atoms[:, parts].ravel(), self.of_levels[:, metrics].ravel()]
        people = np.repeat(self.n, n_parts)
        low, high = rules.minimum * people, rules.maximum * people
        view = self.weights[metric, parts]
        return _Question(np.vstack(rows), np.concatenate(totals), low, high, view)


@dataclass(frozen=True, slots=True)
class _Question:
    """Numbers per cell and part, between `low` and `high`, of which rows make `totals`.

    What is looked at are sums over the parts of a cell, weighed by `view` (parts,).
    """

    rows: FloatArray
    totals: FloatArray
    low: FloatArray
    high: FloatArray
    view: FloatArray

    def answer(self, aim: FloatArray) -> FloatArray | None:
        """Return the sums, (cells,), with the largest sum of aim times sum, if any exist."""
        from scipy.optimize import linprog
        from scipy.sparse import csr_array

        bounds = list(zip(self.low.tolist(), self.high.tolist(), strict=True))
        sparse: Any = csr_array(self.rows)
        found = linprog(
            -np.kron(aim, self.view),
            A_eq=sparse,
            b_eq=self.totals,
            bounds=bounds,
            options={"presolve": False},  # it takes 25 times as long as the solving here
        )
        if not found.success:
            return None
        return np.asarray(found.x, dtype=np.float64).reshape(-1, self.view.size) @ self.view


def audit_cuts(
    cells: pd.DataFrame,
    atoms: pd.DataFrame,
    levels: Mapping[str, pd.DataFrame],
    *,
    minimum: float,
    maximum: float,
    k: int = 5,
    room: float = 0.25,
    weights: pd.DataFrame | None = None,
) -> tuple[Cut, ...]:
    """Choose which cuts may be shown for the whole organisation, in the order of `levels`.

    `cells` has a row per cell: `atom`, the nearest published node of its people, a column per cut,
    and `n`, its people. `atoms` holds the sums of answers per atom, a column per metric of one
    family, or per part that metrics are made of: then `weights` (metrics, parts) says how much each
    part counts in each. `levels` holds the sums of metrics per level of each cut, levels in their
    declared order. Everything told of metrics that share parts binds at once. A cut passes
    if, with the atoms and the cuts before it, (a) no combination of the shown sums is the sum of a
    set of fewer than k people, and (b) the bounds of every cell of fewer than k people leave its
    mean `room` of the range, or all that the figure of its own atom leaves where that is less: a
    team that answers alike says so by itself, and no cut may add to it. Otherwise its smallest
    level joins the smaller of its neighbours; a cut with one level left is left out. Fractions of
    cells count in (a) as well, which errs to the safe side. Raises ValueError for cells of unknown
    atoms or levels.
    """
    _check(cells, atoms, levels)
    if weights is None:
        weights = pd.DataFrame(np.eye(atoms.shape[1]), atoms.columns, atoms.columns)
    rules = _Rules(minimum, maximum, k, room)
    shown: dict[str, list[list[Hashable]]] = {}
    found = []
    for name in levels:
        groups = _joined_to(k, cells, name, [[level] for level in levels[name].index])
        while len(groups) > 1 and not _is_safe(
            _known(cells, atoms, levels, {**shown, name: groups}, weights), rules
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
    weights: pd.DataFrame,
) -> _Known:
    """Collect the shown sets; people whom none of them tells apart are one cell."""
    marks = pd.DataFrame(
        {"atom": atoms.index.get_indexer(pd.Index(cells.atom)), "people": cells.n.to_list()}
    )
    metrics = list(weights.index)
    sums: dict[str, FloatArray] = {}
    for name, groups in shown.items():
        place = {level: at for at, group in enumerate(groups) for level in group}
        marks[name] = [place[level] for level in cells[name]]
        of_metrics = levels[name][metrics]
        sums[name] = np.array([table(of_metrics.loc[group]).sum(axis=0) for group in groups])
    joined = marks[marks.people > 0].groupby(["atom", *sums], as_index=False).people.sum()
    own = joined["atom"].to_numpy()
    inside = [joined[name].to_numpy() == np.arange(len(of))[:, None] for name, of in sums.items()]
    return _Known(
        (own == np.arange(len(atoms))[:, None]).astype(np.float64),
        np.vstack(inside).astype(np.float64),
        joined.people.to_numpy(dtype=np.float64),
        own,
        table(atoms[list(weights.columns)]),
        np.vstack(list(sums.values())),
        table(weights),
    )


def _hang_together(weights: FloatArray, metric: int) -> tuple[BoolArray, BoolArray]:
    """Return the parts that a metric shares with others, directly or not, and these others."""
    metrics = np.arange(len(weights)) == metric
    while True:
        parts = (weights[metrics] != 0).any(axis=0)
        touching = (weights[:, parts] != 0).any(axis=1)
        if (touching == metrics).all():
            return parts, metrics
        metrics = touching


def _is_safe(known: _Known, rules: _Rules) -> bool:
    """Ask of every small cell whether it may hold k people, and how far its sum may lie apart.

    By duality the fewest people of a set that holds a cell and whose sum combines the shown sums
    are the most people the cell could hold, had only the number of people in each shown set to
    come out right.
    """
    small = known.n < rules.k
    most = np.full(known.n.size, known.n.sum())
    sets = np.vstack([known.atoms, known.levels])
    people = _Question(sets, sets @ known.n, 0.0 * most, most, np.ones(1))
    if not _all_reach(people, small, np.full(known.n.size, float(rules.k)), from_low=False):
        return False
    wide = rules.room * (rules.maximum - rules.minimum) * known.n
    return all(
        _all_reach(
            known.ask(metric, rules),
            small,
            np.minimum(wide, known.spread_in_atoms(view, rules)),
        )
        for metric, view in enumerate(known.weights)
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
