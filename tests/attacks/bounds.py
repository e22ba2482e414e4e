"""How closely the sums of crossing sets pin the people of small cells down: linear programmes.

Unknowns are sums of scores from 0 to 1 per cell, of every part of a scale that something is told
of: its items where they are shown, else its facets. All figures of a family bind at once, and
leaders take them for exact, as near as they can be to what is printed.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog
from scipy.sparse import csr_array

from survey.aggregation.metrics import Metric
from tests.attacks.unknowns import Marks, Told

TINY = 1e-7
NEARLY = 0.05  # what rounding may take away from a cell's room
Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Sums:
    """What is known of unknowns: rows times unknowns are the totals; none is negative.

    `most` is the most that each unknown can be: everybody of its cell at the upper end.
    """

    rows: Floats
    totals: Floats
    most: Floats

    def only(self, chosen: Marks) -> "Sums":
        """Return what some of the rows tell alone."""
        return Sums(self.rows[chosen], self.totals[chosen], self.most)

    def reach(self, aim: Floats) -> Floats | None:
        """Return the unknowns with the largest sum of aim times unknown, if there are any."""
        rows = csr_array(np.vstack([self.rows, -self.rows]))
        limits = np.concatenate([self.totals, -self.totals]) + TINY
        bounds = np.column_stack([np.zeros_like(self.most), self.most])
        found = linprog(-aim, rows, limits, bounds=bounds, options={"presolve": False})
        return np.asarray(found.x, dtype=np.float64) if found.success else None


def find_pinned(
    told: Sequence[Told], sets: Marks, *, k: int, room: float
) -> Iterator[tuple[int, str]]:
    """Yield size and metric of the cells of fewer than k people whose mean has too little room.

    `sets` is (figures, people). Cells are people whom no figure tells apart. Where the figures of
    groups alone leave less (a group answers alike), figures of cuts must not take more.
    """
    pieces, where = np.unique(sets, axis=1, return_inverse=True)
    sizes = np.bincount(where.ravel())
    known = [at for at, one in enumerate(told) if not one.metric.profiles]
    metrics = {told[at].metric.code: told[at].metric for at in known}
    parts = list_parts(list(metrics.values()))
    weights = {code: weigh(metric, parts) for code, metric in metrics.items()}
    sums = _collect([told[at] for at in known], pieces[known], sizes, weights)
    of_groups = sums.only(np.array([not told[at].is_of_cut for at in known]))
    small = [int(at) for at in np.flatnonzero(pieces.any(axis=0)) if sizes[at] < k]
    for code, weight in weights.items():
        aims = {at: np.kron(_unit(len(sizes), at), weight) / sizes[at] for at in small}
        narrow = find_rooms(sums, aims, enough=room)
        alone = find_rooms(of_groups, {at: aims[at] for at in narrow}, enough=room)
        for at, width in narrow.items():
            if width < min(room, alone.get(at, room)) - NEARLY:
                yield int(sizes[at]), code


def list_parts(metrics: Sequence[Metric]) -> list[frozenset[str]]:
    """Return the disjoint sets of items of which all metrics are made."""
    found: list[frozenset[str]] = []
    for metric in sorted(metrics, key=lambda one: len(one.item_codes)):
        for part in metric.parts or (metric.item_codes,):
            rest = frozenset(part).difference(*found)
            found += [rest] if rest else []
    return found


def weigh(metric: Metric, parts: Sequence[frozenset[str]]) -> Floats:
    """Return how much each part counts in a metric."""
    items = frozenset(metric.item_codes)
    return np.array([len(part & items) / len(items) for part in parts])


def _collect(
    told: Sequence[Told],
    pieces: Marks,
    sizes: NDArray[np.int64],
    weights: Mapping[str, Floats],
) -> Sums:
    turned = {item for one in told for item in one.metric.reversed_codes}
    rows, totals = [], []
    for one, cells in zip(told, pieces, strict=True):
        mean = one.figure.mean / 100
        is_turned = not one.metric.is_scale and one.metric.item_codes[0] in turned
        rows.append(np.kron(cells, weights[one.metric.code]))
        totals.append(one.figure.n * (1 - mean if is_turned else mean))
    matrix = np.array(rows, dtype=np.float64)
    nearest = matrix @ (np.linalg.pinv(matrix) @ np.array(totals))
    width = matrix.shape[1] // len(sizes)
    return Sums(matrix, nearest, np.repeat(sizes, width).astype(np.float64))


def find_rooms(sums: Sums, aims: Mapping[int, Floats], *, enough: float) -> dict[int, float]:
    """Return how far apart each aim can lie, of those that have not enough room.

    Every answer shows many at once. Figures that contradict each other tell nothing.
    """
    low, high = dict.fromkeys(aims, np.inf), dict.fromkeys(aims, -np.inf)
    for cell, aim in aims.items():
        for direction in (1.0, -1.0):
            if high[cell] - low[cell] >= enough:
                break
            answer = sums.reach(direction * aim)
            if answer is None:
                return {}
            for other, wanted in aims.items():
                value = float(wanted @ answer)
                low[other], high[other] = min(low[other], value), max(high[other], value)
    return {cell: high[cell] - low[cell] for cell in aims if high[cell] - low[cell] < enough}


def _unit(size: int, at: int) -> Floats:
    found = np.zeros(size)
    found[at] = 1
    return found
