"""The way in."""

from html import unescape

import pytest
from django.test import Client

from survey.accounts.models import Role, User
from survey.followup.digests import wants_digests
from tests.cast import PASSWORD, make_user

PAGE = "/dashboards/linkage/"


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

    @pytest.mark.parametrize("role", [Role.HR, Role.CX_MANAGER])
    def test_leads_whoever_asks_to_where_they_ask(
        self, client: Client, db: None, role: Role
    ) -> None:
        client.force_login(make_user("ann", role))

        assert client.get("/")["Location"] == "/console/"

    def test_is_the_page_of_whoever_leads(self, client: Client, bob: User) -> None:
        status, shown = read(client, bob, "/")

        assert (status, "Hello, Bob" in shown, "Nothing needs you." in shown) == (200, True, True)

    @pytest.mark.parametrize(
        ("role", "says", "says_not"),
        [
            (Role.ANALYST, "What you may open", "The month on one page"),
            (Role.AUDITOR, "Access log", "What was last heard"),
            (Role.ADMIN, "You look after accounts and the machine", "What you may open"),
        ],
    )
    def test_says_to_the_others_what_they_can_do(
        self, client: Client, db: None, role: Role, says: str, says_not: str
    ) -> None:
        shown = read(client, make_user("wim", role), "/")[1]

        assert says in shown
        assert says_not not in shown

    def test_has_a_word_for_those_without_a_role(self, client: Client, db: None) -> None:
        nora = User.objects.create_user(email="nora@example.org", name="Nora")

        assert "No page is open to your account yet" in read(client, nora, "/")[1]


class TestDigest:
    def test_stops_ones_own_monthly_page_and_lets_it_come_again(
        self, client: Client, bob: User
    ) -> None:
        client.force_login(bob)

        assert (
            "comes any more"
            in client.post("/dashboards/digest/", {"wanted": "0"}, follow=True).text
        )
        assert not wants_digests(user=bob)
        assert (
            "comes again" in client.post("/dashboards/digest/", {"wanted": "1"}, follow=True).text
        )
        assert wants_digests(user=bob)

    def test_is_no_business_of_whoever_tries_out_the_role(
        self, client: Client, alice: User, bob: User
    ) -> None:
        client.force_login(alice)
        client.post("/dashboards/see-as/", {"grant": str(bob.grants.get().pk)})

        assert client.post("/dashboards/digest/", {"wanted": "0"}).status_code == 403
        assert wants_digests(user=bob)
        assert wants_digests(user=alice)
