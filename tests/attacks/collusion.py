"""All leaders put everything they were shown on one table, and know who skipped which question.

They know the tree, who works where, who answered which questions and which level of a cut
everybody is at: all but the answers themselves. What they look for are these.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from survey.aggregation.composing import Tree
from survey.aggregation.metrics import Metric
from survey.aggregation.printing import PrintedFigure
from tests.attacks.algebra import find_isolated, find_small_sets
from tests.attacks.bounds import find_pinned
from tests.attacks.unknowns import Marks, Scoring, Told, Unknowns

LEAST_ROOM = 0.25  # one point of four
ALIKE_FROM = 10  # a group of so many that answers all alike says so itself
HALF_PRINTED = 0.0005
TINY = 1e-9


@dataclass(frozen=True)
class Isolated:
    """Fewer than k people of whom something was worked out, by which metrics, and how."""

    n: int
    metrics: tuple[str, ...]
    how: str


def read_figures(
    tree: Tree,
    at: Sequence[str],
    figures: Mapping[tuple[str, str], PrintedFigure],
    metrics: Mapping[str, Metric],
) -> list[Told]:
    """Return the figures of groups, each of everybody stored in the group or below it."""
    paths = {code: frozenset(tree.path(code)) for code in tree.parents}
    inside = {
        code: np.isin(at, [one for one in paths if code in paths[one]]) for code in tree.parents
    }
    return [Told(metrics[metric], inside[code], one) for (code, metric), one in figures.items()]


def collude(said: pd.DataFrame, told: Sequence[Told], *, k: int) -> list[Isolated]:
    """Return everybody whom the figures give away, by linear algebra or by bounds.

    `said` has a row per person and a column per item, NaN where nothing was said.
    """
    tables = [Table(said, part) for part in part_by_items(told)]
    return [one for table in tables for one in table.search(k=k)]


class Table:
    """The figures of metrics that hang together by their items, and the people they count."""

    def __init__(self, said: pd.DataFrame, told: Sequence[Told]) -> None:
        self.told = told
        self.metrics = {one.metric.code: one.metric for one in told}
        items = sorted({item for one in self.metrics.values() for item in one.item_codes})
        self._answers = said[items].to_numpy(dtype=np.float64)
        self._scoring = Scoring(items, ~np.isnan(self._answers))
        self._counted = {code: self._find_counted(code) for code in self.metrics}
        self._sets = np.array([one.where & self._counted[one.metric.code] for one in told])

    @property
    def misread(self) -> int:
        """Return how many figures count other people than the leaders think."""
        sizes = self._sets.sum(axis=1)
        return sum(int(n) != one.figure.n for n, one in zip(sizes, self.told, strict=True))

    def predict(self) -> Iterator[tuple[float, float]]:
        """Yield each mean as it follows from the true answers, and as printed."""
        scores = {
            code: self._scoring.scores(one, self._answers)
            for code, one in self.metrics.items()
            if not one.profiles
        }
        for one, where in zip(self.told, self._sets, strict=True):
            if one.metric.code in scores:
                yield 100 * float(scores[one.metric.code][where].mean()), one.figure.mean

    def search(self, *, k: int) -> Iterator[Isolated]:
        """Yield small sets of people of whom anything can be worked out."""
        yield from self.bound()
        if any(one.is_of_cut for one in self.told):
            yield from self.cross(k=k)
        else:
            yield from self.solve(k=k)

    def cross(self, *, k: int) -> Iterator[Isolated]:
        """Yield small sets where figures of cuts cross those of groups.

        Cuts add all items of a scale up alike, so what isolates anybody does so by the sets alone;
        taking every measure's figures for one measure's can only give more away.
        """
        pieces, where = np.unique(self._sets, axis=1, return_inverse=True)
        people = np.bincount(where.ravel()) * pieces.any(axis=0)
        for found in find_small_sets(pieces.astype(np.int64), people, k=k):
            yield Isolated(int(people[list(found)].sum()), tuple(self.metrics), "algebra of cuts")
        for n, metric in find_pinned(self.told, self._sets, k=k, room=LEAST_ROOM):
            yield Isolated(n, (metric,), "bounds of cuts")

    def solve(self, *, k: int) -> Iterator[Isolated]:
        """Yield small sets of people of whom a combination of figures tells something."""
        marks = np.column_stack([self._sets.T, self._scoring.answered])
        _, first, cell = np.unique(marks, axis=0, return_index=True, return_inverse=True)
        people = np.bincount(cell.ravel())
        unknowns = Unknowns(Scoring(self._scoring.items, self._scoring.answered[first]), self.told)
        rows = [
            (row * where[first, None]).ravel()
            for one, where in zip(self.told, self._sets, strict=True)
            for row in unknowns.rows(one)
        ]
        cells = np.repeat(np.arange(len(people)), len(unknowns))
        for found in find_isolated(np.array(rows), cells, people, k=k):
            yield Isolated(int(people[list(found)].sum()), tuple(self.metrics), "algebra")

    def bound(self) -> Iterator[Isolated]:
        """Yield people whose own score must lie within less than a point of four.

        Of sets whose sum is known, everybody but one may be at an end at most.
        """
        for code, metric in self.metrics.items():
            if not metric.profiles:
                mine = [at for at, one in enumerate(self.told) if one.metric.code == code]
                for n in self._find_pinned(self._sets[mine], [self.told[at] for at in mine]):
                    yield Isolated(1, (code,), f"bounds among {n}")

    def _find_pinned(self, sets: Marks, told: Sequence[Told]) -> list[int]:
        pieces, where = np.unique(sets, axis=1, return_inverse=True)
        sizes = np.bincount(where.ravel())
        n = np.array([one.figure.n for one in told])
        totals = n * np.array([one.figure.mean for one in told]) / 100
        inverse = np.linalg.pinv(pieces.astype(np.float64))
        sums, spare = inverse @ totals, np.abs(inverse) @ (n * HALF_PRINTED)
        low = np.maximum(0, sums - spare - (sizes - 1))
        high = np.minimum(1, sums + spare)
        is_known = np.isclose(np.diag(inverse @ pieces), 1) & pieces.any(axis=0)
        pinned = is_known & (sizes < ALIKE_FROM) & (high - low < LEAST_ROOM - TINY)
        return [int(size) for size in sizes[pinned]]

    def _find_counted(self, code: str) -> Marks:
        """Find by the printed numbers of people whether a metric counts its own or the family's."""
        own = self._scoring.has_score(self.metrics[code])
        each = [self._scoring.has_score(one) for one in self.metrics.values()]
        together = np.logical_and.reduce(each)
        told = [one for one in self.told if one.metric.code == code]
        fits = [
            sum(int((one.where & mask).sum()) == one.figure.n for one in told)
            for mask in (together, own)
        ]
        return together if fits[0] >= fits[1] else own


def part_by_items(told: Sequence[Told]) -> list[list[Told]]:
    """Put figures together whose metrics share items, directly or through others."""
    parts: list[tuple[set[str], list[Told]]] = []
    for one in told:
        items, figures = set(one.metric.item_codes), [one]
        touching = [part for part in parts if part[0] & items]
        parts = [part for part in parts if not part[0] & items]
        for known, others in touching:
            items |= known
            figures = others + figures
        parts.append((items, figures))
    return [figures for _, figures in parts]
