"""Small random trees, and everything that could be published of one, tried out at once."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

K = 5
MOST_NODES = 13  # 8,192 subsets


@dataclass(frozen=True)
class Forest:
    """Nodes are numbered, parents before children; -1 is above a root. people stand directly."""

    parents: tuple[int, ...]
    people: tuple[int, ...]

    @property
    def series(self) -> tuple[pd.Series, pd.Series]:
        """Return what `publishable` takes."""
        above = pd.Series([pd.NA if one < 0 else one for one in self.parents], dtype="Int64")
        return above, pd.Series(self.people)

    @cached_property
    def inside(self) -> tuple[int, ...]:
        """Return how many people are in the subtree of each node."""
        found = list(self.people)
        for node in reversed(range(len(found))):
            if self.parents[node] >= 0:
                found[self.parents[node]] += found[node]
        return tuple(found)

    @cached_property
    def depths(self) -> tuple[int, ...]:
        found: list[int] = []
        for parent in self.parents:
            found.append(found[parent] + 1 if parent >= 0 else 0)
        return tuple(found)

    def left_over(self, published: NDArray[np.bool_]) -> NDArray[np.int64]:
        """Return, per subset and node, the people who are in it and in no published node below.

        `published` is (subsets, nodes).
        """
        found = np.tile(np.array(self.people, dtype=np.int64), (len(published), 1))
        for node in reversed(range(len(self.parents))):
            if self.parents[node] >= 0:
                found[:, self.parents[node]] += np.where(published[:, node], 0, found[:, node])
        return found

    def is_safe(self, published: NDArray[np.bool_], k: int = K) -> NDArray[np.bool_]:
        """Say of each subset whether every published node leaves nobody over, or k people."""
        left = self.left_over(published)
        large = np.array(self.inside) >= k
        return ((((left == 0) | (left >= k)) & large) | ~published).all(axis=1)

    def worth(self, published: NDArray[np.bool_]) -> NDArray[np.int64]:
        """Return the respondents in all published nodes of each subset."""
        return published @ np.array(self.inside, dtype=np.int64)

    def best(self, k: int = K) -> set[int]:
        """Return the best safe subset of all: the greatest worth, then the preferred nodes."""
        size = len(self.parents)
        every = (np.arange(2**size)[:, None] >> np.arange(size) & 1).astype(bool)
        roots = [n for n in range(size) if self.parents[n] < 0 and self.inside[n] >= k]
        safe = every[self.is_safe(every, k) & every[:, roots].all(axis=1)]
        order = sorted(range(size), key=lambda n: (self.depths[n], -self.inside[n], n))
        ties = safe[:, order] @ (1 << np.arange(size)[::-1])
        return set(np.flatnonzero(safe[np.lexsort((ties, self.worth(safe)))[-1]]).tolist())


def draw_forest(seed: int, *, most_nodes: int = MOST_NODES) -> Forest:
    """Draw 1 to so many nodes with 0 to 8 people each; now and then with several roots."""
    draw = np.random.default_rng(seed)
    size = int(draw.integers(1, most_nodes + 1))
    parents = [int(draw.integers(-1 if draw.random() < 0.1 else 0, at)) if at else -1
               for at in range(size)]  # fmt: skip
    return Forest(tuple(parents), tuple(draw.integers(9, size=size).tolist()))


def choose_greedily(forest: Forest, k: int = K) -> set[int]:
    """Publish whatever is safe beside what is published already, the largest first."""
    order = sorted(range(len(forest.parents)), key=lambda node: (-forest.inside[node], node))
    chosen = np.zeros((1, len(order)), dtype=bool)
    for node in order:
        chosen[0, node] = True
        chosen[0, node] = forest.is_safe(chosen, k)[0]
    return set(np.flatnonzero(chosen[0]).tolist())


def is_one_safe(forest: Forest, nodes: Collection[int], k: int = K) -> bool:
    """Say whether one subset keeps the rule."""
    return bool(forest.is_safe(_mark(nodes, len(forest.parents)), k)[0])


def worth_of(forest: Forest, nodes: Collection[int]) -> int:
    """Return the respondents in all published nodes of one subset."""
    return sum(forest.inside[node] for node in nodes)


def _mark(nodes: Collection[int], size: int) -> NDArray[np.bool_]:
    marks = np.zeros((1, size), dtype=bool)
    marks[0, list(nodes)] = True
    return marks
