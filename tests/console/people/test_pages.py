"""What the pages of people show."""

from datetime import date

import pytest

from survey.console.people.pages import (
    build_difference_page,
    build_home_page,
    build_person_page,
)
from survey.organization.models import Person
from tests.cast import Organisation
from tests.factories.organization import MembershipFactory, PersonFactory
from tests.organization.arrivals import LINES, arrive, csv_of, take_in

TODAY = date(2026, 3, 2)


class TestBuildHomePage:
    def test_lists_nobody_whom_nobody_seeks(self, organisation: Organisation) -> None:
        assert build_home_page(sought="", today=TODAY).found == []

    def test_finds_people_who_have_left_too(self, organisation: Organisation) -> None:
        PersonFactory(name="Baker Former")

        page = build_home_page(sought="former", today=TODAY)
        assert [(row.name, row.team) for row in page.found] == [("Baker Former", "")]


class TestBuildPersonPage:
    def test_counts_reports_who_are_still_here(self, organisation: Organisation) -> None:
        boss = PersonFactory()
        MembershipFactory(person=PersonFactory(manager=boss), team=organisation.bakery)
        gone = PersonFactory(manager=boss)
        MembershipFactory(person=gone, team=organisation.bakery, active_to=date(2026, 2, 1))

        page = build_person_page(person_id=boss.pk, today=TODAY)
        assert page is not None
        assert (page.n_reports, page.is_here) == (1, False)

    @pytest.mark.django_db
    def test_knows_nobody_who_is_not_there(self) -> None:
        assert build_person_page(person_id=7, today=TODAY) is None


@pytest.mark.django_db
class TestBuildDifferencePage:
    def test_puts_moves_first(self) -> None:
        take_in()
        moved = (line.replace("ben@example.org,bakery", "ben@example.org,mill") for line in LINES)
        page = build_difference_page(roster=arrive(csv_of(*moved, "4,Dan,,mill,,,")))

        assert [row.change.kind for row in page.shown] == ["moved", "joined"]
        assert page.losing is None

    def test_keeps_counts_once_names_are_gone(self) -> None:
        first = take_in()
        take_in(csv_of(*LINES, "4,Dan,,mill,,,"))
        first.refresh_from_db()
        page = build_difference_page(roster=first)

        assert (page.counts[0], page.shown) == ((3, "joined"), [])
        assert Person.objects.count() == 4
