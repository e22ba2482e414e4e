from collections.abc import Hashable, Iterable
from itertools import chain, combinations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.statistics.suppression import publishable

Tree = tuple[pd.Series, pd.Series]


def tree(parents: dict[Hashable, Hashable | None], respondents: dict[Hashable, int]) -> Tree:
    return pd.Series(parents, dtype=object), pd.Series(respondents)


def random_tree(seed: int, *, size: int = 13) -> Tree:
    """Draw a tree in which every node hangs on an earlier one, with 0 to 8 people in each."""
    draw = np.random.default_rng(seed)
    parents = [None, *(int(draw.integers(i)) for i in range(1, size))]
    return pd.Series(parents, dtype="Int64"), pd.Series(draw.integers(9, size=size))


@st.composite
def forests(draw: st.DrawFn) -> Tree:
    size = draw(st.integers(1, 13))
    parents = [draw(st.none() | st.integers(0, i - 1)) if i else None for i in range(size)]
    people = draw(st.lists(st.integers(0, 8), min_size=size, max_size=size))
    return pd.Series(parents, dtype="Int64"), pd.Series(people)


def subtree(parents: pd.Series, node: Hashable) -> set[Hashable]:
    found = {node}
    for _ in range(len(parents)):
        found |= {child for child, parent in parents.items() if parent in found}
    return found


class Facts:
    """What brute force needs to know about a forest."""

    def __init__(self, parents: pd.Series, respondents: pd.Series) -> None:
        plain = parents.astype(object).where(parents.notna(), None)
        self.below = {node: subtree(plain, node) for node in plain.index}
        self.direct = respondents.to_dict()
        self.people = {node: sum(self.direct[d] for d in self.below[node]) for node in self.below}
        self.depth = {
            node: sum(node in others for others in self.below.values()) for node in self.below
        }
        self.roots = [node for node, parent in plain.items() if parent is None]

    def residual(self, node: Hashable, shown: Iterable[Hashable]) -> int:
        inside = [self.below[other] for other in shown if other in self.below[node] - {node}]
        return sum(self.direct[one] for one in self.below[node].difference(*inside))

    def is_safe(self, shown: set[Hashable], k: int) -> bool:
        return all(
            self.people[node] >= k and not 0 < self.residual(node, shown) < k for node in shown
        )

    def preference(
        self, shown: set[Hashable], weights: dict[Hashable, float]
    ) -> tuple[object, ...]:
        order = sorted(self.below, key=lambda n: (self.depth[n], -self.people[n], n))
        return (sum(weights[node] for node in shown), [node in shown for node in order])

    def best(self, k: int, weights: dict[Hashable, float]) -> set[Hashable]:
        nodes = [node for node in self.below if self.people[node] >= k]
        must = {root for root in self.roots if self.people[root] >= k}
        subsets = chain.from_iterable(combinations(nodes, size) for size in range(len(nodes) + 1))
        safe = (set(one) for one in subsets if must <= set(one) and self.is_safe(set(one), k))
        return max(safe, key=lambda shown: self.preference(shown, weights))


