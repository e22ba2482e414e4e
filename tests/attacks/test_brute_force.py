"""Brute force: every subset of the nodes of a tree, against the one that the product chooses."""

import pytest

from survey.statistics.suppression import publishable
from tests.attacks.forests import (
    Forest,
    K,
    choose_greedily,
    draw_forest,
    is_one_safe,
    worth_of,
)

N_TREES = 5_000


@pytest.fixture(scope="module")
def forests() -> list[Forest]:
    return [draw_forest(seed) for seed in range(N_TREES)]


@pytest.fixture(scope="module")
def chosen(forests: list[Forest]) -> list[set[int]]:
    return [{int(str(node)) for node in publishable(*one.series, k=K)} for one in forests]


class TestPublishable:
    def test_equals_the_best_of_all_subsets(
        self, forests: list[Forest], chosen: list[set[int]]
    ) -> None:
        differ = [one for one, nodes in zip(forests, chosen, strict=True) if one.best() != nodes]

        assert differ == []
        assert max(len(one.parents) for one in forests) == 13

    def test_never_leaves_one_to_four_over(
        self, forests: list[Forest], chosen: list[set[int]]
    ) -> None:
        pairs = zip(forests, chosen, strict=True)

        assert [one for one, nodes in pairs if not is_one_safe(one, nodes)] == []


class TestControls:
    def test_the_rule_of_five_leaves_few_over_in_most_trees(self, forests: list[Forest]) -> None:
        leaking = sum(
            not is_one_safe(one, [n for n, people in enumerate(one.inside) if people >= K])
            for one in forests
        )

        assert leaking > N_TREES / 2

    def test_greed_is_never_better_and_often_worse(
        self, forests: list[Forest], chosen: list[set[int]]
    ) -> None:
        lost = [
            worth_of(one, nodes) - worth_of(one, choose_greedily(one))
            for one, nodes in zip(forests, chosen, strict=True)
        ]

        assert min(lost) == 0
        assert sum(one > 0 for one in lost) > N_TREES / 50
