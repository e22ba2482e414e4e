"""Under which group answers are stored: pure arithmetic.

Whoever knows who answered must not know anybody better than 1 in k, so every stored set holds at
least k answers of this seal.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Placement:
    """Where each group's answers go; those of the groups in rest found no place."""

    stored_at: Mapping[int, int]
    rest: frozenset[int]


def climb(*, counts: Mapping[int, int], parents: Mapping[int, int | None], k: int) -> Placement:
    """Store each group's answers at itself or at the nearest node above where k come together."""
    given_up: dict[int | None, list[int]] = defaultdict(list)
    stored: dict[int, int] = {}
    for node in _bottom_up(parents):
        sources = given_up.pop(node, [])
        if counts.get(node, 0):
            sources.append(node)
        if sum(counts[source] for source in sources) >= k:
            stored.update(dict.fromkeys(sources, node))
        else:
            given_up[parents[node]] += sources
    return Placement(stored, frozenset(given_up[None]))


def climb_and_take_up(
    *, counts: Mapping[int, int], parents: Mapping[int, int | None], k: int
) -> Placement:
    """Store everything: what is left over at a root takes its smallest stored set up with it.

    Every tree of a forest stands by itself. Fewer than k answers in a whole tree find no place.
    """
    placement = climb(counts=counts, parents=parents, k=k)
    roots = _roots(parents)
    left: dict[int, set[int]] = defaultdict(set)
    for source in placement.rest:
        left[roots[source]].add(source)
    stored, rest = dict(placement.stored_at), set(placement.rest)
    for root, sources in left.items():
        in_tree = {source: at for source, at in stored.items() if roots[source] == root}
        if in_tree:
            stored.update(dict.fromkeys(_smallest(in_tree, counts) | sources, root))
            rest -= sources
    return Placement(stored, frozenset(rest))


def _smallest(stored_at: Mapping[int, int], counts: Mapping[int, int]) -> set[int]:
    """Return the groups whose answers make up the smallest stored set."""
    sizes: dict[int, int] = defaultdict(int)
    for source, node in stored_at.items():
        sizes[node] += counts[source]
    smallest = min(sizes, key=lambda node: (sizes[node], node))
    return {source for source, node in stored_at.items() if node == smallest}


def _roots(parents: Mapping[int, int | None]) -> dict[int, int]:
    """Return the root of the tree in which each group stands."""
    roots: dict[int, int] = {}
    for node in reversed(_bottom_up(parents)):
        above = parents[node]
        roots[node] = node if above is None else roots[above]
    return roots


def _bottom_up(parents: Mapping[int, int | None]) -> list[int]:
    children: dict[int | None, list[int]] = defaultdict(list)
    for node, parent in parents.items():
        children[parent].append(node)
    ordered = list(children[None])
    for node in ordered:  # grows while it is walked
        ordered += children[node]
    return ordered[::-1]
