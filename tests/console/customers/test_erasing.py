"""Looking a customer up, handing out what is known, and erasing it."""

from datetime import datetime
from html import unescape

import pytest
from django.test import Client

from survey.accounts.models import AccessEntry, Role, User
from survey.campaigns.models import ContactFile, Wave
from survey.organization.models import Customer
from tests.cast import Organisation, make_user
from tests.factories.customers import make_customer

FIND = "/console/customers/known/"
EXPORT, ERASE = f"{FIND}export/", f"{FIND}erase/"


@pytest.fixture
def nia(customer_wave: Wave, organisation: Organisation, present: datetime) -> Customer:
    return make_customer(wave=customer_wave, team=organisation.bakery, met_at=present)


class TestFind:
    def test_tells_what_is_held(self, carmen: Client, nia: Customer) -> None:
        page = unescape(carmen.post(FIND, {"wanted": nia.email}).text)

        assert nia.name in page
        assert nia.external_id in page
        assert "GDPR Art. 11" in page

    def test_names_files_on_their_way_that_hold_them(
        self, carmen: Client, nia: Customer, present: datetime
    ) -> None:
        line = f"{nia.external_id},bakery,2026-03-01"
        content = f"customer_id,team,occurred_at\n{line}\n".encode()
        assert "waits to be taken in" not in carmen.post(FIND, {"wanted": nia.email}).text
        ContactFile.objects.create(name="march.csv", content=content, created_at=present)

        page = carmen.post(FIND, {"wanted": nia.email}).text

        assert "A file that waits to be taken in names them too: march.csv." in page

    @pytest.mark.parametrize("wanted", ["", "nobody@example.com"])
    def test_says_when_it_finds_nobody(self, carmen: Client, nia: Customer, wanted: str) -> None:
        reply = carmen.post(FIND, {"wanted": wanted})

        assert reply.status_code == 422
        assert "<title>Error:" in reply.text
        assert nia.name not in reply.text

    def test_leaves_no_trace_of_whom_it_looked_for(self, carmen: Client, nia: Customer) -> None:
        carmen.post(FIND, {"wanted": nia.email})
        carmen.post(EXPORT, {"customer": nia.pk})

        kept = str(list(AccessEntry.objects.values()))
        assert nia.email not in kept
        assert "EXPORTED" in kept


class TestExport:
    def test_hands_out_a_file(self, carmen: Client, nia: Customer) -> None:
        reply = carmen.post(EXPORT, {"customer": nia.pk})

        assert reply["Content-Disposition"] == 'attachment; filename="customer.json"'
        assert reply.json()["customer"]["name"] == nia.name

    @pytest.mark.parametrize("number", ["", "x", "0", "9" * 30])
    def test_finds_nobody_else(self, carmen: Client, nia: Customer, number: str) -> None:
        assert carmen.post(EXPORT, {"customer": number}).status_code == 404


class TestErase:
    def test_wants_to_be_sure(self, carmen: Client, nia: Customer) -> None:
        reply = carmen.post(ERASE, {"customer": nia.pk})

        assert reply.status_code == 422
        assert "Tick this first" in reply.text
        assert Customer.objects.filter(pk=nia.pk).exists()

    def test_erases(self, carmen: Client, nia: Customer) -> None:
        reply = carmen.post(ERASE, {"customer": nia.pk, "is_meant": "on"}, follow=True)

        assert "Erased." in reply.text
        assert not Customer.objects.exists()

    def test_says_so_the_second_time(self, carmen: Client, nia: Customer) -> None:
        for _ in range(2):
            reply = carmen.post(ERASE, {"customer": nia.pk, "is_meant": "on"}, follow=True)

        assert "They were erased already." in reply.text

    def test_takes_no_number_that_no_database_holds(self, carmen: Client, nia: Customer) -> None:
        reply = carmen.post(ERASE, {"customer": "9" * 30, "is_meant": "on"})

        assert reply.status_code == 404


class TestPermissions:
    @pytest.mark.parametrize("role", [Role.HR, Role.CX_MANAGER])
    def test_let_in_whoever_asks_customers(self, client: Client, nia: Customer, role: Role) -> None:
        client.force_login(make_user("somebody", role))

        assert client.get(FIND).status_code == 200
        assert client.post(EXPORT, {"customer": nia.pk}).status_code == 200

    @pytest.mark.parametrize("role", [Role.ADMIN, Role.ANALYST, Role.AUDITOR])
    def test_keep_other_roles_out(self, client: Client, nia: Customer, role: Role) -> None:
        refuse(client, make_user("somebody", role), nia)

    @pytest.mark.parametrize("leader", ["bob", "charlie"])
    def test_keep_leaders_out(
        self, client: Client, nia: Customer, leader: str, request: pytest.FixtureRequest
    ) -> None:
        refuse(client, request.getfixturevalue(leader), nia)

    def test_keep_team_leads_out(
        self, client: Client, nia: Customer, organisation: Organisation
    ) -> None:
        refuse(client, make_user("tom", Role.TEAM_LEAD, organisation.bakery), nia)

    def test_send_strangers_to_log_in(self, client: Client, nia: Customer) -> None:
        for reply in (client.get(FIND), client.post(ERASE, {"customer": nia.pk})):
            assert reply["Location"].startswith("/login/")


def refuse(client: Client, user: User, nia: Customer) -> None:
    client.force_login(user)
    sent = {"customer": nia.pk, "wanted": nia.email, "is_meant": "on"}

    assert client.get(FIND).status_code == 403
    assert {client.post(address, sent).status_code for address in (FIND, EXPORT, ERASE)} == {403}
    assert Customer.objects.filter(pk=nia.pk).exists()
