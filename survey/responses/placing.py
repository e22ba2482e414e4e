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
    """Store everything: what is left over at the root takes the smallest stored set up with it.

    Fewer than k answers in all find no place.
    """
    placement = climb(counts=counts, parents=parents, k=k)
    if not placement.rest or not placement.stored_at:
        return placement
    sizes: dict[int, int] = defaultdict(int)
    for source, node in placement.stored_at.items():
        sizes[node] += counts[source]
    smallest = min(sizes, key=lambda node: (sizes[node], node))
    root = next(node for node, parent in parents.items() if parent is None)
    taken = {source for source, node in placement.stored_at.items() if node == smallest}
    moved = dict.fromkeys(taken | placement.rest, root)
    return Placement({**placement.stored_at, **moved}, frozenset())


def _bottom_up(parents: Mapping[int, int | None]) -> list[int]:
    children: dict[int | None, list[int]] = defaultdict(list)
    for node, parent in parents.items():
        children[parent].append(node)
    ordered = list(children[None])
    for node in ordered:  # grows while it is walked
        ordered += children[node]
    return ordered[::-1]
