"""Which teams' figures may be shown so that no arithmetic isolates fewer than k people.

The atom rule (docs, privacy): for each published node of the tree, the respondents who are not
inside a published descendant number 0 or at least k. `publishable` finds the best such set. What
crosses the tree is audited by `audit_cuts`.
"""

from collections import deque
from collections.abc import Hashable
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from numbers import Real
from typing import Any, NamedTuple

import pandas as pd

from survey.statistics.cuts import Cut, audit_cuts

__all__ = ["Cut", "audit_cuts", "publishable"]

Node = Hashable


class _Plan(NamedTuple):
    """One way to publish a part of the tree; `before` and `child` are the plans it is made of."""

    score: int
    published: Node | None = None
    before: "_Plan | None" = None
    child: "_Plan | None" = None


# The best plan for every number of people (at most k) whom a part leaves to the nodes above it.
_Plans = dict[int, _Plan]


@dataclass(frozen=True, slots=True)
class _Tree:
    top_down: list[Node]
    roots: list[Node]
    children: dict[Node, list[Node]]
    depth: dict[Node, int]
    direct: dict[Node, int]
    people: dict[Node, int]


def publishable(
    parents: pd.Series,
    respondents: pd.Series,
    *,
    k: int = 5,
    weights: pd.Series | None = None,
) -> set[Node]:
    """Choose the nodes to publish: the greatest total weight that keeps the atom rule.

    `parents` maps every node to its parent (missing for a root; several roots are a forest),
    `respondents` a node to the people stored directly at it (left out: none), `weights` every
    node to what showing it is worth (default: the respondents in its subtree). A root is in
    whenever it holds k people. Among equally good sets the one wins that has the higher node,
    then the larger, then the one with the smaller code. Exact: a knapsack over the children of
    every node, O(nodes k^2). Raises ValueError naming the node for an unknown parent, a circle,
    a count that is not a whole number of at least 0, or a weight below 0.
    """
    if k < 1:
        raise ValueError(f"k must be at least 1, not {k}")
    tree = _read_tree(parents, respondents)
    worth = _worth(tree, weights)
    plans: dict[Node, _Plans] = {}
    for node in reversed(tree.top_down):
        plans[node] = _combine(tree.direct[node], [plans.pop(c) for c in tree.children[node]], k)
        if tree.people[node] >= k:
            _add_published(plans[node], node, worth[node], k)
    best = (plans[root][min(plans[root])] for root in tree.roots)
    return {node for plan in best for node in _published(plan)}


def _combine(direct: int, children: list[_Plans], k: int) -> _Plans:
    found = {min(k, direct): _Plan(0)}
    for plans in children:
        merged: _Plans = {}
        for residual, plan in found.items():
            for extra, child in plans.items():
                left = min(k, residual + extra)
                score = plan.score + child.score
                if left not in merged or score > merged[left].score:
                    merged[left] = _Plan(score, None, plan, child)
        found = merged
    return found


def _add_published(plans: _Plans, node: Node, worth: int, k: int) -> None:
    """Add the plan that publishes the node: whoever is left over below it is nobody or k people.

    It leaves nobody over and beats every other plan that does, since its worth is above 0.
    """
    below = max(plans[r] for r in (0, k) if r in plans)
    plans[0] = _Plan(below.score + worth, node, below)


def _published(plan: _Plan) -> list[Node]:
    nodes: list[Node] = []
    stack: list[_Plan | None] = [plan]
    while stack:
        top = stack.pop()
        if top is not None:
            nodes += [] if top.published is None else [top.published]
            stack += [top.before, top.child]
    return nodes


def _worth(tree: _Tree, weights: pd.Series | None) -> dict[Node, int]:
    """Make of each weight a whole number whose last bits settle ties exactly.

    The first node in the order of preference has the highest of these bits, so that it outweighs
    all later ones together, and all of them together weigh less than the smallest weight.
    """
    exact = {node: _exact_weight(node, tree, weights) for node in tree.top_down}
    unit = lcm(*(weight.denominator for weight in exact.values()))
    preferred = sorted(exact, key=lambda n: (tree.depth[n], -tree.people[n], n))
    size = len(preferred)
    return {
        node: (int(exact[node] * unit) << size) + (1 << (size - 1 - place))
        for place, node in enumerate(preferred)
    }


def _exact_weight(node: Node, tree: _Tree, weights: pd.Series | None) -> Fraction:
    if weights is None:
        return Fraction(tree.people[node])
    weight = float(weights.get(node, float("nan")))
    if not 0 <= weight < float("inf"):
        raise ValueError(f"the weight of node {node!r} is not a number of at least 0")
    return Fraction(weight)


def _read_tree(parents: pd.Series, respondents: pd.Series) -> _Tree:
    above = _read_parents(parents)
    direct = _read_counts(respondents, list(above))
    children: dict[Node, list[Node]] = {node: [] for node in above}
    for node, parent in above.items():
        if parent is not None:
            children[parent].append(node)
    roots = [node for node, parent in above.items() if parent is None]
    depth = dict.fromkeys(roots, 0)
    queue = deque(roots)
    while queue:
        node = queue.popleft()
        depth.update(dict.fromkeys(children[node], depth[node] + 1))
        queue.extend(children[node])
    for node in above:
        if node not in depth:
            raise ValueError(f"node {node!r} is in a circle of parents or below one")
    people = dict(direct)
    for node in reversed(depth):
        people[node] += sum(people[child] for child in children[node])
    return _Tree(list(depth), roots, children, depth, direct, people)


def _read_parents(parents: pd.Series) -> dict[Node, Node | None]:
    above: dict[Node, Node | None] = {}
    for node, parent in parents.items():
        if node in above:
            raise ValueError(f"node {node!r} is listed twice")
        above[node] = None if pd.isna(parent) else parent
    for node, parent in above.items():
        if parent is not None and parent not in above:
            raise ValueError(f"node {node!r} has the unknown parent {parent!r}")
    return above


def _read_counts(respondents: pd.Series, nodes: list[Node]) -> dict[Node, int]:
    direct = dict.fromkeys(nodes, 0)
    seen: set[Node] = set()
    for node, count in respondents.items():
        if node not in direct or node in seen:
            raise ValueError(f"node {node!r} of the respondents is unknown or listed twice")
        direct[node] = _read_count(node, count)
        seen.add(node)
    return direct


def _read_count(node: Node, count: Any) -> int:
    is_number = isinstance(count, Real)
    if not is_number or not count >= 0 or count != count // 1:
        raise ValueError(f"node {node!r} has {count} respondents, not a whole number from 0")
    return int(count)