class TestPublishable:
    @given(forests(), st.integers(1, 6))
    def test_equals_brute_force(self, forest: Tree, k: int) -> None:
        facts = Facts(*forest)

        assert publishable(*forest, k=k) == facts.best(k, facts.people)

    @given(forests(), st.data())
    def test_equals_brute_force_with_weights(self, forest: Tree, data: st.DataObject) -> None:
        facts = Facts(*forest)
        some = st.sampled_from([0.0, 0.1, 1.0, 2.5])
        weights = {node: data.draw(some) for node in facts.below}

        found = publishable(*forest, weights=pd.Series(weights))

        best = facts.best(5, weights)
        assert sum(map(weights.get, found)) == pytest.approx(sum(map(weights.get, best)))
        assert facts.is_safe(found, 5)

    @given(forests())
    def test_keeps_the_root_for_the_weight_of_people(self, forest: Tree) -> None:
        facts = Facts(*forest)

        shown = publishable(*forest)

        assert all((facts.people[root] >= 5) == (root in shown) for root in facts.roots)

    def test_holds_back_what_the_rule_of_five_would_leak(self) -> None:
        parents = {"org": None, "bakery": "org", "shop": "org", "till": "org"}
        forest = tree(parents, {"org": 0, "bakery": 9, "shop": 8, "till": 2})
        facts = Facts(*forest)
        naive = {node for node, people in facts.people.items() if people >= 5}

        assert facts.residual("org", naive) == 2
        assert publishable(*forest) == {"org", "bakery"}

    def test_never_leaks_on_random_trees_where_the_rule_of_five_does(self) -> None:
        leaks = 0
        for seed in range(100):
            forest = random_tree(seed)
            facts = Facts(*forest)
            leaks += not facts.is_safe({n for n, count in facts.people.items() if count >= 5}, 5)
            assert facts.is_safe(publishable(*forest), 5)

        assert leaks > 50

    def test_shows_everything_where_nothing_is_left_over(self) -> None:
        forest = tree({"org": None, "a": "org", "b": "org"}, {"a": 5, "b": 6})

        assert publishable(*forest) == {"org", "a", "b"}

    def test_shows_nothing_of_fewer_than_k(self) -> None:
        assert publishable(*tree({"org": None, "a": "org"}, {"a": 4})) == set()

    def test_takes_no_tree_at_all(self) -> None:
        assert publishable(pd.Series(dtype=object), pd.Series(dtype=int)) == set()

    def test_prefers_the_smaller_code_of_two_alike(self) -> None:
        parents = {"org": None, "b": "org", "a": "org", "few": "org"}

        assert publishable(*tree(parents, {"a": 6, "b": 6, "few": 1})) == {"org", "a"}

    def test_prefers_the_larger_at_equal_weight(self) -> None:
        parents = {"org": None, "a": "org", "b": "org", "few": "org"}
        forest = tree(parents, {"a": 6, "b": 9, "few": 1})
        weights = pd.Series({"org": 1.0, "a": 1.0, "b": 1.0, "few": 1.0})

        assert publishable(*forest, weights=weights) == {"org", "b"}

    def test_prefers_the_higher_at_equal_weight(self) -> None:
        parents = {"org": None, "a": "org", "b": "a", "few": "a"}
        forest = tree(parents, {"org": 5, "b": 6, "few": 1})
        weights = pd.Series({"org": 1.0, "a": 1.0, "b": 1.0, "few": 1.0})

        assert publishable(*forest, weights=weights) == {"org", "a"}

    def test_handles_a_deep_chain(self) -> None:
        parents = pd.Series([pd.NA, *range(1999)], dtype="Int64")

        shown = publishable(parents, pd.Series([1] * 2000))

        assert len(shown) == 400
        assert 0 in shown


class TestPublishableRefuses:
    def test_an_unknown_parent(self) -> None:
        with pytest.raises(ValueError, match="'a' has the unknown parent 'nobody'"):
            publishable(*tree({"a": "nobody"}, {"a": 5}))

    def test_a_circle(self) -> None:
        with pytest.raises(ValueError, match="'b' is in a circle"):
            publishable(*tree({"a": None, "b": "c", "c": "b"}, {"a": 5}))

    @pytest.mark.parametrize("count", [-1, 2.5, float("nan"), float("inf"), None, pd.NA, "five"])
    def test_a_count_that_counts_nobody(self, count: object) -> None:
        with pytest.raises(ValueError, match=r"'a' has .* not a whole number"):
            publishable(pd.Series({"a": None}, dtype=object), pd.Series({"a": count}))

    @pytest.mark.parametrize("weight", [-1.0, float("nan"), float("inf")])
    def test_a_weight_below_nothing(self, weight: float) -> None:
        with pytest.raises(ValueError, match="weight of node 'a'"):
            publishable(*tree({"a": None}, {"a": 5}), weights=pd.Series({"a": weight}))

    def test_a_node_listed_twice(self) -> None:
        with pytest.raises(ValueError, match="'a' is listed twice"):
            publishable(pd.Series([None, None], index=["a", "a"]), pd.Series({"a": 5}))

    @pytest.mark.parametrize("index", [["b"], ["a", "a"]])
    def test_counts_of_an_unknown_or_repeated_node(self, index: list[str]) -> None:
        parents = pd.Series({"a": None}, dtype=object)
        with pytest.raises(ValueError, match="of the respondents is unknown or listed twice"):
            publishable(parents, pd.Series(5, index=index))

    def test_a_threshold_below_one(self) -> None:
        with pytest.raises(ValueError, match="k must be at least 1"):
            publishable(*tree({"a": None}, {"a": 5}), k=0)
