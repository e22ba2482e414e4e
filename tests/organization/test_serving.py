"""Who serves whom on a day, and the circles in it."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.organization.models import Team
from survey.organization.serving import (
    MOST_CIRCLES,
    Arrow,
    find_cycles,
    list_arrows,
    list_services,
)
from tests.cast import Organisation
from tests.factories.organization import ServiceFactory

TODAY = date(2026, 3, 2)
CODES = st.sampled_from("abcdefg")
PAIRS = st.sets(st.tuples(CODES, CODES).filter(lambda pair: pair[0] != pair[1]), max_size=25)


def arrow(provider: str, consumer: str) -> Arrow:
    return Arrow(1, provider, provider, 2, consumer, consumer, "")


def ends(found: tuple[Arrow, ...]) -> list[tuple[str, str]]:
    return [(one.provider_code, one.consumer_code) for one in found]


class TestListArrows:
    def test_tells_both_teams_and_the_chain(self, organisation: Organisation) -> None:
        ServiceFactory(provider=organisation.bakery, consumer=organisation.garden, chain="Bread")

        (found,) = list_arrows(today=TODAY)

        assert found == Arrow(
            organisation.bakery.pk, "bakery", "Bakery", organisation.garden.pk, "garden", "Garden",
            "Bread",
        )  # fmt: skip

    def test_leaves_out_what_has_ended_or_not_begun(self, organisation: Organisation) -> None:
        given_to = organisation.garden
        ServiceFactory(provider=organisation.bakery, consumer=given_to, active_to=TODAY)
        ServiceFactory(
            provider=organisation.kitchen, consumer=given_to, active_from=TODAY + timedelta(days=1)
        )

        assert list_arrows(today=TODAY) == ()
        assert ends(list_arrows(today=TODAY - timedelta(days=1))) == [("bakery", "garden")]
        assert ends(list_arrows(today=TODAY + timedelta(days=1))) == [("kitchen", "garden")]

    @pytest.mark.parametrize("day", ["closed_date", "opened_date"])
    @pytest.mark.parametrize("end", ["bakery", "garden"])
    def test_counts_only_while_both_teams_are_open(
        self, organisation: Organisation, end: str, day: str
    ) -> None:
        ServiceFactory(provider=organisation.bakery, consumer=organisation.garden)
        turn = TODAY if day == "closed_date" else TODAY + timedelta(days=1)
        Team.objects.filter(code=end).update(**{day: turn})

        assert list_arrows(today=TODAY) == ()
        back = -1 if day == "closed_date" else 1
        assert len(list_arrows(today=TODAY + timedelta(days=back))) == 1

    def test_keeps_what_begins_or_ends_below_a_team(self, organisation: Organisation) -> None:
        ServiceFactory(provider=organisation.bakery, consumer=organisation.garden)
        ServiceFactory(provider=organisation.garden, consumer=organisation.kitchen)
        ServiceFactory(provider=organisation.goods, consumer=organisation.company)

        near = list_arrows(today=TODAY, below=organisation.food)

        assert ends(near) == [("bakery", "garden"), ("garden", "kitchen")]

    def test_takes_one_query(
        self,
        organisation: Organisation,
        django_assert_num_queries: Callable[[int], AbstractContextManager[object]],
    ) -> None:
        ServiceFactory.create_batch(5)

        with django_assert_num_queries(1):
            assert len(list_arrows(today=TODAY)) == 5


class TestListServices:
    def test_tells_what_runs_and_what_is_announced(self, organisation: Organisation) -> None:
        running = ServiceFactory(provider=organisation.bakery, consumer=organisation.garden)
        announced = ServiceFactory(
            provider=organisation.kitchen,
            consumer=organisation.garden,
            active_from=TODAY + timedelta(days=9),
        )
        ServiceFactory(provider=organisation.food, consumer=organisation.goods, active_to=TODAY)

        found = list_services(today=TODAY)

        assert [row.id for row in found] == [running.pk, announced.pk]
        assert found[1].active_from == announced.active_from

    def test_ends_with_either_team(self, organisation: Organisation) -> None:
        ServiceFactory(provider=organisation.bakery, consumer=organisation.garden)
        Team.objects.filter(code="garden").update(closed_date=TODAY)

        assert list_services(today=TODAY) == ()
        assert len(list_services(today=TODAY - timedelta(days=1))) == 1


class TestFindCycles:
    def test_finds_none_where_service_ends(self) -> None:
        assert find_cycles([arrow("a", "b"), arrow("b", "c"), arrow("a", "c")]) == ()

    def test_begins_with_the_first_code_and_tells_each_circle_once(self) -> None:
        arrows = [arrow(*pair) for pair in ("bc", "ca", "ab", "cd", "dc", "za")]

        assert find_cycles(arrows) == (("a", "b", "c"), ("c", "d"))

    def test_stops_where_there_are_many(self) -> None:
        arrows = [
            arrow(*pair) for n in range(30) for pair in ((f"a{n}", f"b{n}"), (f"b{n}", f"a{n}"))
        ]

        assert len(find_cycles(arrows)) == MOST_CIRCLES

    @given(PAIRS)
    def test_tells_circles_of_arrows_that_there_are(self, pairs: set[tuple[str, str]]) -> None:
        arrows = [arrow(*pair) for pair in pairs]
        found = find_cycles(arrows)

        for circle in found:
            assert set(pairwise((*circle, circle[0]))) <= pairs
            assert len(set(circle)) == len(circle)
        in_circles = {code for circle in found for code in circle}
        assert in_circles == {code for code in "abcdefg" if comes_back(code, pairs)}
        assert find_cycles(reversed(arrows)) == found


def comes_back(start: str, pairs: set[tuple[str, str]]) -> bool:
    """Tell by brute force whether service of a team reaches it again."""
    reached: set[str] = {end for begin, end in pairs if begin == start}
    for _ in range(7):
        reached |= {end for begin, end in pairs if begin in reached}
    return start in reached
