"""Which small sets of people some linear figures give away: exact, in whole numbers mod a prime.

Unknowns are the columns of a matrix, figures its rows. What can be worked out by linear algebra is
the span of the rows; somebody is found out where the span holds a row other than zero that touches
only few people's unknowns. A coincidence mod the prime would make too much of what is shown.
"""

from collections.abc import Iterator, Sequence
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

PRIME = 2**31 - 1
MOST_TRIED = 50_000
NOUGHT = 1e-9
Ints = NDArray[np.int64]


class TooManyToTryError(Exception):
    """There are more small sets than can be tried; nothing is known."""


def find_isolated(matrix: Ints, cells: Ints, people: Ints, *, k: int) -> list[frozenset[int]]:
    """Return sets of cells of fewer than k people of whom some combination of figures tells.

    `cells` says whose unknown each column is, `people` how many there are of each cell.
    """
    classes = tell_apart(matrix)
    pairs = np.unique(np.column_stack([classes, cells])[classes >= 0], axis=0)
    sizes = np.bincount(pairs[:, 0], weights=people[pairs[:, 1]]) if len(pairs) else np.zeros(0)
    small = [int(one) for one in np.flatnonzero((sizes > 0) & (sizes < k))]
    if not small:
        return []
    members = {one: frozenset(pairs[pairs[:, 0] == one, 1].tolist()) for one in small}
    first = {one: int(np.flatnonzero(classes == one)[0]) for one in range(len(sizes))}
    free = null_space(matrix[:, list(first.values())])
    row_of = {one: place for place, one in enumerate(first)}
    found: list[frozenset[int]] = []
    for chosen in _small_unions(members, people, k):
        if any(known <= chosen for known in found):
            continue
        inside = [row_of[one] for one, cells_of in members.items() if cells_of <= chosen]
        if rank(free[inside]) < len(inside):
            found.append(chosen)
    return found


def find_small_sets(sets: Ints, people: Ints, *, k: int) -> list[tuple[int, ...]]:
    """Return the sets of one to four cells, of fewer than k people, whose sum figures give away.

    `sets` is (figures, cells): each figure is of the sum over whole cells, one unknown each. Where
    cells are isolated, what figures leave open of them (k - 1 dimensions are enough) is dependent.
    Cells may weigh unequally in their sum, but none against the others: by how much three people
    differ from a fourth is no sum.
    """
    free = null_space(sets)
    draw = np.random.default_rng(1)
    shadow = np.zeros((len(free), k - 1), dtype=np.int64)
    for place in range(k - 1):
        shadow[:, place] = (free * draw.integers(1, PRIME, free.shape[1]) % PRIME).sum(axis=1)
    shadow %= PRIME
    found: list[tuple[int, ...]] = []
    for size in range(1, k):
        small = np.flatnonzero((people > 0) & (people <= k - size))
        if len(small) < size:
            break
        chosen = np.array(list(combinations(small.tolist(), size)))
        chosen = chosen[people[chosen].sum(axis=1) < k]
        hits = chosen[_determinants(shadow[chosen][:, :, :size]) == 0]
        found += [tuple(one) for one in hits.tolist() if _is_sum(sets, one)]
    return found


def _is_sum(sets: Ints, cells: list[int]) -> bool:
    """Say whether figures combine to a sum over some cells alone in which none counts negative."""
    inside = np.isin(np.arange(sets.shape[1]), cells)
    left, spread, _ = np.linalg.svd(sets[:, ~inside].astype(np.float64))
    weights = left[:, int((spread > NOUGHT).sum()) :].T @ sets[:, inside]
    largest = weights[np.argmax(np.abs(weights).max(axis=1))]
    is_single = np.linalg.matrix_rank(weights, tol=NOUGHT) == 1
    return not is_single or bool((largest > -NOUGHT).all() or (largest < NOUGHT).all())


