"""Who stands above whom: chains that must neither close into a circle nor grow endless."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

MOST_LEVELS = 40


@dataclass(frozen=True, slots=True)
class Chains:
    """How deep everything stands, and what has no depth: in a circle, below one, or too deep."""

    depths: Mapping[str, int]
    in_circles: frozenset[str]
    too_deep: frozenset[str]


def follow_chains(codes: Iterable[str], above: Mapping[str, str]) -> Chains:
    """Follow everything upwards until nothing stands above it; each link is followed once."""
    depths: dict[str, int] = {}
    in_circles: set[str] = set()
    lost: set[str] = set()  # below a circle, which is named itself
    for code in codes:
        way: list[str] = []
        places: dict[str, int] = {}
        while code and code not in depths and code not in lost and code not in places:
            places[code] = len(way)
            way.append(code)
            code = above.get(code, "")
        if code in places:
            in_circles.update(way[places[code] :])
        if code in places or code in lost:
            lost.update(way)
            continue
        depth = depths[code] + 1 if code else 0
        for back, one in enumerate(reversed(way)):
            depths[one] = depth + back
    too_deep = frozenset(code for code, depth in depths.items() if depth >= MOST_LEVELS)
    return Chains(depths, frozenset(in_circles), too_deep)
