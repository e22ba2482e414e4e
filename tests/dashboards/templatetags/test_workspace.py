"""The frame of the workspace."""

import re

import pytest
from django.test import Client

from survey.accounts.models import Grant, Role, User
from tests.cast import Organisation, make_user

ASKING = ["Waves", "Campaigns", "Customers", "Open links", "People", "Organisation", "How often"]
COMPARING = ["Overview", "Inside & outside", "What changed"]
READING = ["Teams", "Participation", "All figures"]
EVERYTHING = [*COMPARING, *READING, "Releases"]


def navigation(client: Client, user: User) -> list[str]:
    client.force_login(user)
    page = client.get("/dashboards/linkage/").content.decode()
    menu = re.search(r'<nav aria-label="Main">(.*?)</nav>', page, re.S)
    assert menu is not None
    return [word.replace("&amp;", "&") for word in re.findall(r">([^<]+)</a>", menu[1])]


class TestWorkspaceNavigation:
    @pytest.mark.parametrize(
        ("role", "pages"),
        [
            (Role.HR, [*ASKING, *EVERYTHING]),
            (Role.CX_MANAGER, [*[page for page in ASKING if page != "People"], *EVERYTHING]),
            (Role.ANALYST, EVERYTHING),
            (Role.ADMIN, []),
            (Role.AUDITOR, ["Releases"]),
        ],
    )
    def test_lists_only_pages_that_the_role_opens(
        self, client: Client, db: None, role: Role, pages: list[str]
    ) -> None:
        assert navigation(client, make_user("ann", role)) == pages

    def test_shows_a_leader_the_pages_about_figures(self, client: Client, bob: User) -> None:
        assert navigation(client, bob) == [*COMPARING, *READING]

    def test_shows_a_team_lead_no_page_that_would_refuse_them(
        self, client: Client, organisation: Organisation
    ) -> None:
        assert navigation(client, make_user("t", Role.TEAM_LEAD, organisation.bakery)) == READING

    @pytest.mark.parametrize(
        "address",
        ["/console/waves/", "/console/campaigns/", "/console/teams/", "/dashboards/teams/"],
    )
    def test_lists_pages_that_really_open(self, client: Client, alice: User, address: str) -> None:
        client.force_login(alice)

        response = client.get(address)

        assert response.status_code == 200
        assert response.content.decode().count(' aria-current="page"') == 1

    def test_puts_pages_into_menus_so_that_they_fit_one_row(
        self, client: Client, alice: User, bob: User
    ) -> None:
        client.force_login(alice)
        page = client.get("/dashboards/releases/").content.decode()
        menus = re.findall(r"<summary>(\w+)</summary><div>(.*?)</div>", page, re.S)

        assert [menu for menu, _ in menus] == ["Surveys", "Records"]
        assert 'aria-current="page">Releases</a>' in menus[1][1]
        client.force_login(bob)
        assert "<summary>" not in client.get("/dashboards/teams/").content.decode()

    def test_says_who_is_here_and_what_they_lead(self, client: Client, bob: User) -> None:
        client.force_login(bob)

        assert "Bob · leads Bakery" in client.get("/dashboards/linkage/").content.decode()

    def test_leaves_the_duty_out_for_somebody_with_several(
        self, client: Client, bob: User, organisation: Organisation
    ) -> None:
        Grant.objects.create(user=bob, role=Role.LEADER, team=organisation.goods)
        client.force_login(bob)

        assert "leads" not in client.get("/dashboards/linkage/").content.decode()

    def test_offers_to_log_out_by_a_form(self, client: Client, bob: User) -> None:
        client.force_login(bob)

        page = client.get("/dashboards/linkage/").content.decode()

        assert '<form class="w-who" method="post" action="/logout/">' in page
        assert "csrfmiddlewaretoken" in page
