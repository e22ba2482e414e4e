from collections import Counter
from collections.abc import Mapping

from hypothesis import given
from hypothesis import strategies as st

from survey.responses.placing import Placement, climb, climb_and_take_up

K = 5
# 1 is the root; 2 and 3 are nodes below it; 21, 22, 31 and 32 are teams.
TREE = {1: None, 2: 1, 3: 1, 21: 2, 22: 2, 31: 3, 32: 3}


def stored_sizes(placement: Placement, counts: Mapping[int, int]) -> dict[int, int]:
    sizes: Counter[int] = Counter()
    for source, node in placement.stored_at.items():
        sizes[node] += counts[source]
    return dict(sizes)


class TestClimb:
    def test_stores_a_group_with_enough_answers_at_itself(self) -> None:
        placement = climb(counts={21: 5, 22: 9}, parents=TREE, k=K)

        assert placement.stored_at == {21: 21, 22: 22}

    def test_stores_small_groups_where_they_reach_k(self) -> None:
        placement = climb(counts={21: 3, 22: 2, 31: 7}, parents=TREE, k=K)

        assert placement.stored_at == {21: 2, 22: 2, 31: 31}

    def test_climbs_on_where_a_node_has_too_few(self) -> None:
        placement = climb(counts={21: 3, 22: 8, 31: 2, 32: 6}, parents=TREE, k=K)

        assert placement.stored_at == {21: 1, 22: 22, 31: 1, 32: 32}

    def test_leaves_the_rest_without_a_place(self) -> None:
        placement = climb(counts={21: 3, 31: 7}, parents=TREE, k=K)

        assert placement.rest == {21}
        assert placement.stored_at == {31: 31}


class TestClimbAndTakeUp:
    def test_takes_the_smallest_stored_set_up_with_the_rest(self) -> None:
        placement = climb_and_take_up(counts={21: 3, 22: 9, 31: 6}, parents=TREE, k=K)

        assert placement.stored_at == {21: 1, 22: 22, 31: 1}
        assert placement.rest == frozenset()

    def test_stores_nothing_of_fewer_than_k_answers_in_all(self) -> None:
        placement = climb_and_take_up(counts={21: 2, 31: 2}, parents=TREE, k=K)

        assert placement.stored_at == {}
        assert placement.rest == {21, 31}

    def test_has_nothing_to_do_without_answers(self) -> None:
        assert climb_and_take_up(counts={}, parents=TREE, k=K) == Placement({}, frozenset())

    def test_lets_every_tree_of_a_forest_stand_by_itself(self) -> None:
        forest = {1: None, 2: None, 3: None, 11: 1, 12: 1, 21: 2, 22: 2, 31: 3}
        counts = {11: 3, 12: 7, 21: 2, 22: 2, 31: 6}

        placement = climb_and_take_up(counts=counts, parents=forest, k=K)

        assert placement.stored_at == {11: 1, 12: 1, 31: 31}
        assert placement.rest == {21, 22}

    @given(
        above=st.lists(st.none() | st.integers(0, 20), max_size=20),
        answered=st.lists(st.integers(0, 9), min_size=21, max_size=21),
    )
    def test_stores_all_or_nothing_of_each_tree_of_a_forest(
        self, above: list[int | None], answered: list[int]
    ) -> None:
        parents: dict[int, int | None] = {0: None}
        parents |= {
            node: None if parent is None else parent % node
            for node, parent in enumerate(above, start=1)
        }
        counts = {node: answered[node] for node in parents if answered[node]}

        placement = climb_and_take_up(counts=counts, parents=parents, k=K)

        assert all(size >= K for size in stored_sizes(placement, counts).values())
        for root in (node for node, parent in parents.items() if parent is None):
            inside = {node for node in counts if way_up(node, parents)[-1] == root}
            n = sum(counts[node] for node in inside)
            assert inside & placement.stored_at.keys() == (inside if n >= K else set())
            assert inside & placement.rest == (set() if n >= K else inside)

    @given(
        above=st.lists(st.integers(0, 20), max_size=20),
        answered=st.lists(st.integers(0, 9), min_size=21, max_size=21),
    )
    def test_stores_every_answer_once_in_sets_of_at_least_k(
        self, above: list[int], answered: list[int]
    ) -> None:
        parents: dict[int, int | None] = {0: None}
        parents |= {node: parent % node for node, parent in enumerate(above, start=1)}
        leaves = set(parents) - set(parents.values())
        counts = {leaf: answered[leaf] for leaf in leaves if answered[leaf]}

        placement = climb_and_take_up(counts=counts, parents=parents, k=K)
        sizes = stored_sizes(placement, counts)

        assert all(size >= K for size in sizes.values())
        if sum(counts.values()) >= K:
            assert sum(sizes.values()) == sum(counts.values())
        else:
            assert sizes == {}
        for source, node in placement.stored_at.items():
            assert node in way_up(source, parents)

    def test_a_rule_without_climbing_would_store_too_few(self) -> None:
        counts = {21: 3, 22: 2, 31: 7}
        naive = Placement({source: source for source in counts}, frozenset())

        assert min(stored_sizes(naive, counts).values()) < K


def way_up(node: int | None, parents: Mapping[int, int | None]) -> list[int]:
    found = []
    while node is not None:
        found.append(node)
        node = parents[node]
    return found
