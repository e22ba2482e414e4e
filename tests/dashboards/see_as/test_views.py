"""Trying out what somebody else may read."""

import pytest
from django.test import Client

from survey.accounts.models import Role, User
from tests.cast import Organisation, make_user

PAGE = "/dashboards/see-as/"


@pytest.fixture
def grant(bob: User) -> str:
    return str(bob.grants.get().pk)


class TestSeeAs:
    def test_lists_those_who_see_less(self, client: Client, alice: User, bob: User) -> None:
        client.force_login(alice)

        page = client.get(PAGE).content.decode()

        assert "See as Bob" in page
        assert "See as Alice" not in page

    def test_says_so_on_every_page_until_it_ends(
        self, client: Client, alice: User, grant: str
    ) -> None:
        client.force_login(alice)

        client.post(PAGE, {"grant": grant})
        assert "seen as Bob, Bakery" in client.get("/dashboards/linkage/").content.decode()

        client.post(PAGE, {"grant": ""})
        assert "seen as" not in client.get("/dashboards/linkage/").content.decode()

    def test_closes_pages_that_the_other_may_not_open(
        self, client: Client, alice: User, organisation: Organisation
    ) -> None:
        lead = make_user("tom", Role.TEAM_LEAD, organisation.bakery)
        client.force_login(alice)
        client.post(PAGE, {"grant": str(lead.grants.get().pk)})

        assert client.get("/dashboards/linkage/").status_code == 403

    @pytest.mark.parametrize("wanted", ["987654", "x", "-1"])
    def test_refuses_a_role_that_is_not_there(
        self, client: Client, alice: User, wanted: str
    ) -> None:
        client.force_login(alice)

        assert client.post(PAGE, {"grant": wanted}).status_code == 403

    def test_refuses_a_role_that_sees_everything(self, client: Client, alice: User) -> None:
        client.force_login(alice)

        assert client.post(PAGE, {"grant": str(alice.grants.get().pk)}).status_code == 403

    def test_is_not_for_charlie(self, client: Client, charlie: User, grant: str) -> None:
        client.force_login(charlie)

        assert client.get(PAGE).status_code == 403
        assert client.post(PAGE, {"grant": grant}).status_code == 403

    def test_sends_strangers_to_log_in(self, client: Client, db: None) -> None:
        assert client.get(PAGE)["Location"].startswith("/login/")
