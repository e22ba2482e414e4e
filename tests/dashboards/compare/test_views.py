"""Then and now as different people see it."""

import re
from html import unescape

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from survey.accounts.models import Role, User
from survey.campaigns.models import Campaign
from survey.organization.models import Team
from tests.cast import Organisation, make_user
from tests.dashboards.linkage.test_findings import CAUSAL_WORDS

pytest_plugins = ["tests.dashboards.compare.company"]
PAGE = "/dashboards/waves/"


def read(client: Client, user: User, address: str = PAGE) -> tuple[int, str]:
    client.force_login(user)
    response = client.get(address)
    return response.status_code, unescape(response.getvalue().decode(errors="replace"))


@pytest.mark.usefixtures("campaign")
class TestWhoSeesWhat:
    def test_sends_strangers_to_log_in(self, client: Client) -> None:
        assert client.get(PAGE)["Location"] == f"/login/?next={PAGE}"

    @pytest.mark.parametrize("role", [Role.ADMIN, Role.AUDITOR])
    def test_refuses_those_who_read_no_figures(self, client: Client, role: Role) -> None:
        assert read(client, make_user("ann", role))[0] == 403

    def test_refuses_a_team_lead(self, client: Client, organisation: Organisation) -> None:
        assert read(client, make_user("tom", Role.TEAM_LEAD, organisation.bakery))[0] == 403

    def test_shows_a_leader_their_own_part(
        self, client: Client, organisation: Organisation
    ) -> None:
        status, page = read(client, make_user("dora", Role.LEADER, organisation.food))

        assert status == 200
        assert "Higher: fair." in page
        assert not re.search(r"The Company|Goods", page)

    @pytest.mark.parametrize("query", ["?scope=company", "?scope=goods", "?scope=goods&format=csv"])
    def test_gives_them_no_other_part(
        self, client: Client, organisation: Organisation, query: str
    ) -> None:
        assert (
            read(client, make_user("dora", Role.LEADER, organisation.food), PAGE + query)[0] == 404
        )

    def test_has_nothing_for_charlie(self, client: Client, charlie: User) -> None:
        status, page = read(client, charlie)

        assert status == 200
        assert "There are no figures for your part" in page
        assert "<table" not in page


class TestCompare:
    def test_says_what_it_does_not_show_in_three_ways(
        self, client: Client, alice: User, campaign: Campaign
    ) -> None:
        _, page = read(client, alice, f"{PAGE}?scope=food")

        assert "Asked with the same questionnaire" in page
        assert "chance alone would move about 0" in page
        assert not CAUSAL_WORDS.search(page)

    @pytest.mark.parametrize("as_format", ["csv", "xlsx"])
    def test_gives_the_table_as_a_file(
        self, client: Client, alice: User, campaign: Campaign, as_format: str
    ) -> None:
        client.force_login(alice)

        assert client.get(PAGE, {"format": as_format}).status_code == 200
        assert client.get(PAGE, {"format": "pdf"}).status_code == 404

    def test_asks_as_few_questions_for_many_teams_as_for_few(
        self, client: Client, alice: User, campaign: Campaign,
        django_assert_num_queries: DjangoAssertNumQueries,
    ) -> None:  # fmt: skip
        client.force_login(alice)
        client.get(PAGE)

        with django_assert_num_queries(17):
            client.get(PAGE)
        Team.objects.bulk_create(
            Team(code=f"extra-{n}", name=f"Extra {n}", parent=campaign.scope) for n in range(60)
        )
        with django_assert_num_queries(17):
            client.get(PAGE)