def _determinants(squares: Ints) -> Ints:
    """Return the determinant of each of many small square matrices, mod the prime."""
    if squares.shape[1] == 1:
        return np.asarray(squares[:, 0, 0] % PRIME)
    found = np.zeros(len(squares), dtype=np.int64)
    for place in range(squares.shape[1]):
        others = [one for one in range(squares.shape[1]) if one != place]
        part = squares[:, 0, place] * _determinants(squares[:, 1:][:, :, others]) % PRIME
        found = (found + (-part if place % 2 else part)) % PRIME
    return found


def tell_apart(matrix: Ints) -> Ints:
    """Number the columns so that those get the same that no figure tells apart; -1: in none.

    They are multiples of each other; so are, but for a chance of 1 in 2**62, the products of three
    random rows with them.
    """
    draw = np.random.default_rng(0)
    prints = np.zeros((3, matrix.shape[1]), dtype=np.int64)
    for place in range(3):
        factors = draw.integers(1, PRIME, (len(matrix), 1))
        prints[place] = (factors * matrix % PRIME).sum(axis=0) % PRIME
    known = np.flatnonzero(prints.any(axis=0))
    inverse = invert(prints[0, known])
    ratios = np.column_stack(
        [prints[1, known] * inverse % PRIME, prints[2, known] * inverse % PRIME]
    )
    classes = np.full(matrix.shape[1], -1, dtype=np.int64)
    if known.size:
        classes[known] = np.unique(ratios, axis=0, return_inverse=True)[1].ravel()
    return classes


def invert(numbers: Ints) -> Ints:
    """Return the inverse of each number mod the prime, by Fermat's theorem."""
    found, power, exponent = np.ones_like(numbers), numbers % PRIME, PRIME - 2
    while exponent:
        if exponent & 1:
            found = found * power % PRIME
        power = power * power % PRIME
        exponent >>= 1
    return found


def null_space(matrix: Ints) -> Ints:
    """Return what the figures leave open: (columns, dimensions)."""
    reduced, pivots = reduce(matrix)
    free = [column for column in range(matrix.shape[1]) if column not in set(pivots)]
    found = np.zeros((matrix.shape[1], len(free)), dtype=np.int64)
    found[free, range(len(free))] = 1
    found[pivots] = -reduced[: len(pivots), free] % PRIME
    return found


def rank(matrix: Ints) -> int:
    """Return the rank of a matrix mod the prime."""
    return len(reduce(matrix)[1])


def reduce(matrix: Ints) -> tuple[Ints, list[int]]:
    """Return the reduced echelon form, and the columns of its leading ones."""
    rows, pivots = matrix % PRIME, list[int]()
    for column in range(rows.shape[1]):
        top = len(pivots)
        below = np.flatnonzero(rows[top:, column])
        if not below.size:
            continue
        rows[[top, top + below[0]]] = rows[[top + below[0], top]]
        rows[top] = rows[top] * invert(rows[top, column : column + 1]) % PRIME
        others = np.flatnonzero(rows[:, column])
        others = others[others != top]
        rows[others] = (rows[others] - rows[others, column, None] * rows[top]) % PRIME
        pivots.append(column)
        if len(pivots) == len(rows):
            break
    return rows, pivots


def _small_unions(
    members: dict[int, frozenset[int]], people: Ints, k: int
) -> Iterator[frozenset[int]]:
    """Yield every union of fewer than k people of the cells that stand together, each once."""
    parts: Sequence[frozenset[int]] = sorted(set(members.values()), key=sorted)
    tried = set[frozenset[int]]()
    for size in range(1, k):
        fitting = len(tried)
        for chosen in combinations(parts, size):
            union = frozenset().union(*chosen)
            if union not in tried and int(people[list(union)].sum()) < k:
                tried.add(union)
                yield union
            if len(tried) > MOST_TRIED:
                raise TooManyToTryError
        if len(tried) == fitting:
            return
