"""The first page of people, and the page of one person."""

from datetime import date

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from survey.organization.models import Attribute, Membership, Person
from tests.cast import Organisation
from tests.factories.organization import MembershipFactory
from tests.organization.arrivals import arrive

SESSION_AND_ROLES = 5


class TestHome:
    def test_tells_how_to_begin(self, hr: Client) -> None:
        assert "Nobody is here yet" in hr.get("/console/people/").text

    def test_counts_people_teams_and_who_cannot_be_reached(
        self, hr: Client, organisation: Organisation
    ) -> None:
        Person.objects.filter(external_id="bakery-1").update(email="")

        page = hr.get("/console/people/").text
        assert "18 people in 3 teams today; 1 without an e-mail address or phone." in page
        assert "Bakery 1" not in page

    @pytest.mark.parametrize(("sought", "n_found"), [("bAKer", 6), ("bakery-2", 1), ("x\x00", 0)])
    def test_looks_people_up(
        self, hr: Client, organisation: Organisation, sought: str, n_found: int
    ) -> None:
        page = hr.get("/console/people/", {"q": sought}).text

        assert page.count('<th scope="row"><a href="/console/people/') == n_found
        assert ("Nobody is called that" in page) == (n_found == 0)

    def test_cuts_long_lists(self, hr: Client, organisation: Organisation) -> None:
        MembershipFactory.create_batch(60, team=organisation.bakery)

        assert "The first 50 of more" in hr.get("/console/people/", {"q": "Person"}).text

    def test_asks_the_same_for_many(
        self,
        hr: Client,
        organisation: Organisation,
        django_assert_num_queries: DjangoAssertNumQueries,
    ) -> None:
        for _ in range(3):
            arrive()
        with django_assert_num_queries(SESSION_AND_ROLES + 7):
            hr.get("/console/people/", {"q": "bakery"})


class TestPerson:
    def test_shows_teams_over_time_and_channels(
        self, hr: Client, organisation: Organisation
    ) -> None:
        Attribute.objects.create(code="tenure", name="Tenure")
        person = Person.objects.get(external_id="bakery-2")
        Person.objects.filter(pk=person.pk).update(
            phone="+4912345678",
            attributes={"tenure": "5 years"},
            manager=Person.objects.get(external_id="bakery-1"),
        )
        Membership.objects.filter(person=person).update(active_to=date(2026, 2, 1))
        MembershipFactory(person=person, team=organisation.kitchen, active_from=date(2026, 2, 1))

        page = hr.get(f"/console/people/{person.pk}/").text
        assert page.index("Kitchen") < page.index(">Bakery<")
        for text in ("+4912345678", "5 years", "Tenure", "Bakery 1", "1 Feb 2026"):
            assert text in page

    def test_says_that_somebody_has_left(self, hr: Client, organisation: Organisation) -> None:
        person = Person.objects.get(external_id="bakery-2")
        Membership.objects.filter(person=person).update(active_to=date(2026, 2, 1))

        assert "has left" in hr.get(f"/console/people/{person.pk}/").text
