"""What leaders put together of waves in which one person says something of several teams.

Everything that somebody says of a serving team is unknown by itself. What is given away is looked
for among people, not among ratings: of five ratings by two people, two people are known.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence

import numpy as np
import pandas as pd
from scipy.linalg import block_diag

from survey.aggregation.printing import PrintedFigure
from tests.attacks.algebra import Ints, find_isolated
from tests.attacks.collusion import Isolated, Table, part_by_items, read_figures
from tests.attacks.organisations import METRICS, Played
from tests.attacks.serving import part_by_tree
from tests.attacks.unknowns import Marks, Told, Unknowns

Figures = Mapping[tuple[str, str], PrintedFigure]
NOBODY = frozenset[int]()


class RatingTable(Table):
    """The figures of one family, with the person behind each row of what was said.

    What `known` people said themselves is no secret to the table.
    """

    def __init__(
        self, said: pd.DataFrame, told: Sequence[Told], *, known: Collection[int] = NOBODY
    ) -> None:
        super().__init__(said, told)
        self.index = said.index.to_numpy()
        self.items = list(self._scoring.items)
        self.people = said["person"].to_numpy(dtype=np.int64)
        self.is_known = np.isin(self.people, list(known))

    @property
    def atoms(self) -> Iterator[Marks]:
        """Yield the rows that no figure tells apart, of each kind that some figure counts."""
        pieces, where = np.unique(self._sets, axis=1, return_inverse=True)
        for piece in np.flatnonzero(pieces.any(axis=0)):
            yield where.ravel() == piece

    @property
    def sets(self) -> Iterator[Marks]:
        """Yield the rows of each figure, then those of each atom."""
        yield from self._sets
        yield from self.atoms

    def count(self, rows: Marks) -> int:
        """Return how many people said what stands in some rows."""
        return len(set(self.people[rows].tolist()))

    def solve(self, *, k: int) -> Iterator[Isolated]:
        """Yield small sets of people of whom a combination of figures tells something."""
        for people in self.find_people(k=k):
            yield Isolated(len(people), tuple(self.metrics), "algebra")

    def find_people(self, *, k: int) -> Iterator[set[int]]:
        """Yield who they are."""
        yield from find_together([self], k=k)

    def matrix(self) -> tuple[Ints, Ints]:
        """Return a row per number told, a column per unknown, and whose each column is."""
        unknowns = Unknowns(self._scoring, self.told)
        rows = [
            (row * (where & ~self.is_known)[:, None]).ravel()
            for one, where in zip(self.told, self._sets, strict=True)
            for row in unknowns.rows(one)
        ]
        return np.array(rows), np.repeat(self.people, len(unknowns))


def lay_out(
    played: Played, figures: Figures, *, known: Collection[int] = NOBODY
) -> Iterator[RatingTable]:
    """Yield a table for each family of each tree.

    Two trees share no unknown. So a combination of figures that touches only what some people said
    is, within each tree, one of its own figures that does so: each can be searched by itself.
    """
    for tree in part_by_tree(played):
        own = {key: one for key, one in figures.items() if key[0] in tree.tree.parents}
        told = read_figures(tree.tree, tree.said["at"].tolist(), own, METRICS)
        for part in part_by_items(told):
            yield RatingTable(tree.said, part, known=known)


def find_together(tables: Sequence[RatingTable], *, k: int) -> Iterator[set[int]]:
    """Yield sets of fewer than k people of whom the figures of some tables tell, taken at once."""
    parts = [table.matrix() for table in tables]
    names, cells = np.unique(np.concatenate([own for _, own in parts]), return_inverse=True)
    matrix = np.asarray(block_diag(*(rows for rows, _ in parts)), dtype=np.int64)
    people = np.ones(len(names), dtype=np.int64)
    for found in find_isolated(matrix, cells.ravel(), people, k=k):
        yield set(names[list(found)].tolist())


def search(tables: Sequence[RatingTable], *, k: int) -> list[Isolated]:
    """Return everybody whom some tables give away, by linear algebra or by bounds."""
    return [one for table in tables for one in table.search(k=k)]


def find_crowds(tables: Sequence[RatingTable], *, k: int) -> list[tuple[int, int]]:
    """Return the sets under figures, and the atoms, that hold fewer than k people or one twice.

    Each is told by its ratings and its people.
    """
    counted = [(int(rows.sum()), table.count(rows)) for table in tables for rows in table.sets]
    return [(n, people) for n, people in counted if people < k or people < n]


def change_places(
    played: Played, tables: Sequence[RatingTable], draw: np.random.Generator
) -> Played:
    """Let the people of each atom change places: everybody says what another one said."""
    said = played.said.copy()
    for table in tables:
        for rows in table.atoms:
            index = table.index[rows]
            others = played.said.loc[draw.permutation(index), table.items]
            said.loc[index, table.items] = others.to_numpy()
    return Played(played.tree, said)
