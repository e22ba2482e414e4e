"""HR sees, adds, ends and renames who serves whom."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from survey.accounts.models import User
from survey.core.timestamps import local_date
from survey.organization.models import Service, Team
from tests.cast import Organisation
from tests.factories.organization import ServiceFactory, TeamFactory

HOME, ADD = "/console/services/", "/console/services/add/"


@pytest.fixture
def bread(organisation: Organisation) -> Service:
    """Bakery serves Garden since January."""
    return ServiceFactory(provider=organisation.bakery, consumer=organisation.garden, chain="Bread")


class TestHome:
    def test_says_so_where_nobody_serves_anybody(self, hr: Client) -> None:
        assert "Nobody serves anybody yet" in hr.get(HOME).text

    def test_draws_and_lists_the_arrows(self, hr: Client, bread: Service) -> None:
        page = hr.get(HOME).text

        assert "1 arrow today" in page
        assert "2 teams" in page
        assert page.count('class="net-box"') == 2
        assert page.count('class="net-tip"') == 1
        assert 'Bakery <span class="vh">serves</span>' in page
        assert "Service that comes back" not in page

    def test_says_circles_in_words(self, hr: Client, bread: Service) -> None:
        ServiceFactory(provider=bread.consumer, consumer=bread.provider)

        page = hr.get(HOME).text

        assert "<li>Bakery → Garden → Bakery</li>" in page
        assert "net-way back" in page

    def test_points_from_the_right_where_it_is_read_from_there(
        self, hr: Client, bread: Service
    ) -> None:
        ServiceFactory(provider=bread.consumer, consumer=bread.provider)

        page = hr.get(HOME, headers={"Accept-Language": "ar"}).text

        assert "\u2068Bakery\u2069 ← \u2068Garden\u2069 ← \u2068Bakery\u2069" in page
        assert '<td data-l="←">Garden</td>' in page
        assert '<span aria-hidden="true">← </span><bdi>Garden</bdi>' in page
        assert "→" not in page

    def test_narrows_to_a_team_or_a_chain(
        self, hr: Client, bread: Service, organisation: Organisation
    ) -> None:
        ServiceFactory(provider=organisation.kitchen, consumer=organisation.bakery)

        assert hr.get(HOME).text.count('class="net-tip"') == 2
        for narrowed in ("?team=goods", "?chain=Bread"):
            page = hr.get(HOME + narrowed).text
            assert page.count('class="net-tip"') == 1
            assert "Kitchen serves Bakery" not in page
        assert "Nothing here fits" in hr.get(HOME + "?team=kitchen&chain=Bread").text

    def test_tells_what_is_announced_and_draws_it_not_yet(self, hr: Client, bread: Service) -> None:
        Service.objects.update(active_from=local_date(timezone.now()) + timedelta(days=9))

        page = hr.get(HOME).text

        assert "announced" in page
        assert "net-box" not in page

    def test_asks_as_much_of_the_database_however_many_there_are(
        self,
        hr: Client,
        bread: Service,
        django_assert_num_queries: Callable[[int], AbstractContextManager[object]],
    ) -> None:
        with django_assert_num_queries(9):
            hr.get(HOME)
        ServiceFactory.create_batch(20)
        with django_assert_num_queries(9):
            assert hr.get(HOME).text.count("net-tip") == 21

    def test_lists_the_first_ones_of_very_many(self, hr: Client, db: None) -> None:
        teams = TeamFactory.create_batch(25)
        day = local_date(timezone.now())
        Service.objects.bulk_create(
            Service(provider=one, consumer=other, active_from=day)
            for one in teams
            for other in teams
            if one != other
        )

        page = hr.get(HOME).text

        assert "The first 300 of 600" in page
        assert "250 more" in page
        assert "too many to be drawn" in page


class TestAdd:
    def send(self, hr: Client, provider: Team, consumer: Team, others: dict[str, str]) -> str:
        data = {"provider": provider.pk, "consumer": consumer.pk, "active_from": "2026-03-02"}
        return hr.post(ADD, data | others, follow=True).text

    def test_offers_the_teams_and_today(self, hr: Client, organisation: Organisation) -> None:
        page = hr.get(ADD).text

        assert "Bakery</option>" in page
        assert f'value="{local_date(timezone.now())}"' in page

    def test_adds_an_arrow(self, hr: Client, organisation: Organisation) -> None:
        page = self.send(hr, organisation.bakery, organisation.garden, {"chain": "Bread"})

        assert "Bakery serves Garden." in page
        assert Service.objects.get().chain == "Bread"

    @pytest.mark.parametrize(
        ("others", "told"),
        [
            ({"active_to": "2026-03-01"}, "The end comes after the beginning."),
            ({}, "These two are on the list already"),
            ({"consumer": "bakery"}, "A team cannot serve itself"),
            ({"active_from": "2099-01-02"}, "Garden is closed by then"),
        ],
    )
    def test_says_what_is_wrong(
        self, hr: Client, bread: Service, others: dict[str, str], told: str
    ) -> None:
        Team.objects.filter(code="garden").update(closed_date="2099-01-01")
        if others.get("consumer"):
            others = {"consumer": str(bread.provider_id)}

        page = self.send(hr, bread.provider, bread.consumer, others)

        assert told in page
        assert Service.objects.count() == 1


class TestService:
    def test_ends_on_a_day(self, hr: Client, bread: Service) -> None:
        day = local_date(timezone.now()) + timedelta(days=3)
        address = f"{HOME}{bread.pk}/"
        assert "Bakery serves Garden" in hr.get(address).text

        assert hr.post(address, {"day": day.isoformat()}).status_code == 302

        bread.refresh_from_db()
        assert bread.active_to == day

    def test_joins_another_chain(self, hr: Client, bread: Service) -> None:
        assert hr.post(f"{HOME}{bread.pk}/", {"chain": "Loaves"}).status_code == 302

        bread.refresh_from_db()
        assert (bread.chain, bread.active_to) == ("Loaves", None)

    @pytest.mark.parametrize(
        ("day", "told"), [("2025-01-01", "Choose a day after"), ("soon", "valid date")]
    )
    def test_says_which_day_cannot_be(
        self, hr: Client, bread: Service, day: str, told: str
    ) -> None:
        response = hr.post(f"{HOME}{bread.pk}/", {"day": day})

        assert response.status_code == 422
        assert told in response.text

    def test_will_not_run_into_the_next_one(self, hr: Client, bread: Service) -> None:
        begins = local_date(timezone.now()) + timedelta(days=9)
        Service.objects.update(active_to=begins)
        ServiceFactory(provider=bread.provider, consumer=bread.consumer, active_from=begins)

        page = hr.post(f"{HOME}{bread.pk}/", {"day": str(begins + timedelta(days=1))})

        assert "choose an earlier day" in page.text

    def test_tells_that_it_has_ended_already(self, hr: Client, bread: Service) -> None:
        Service.objects.update(active_to=local_date(timezone.now()))

        page = hr.post(f"{HOME}{bread.pk}/", {"chain": "Loaves"}, follow=True).text

        assert "has ended already" in page


def test_is_the_people_teams_alone(client: Client, bob: User) -> None:
    client.force_login(bob)

    assert client.get(HOME).status_code == 403
