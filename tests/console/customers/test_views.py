"""The customers' first page, and who gets in anywhere here."""

import pytest
from django.test import Client

from survey.accounts.models import Role
from survey.campaigns.models import ContactFile, ContactSource, Wave
from tests.cast import make_user

HOME = "/console/customers/"


@pytest.fixture
def pages(customer_wave: Wave) -> list[str]:
    """Every address of this part that is opened with GET."""
    ContactSource.objects.create(code="till", name="Till")
    now = customer_wave.opens_at
    file = ContactFile.objects.create(name="x.csv", content=b"x", created_at=now)
    return [
        HOME,
        f"{HOME}rules/{customer_wave.campaign.code}/",
        f"{HOME}contacts/new/",
        f"{HOME}contacts/{file.pk}/",
        f"{HOME}sources/new/",
        f"{HOME}sources/till/",
        f"{HOME}codes/{customer_wave.pk}/",
    ]


@pytest.fixture
def buttons(pages: list[str]) -> list[str]:
    """Every address of this part that takes POST only."""
    file = ContactFile.objects.get()
    return [
        f"{HOME}contacts/{file.pk}/confirm/",
        f"{HOME}contacts/{file.pk}/discard/",
        f"{HOME}sources/till/try/",
        f"{HOME}sources/till/rotate/",
        f"{HOME}sources/till/switch/",
    ]


class TestHome:
    def test_is_kind_where_there_is_nothing_yet(self, carmen: Client) -> None:
        page = carmen.get(HOME).text

        assert "No customer survey yet" in page
        assert "No contact has come in" in page

    def test_tells_the_rules_of_each_campaign(self, carmen: Client, customer_wave: Wave) -> None:
        assert "Every contact, at once, by e-mail." in carmen.get(HOME).text


class TestPermissions:
    @pytest.mark.parametrize("role", [Role.HR, Role.CX_MANAGER])
    def test_let_in_whoever_asks_customers(
        self, client: Client, pages: list[str], role: Role
    ) -> None:
        client.force_login(make_user("somebody", role))

        assert {client.get(page).status_code for page in pages} == {200}

    @pytest.mark.parametrize("role", [Role.ADMIN, Role.ANALYST, Role.AUDITOR])
    def test_keep_other_roles_out(
        self, client: Client, pages: list[str], buttons: list[str], role: Role
    ) -> None:
        client.force_login(make_user("somebody", role))

        assert {client.get(page).status_code for page in pages} == {403}
        assert {client.post(page).status_code for page in [*pages[1:], *buttons]} <= {403, 405}
        assert ContactSource.objects.get().secret_version == 1

    @pytest.mark.parametrize("leader", ["bob", "charlie"])
    def test_keep_leaders_out(
        self,
        client: Client,
        pages: list[str],
        buttons: list[str],
        leader: str,
        request: pytest.FixtureRequest,
    ) -> None:
        client.force_login(request.getfixturevalue(leader))

        assert {client.get(page).status_code for page in pages} == {403}
        assert {client.post(page).status_code for page in buttons} == {403}

    def test_send_strangers_to_log_in(
        self, client: Client, pages: list[str], buttons: list[str]
    ) -> None:
        found = [client.get(page) for page in pages] + [client.post(page) for page in buttons]

        assert all(response.headers["Location"].startswith("/login/") for response in found)

    def test_open_no_button_by_a_link(self, carmen: Client, buttons: list[str]) -> None:
        assert {carmen.get(page).status_code for page in buttons} == {405}
