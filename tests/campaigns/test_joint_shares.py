"""Shares beside each other, against every count of answers that there can be."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import product

import pytest

from survey.campaigns.joint_shares import Span, choose_told, narrow
from survey.campaigns.participation import coarsest_step, say_share

K = 5
ROOT, PARENTS = 0, {0: None, 1: 0, 2: 0}
Counts = Mapping[int, int]


def add_up(leaves: Counts) -> dict[int, int]:
    """Return the counts of all groups from those of people directly in each."""
    return {ROOT: sum(leaves.values()), 1: leaves[1], 2: leaves[2]}


def every_count(sizes: Counts) -> Iterator[dict[int, int]]:
    """Yield every way in which people can have answered, directly in each group."""
    for counts in product(*(range(sizes[one] + 1) for one in sizes)):
        yield dict(zip(sizes, counts, strict=True))


def print_all(told: set[int], answered: Counts, invited: Counts) -> tuple[tuple[int, str], ...]:
    step = coarsest_step(invited=[invited[one] for one in told], k=K)
    return tuple(
        (one, say_share(n_answered=answered[one], n_invited=invited[one], step=step))
        for one in sorted(told)
    )


def tells(possible: list[dict[int, int]], sizes: Counts) -> bool:
    """Say by counting whether what is printed alike leaves one count, and that about a few."""
    invited = add_up(sizes)
    units = [(lambda one, g=group: add_up(one)[g], invited[group]) for group in invited]
    for count, n in units:
        found = {count(one) for one in possible}
        span = Span(min(found), max(found), n)
        if len(found) == 1 and (span.lowest < K or span.highest > n - K):
            return True
    return False


@pytest.mark.parametrize("sizes", [{1: 20, 2: 24}, {1: 20, 2: 35}])
class TestChooseTold:
    def test_leaves_nothing_to_be_found_by_counting(self, sizes: dict[int, int]) -> None:
        invited = add_up(sizes)
        printed: dict[tuple[tuple[int, str], ...], list[dict[int, int]]] = defaultdict(list)
        naive: dict[tuple[tuple[int, str], ...], list[dict[int, int]]] = defaultdict(list)
        chosen = {}
        for leaves in every_count(sizes):
            answered = add_up(leaves)
            naive[print_all({0, 1, 2}, answered, invited)].append(leaves)
            told = choose_told(
                shown={0, 1, 2}, parents=PARENTS, invited=invited, answered=answered, k=K
            )
            chosen[tuple(leaves.values())] = told
        for leaves in every_count(sizes):
            told = chosen[tuple(leaves.values())]
            printed[print_all(told, add_up(leaves), invited)] = []
        for said in printed:
            told = {one for one, _ in said}
            printed[said] = [
                leaves
                for leaves in every_count(sizes)
                if print_all(told, add_up(leaves), invited) == said
            ]

        assert not any(tells(possible, sizes) for possible in printed.values())
        assert any(tells(possible, sizes) for possible in naive.values())  # without the check
        assert sum(len(told) == 3 for told in chosen.values()) > 0.9 * len(chosen)


class TestNarrow:
    def test_finds_what_counting_finds(self) -> None:
        printed = {0: Span(20, 29, 60), 1: Span(15, 19, 25), 2: Span(0, 4, 20)}
        possible = [
            one for one in product(range(15, 20), range(5), range(16)) if 20 <= sum(one) <= 29
        ]

        spans, rests = narrow(above=PARENTS, printed=printed)

        for span, found in zip(
            (spans[1], spans[2], rests[0]), zip(*possible, strict=True), strict=True
        ):
            assert (span.lowest, span.highest) == (min(found), max(found))
