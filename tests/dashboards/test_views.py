"""The way in."""

from html import unescape

import pytest
from django.test import Client

from survey.accounts.models import Role, User
from tests.cast import PASSWORD, make_user

PAGE = "/dashboards/linkage/"
OVERVIEW = "/dashboards/overview/"


def read(client: Client, user: User, address: str = PAGE) -> tuple[int, str]:
    client.force_login(user)
    response = client.get(address)
    return response.status_code, unescape(response.content.decode())


class TestLogin:
    def test_lets_people_in_with_email_and_password(self, client: Client, bob: User) -> None:
        given = {"username": "bob@example.org", "password": PASSWORD, "next": PAGE}

        response = client.post("/login/", given)

        assert (response.status_code, response["Location"]) == (302, PAGE)

    def test_says_that_something_does_not_fit_and_not_what(self, client: Client, bob: User) -> None:
        for email in ("bob@example.org", "nobody@example.org"):
            page = client.post("/login/", {"username": email, "password": "wrong"}).content.decode()

            assert "<title>Error: Come in" in page
            assert "do not fit together" in page
            assert "wrong" not in page

    def test_never_sends_people_to_another_site(self, client: Client, bob: User) -> None:
        given = {
            "username": "bob@example.org",
            "password": PASSWORD,
            "next": "https://evil.example",
        }

        assert "evil" not in client.post("/login/", given)["Location"]

    def test_logs_out_by_post_only(self, client: Client, bob: User) -> None:
        client.force_login(bob)

        assert client.get("/logout/").status_code == 405
        assert client.post("/logout/")["Location"] == "/login/"
        assert client.get(PAGE).status_code == 302


class TestHome:
    def test_asks_strangers_to_log_in(self, client: Client, db: None) -> None:
        assert client.get("/")["Location"] == "/login/?next=/"

    @pytest.mark.parametrize(
        ("role", "place"),
        [(Role.HR, "/console/"), (Role.CX_MANAGER, OVERVIEW), (Role.ANALYST, OVERVIEW)],
    )
    def test_leads_to_the_page_people_come_for(
        self, client: Client, db: None, role: Role, place: str
    ) -> None:
        client.force_login(make_user("ann", role))

        assert client.get("/")["Location"] == place

    def test_leads_leaders_to_their_figures(self, client: Client, bob: User) -> None:
        client.force_login(bob)

        assert client.get("/")["Location"] == OVERVIEW

    def test_leads_auditors_to_the_ledger(self, client: Client, db: None) -> None:
        client.force_login(make_user("wim", Role.AUDITOR))

        assert client.get("/")["Location"] == "/dashboards/releases/"

    def test_has_a_word_for_those_without_a_page(self, client: Client, db: None) -> None:
        assert (
            "No page of figures is open to your role"
            in read(client, make_user("a", Role.ADMIN), "/")[1]
        )
