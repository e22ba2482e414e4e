"""The access log as different people see it."""

from html import unescape

import pytest
from django.test import Client

from survey.accounts.models import AccessEntry, Action, Role, User
from tests.cast import Organisation, make_user

LOG = "/dashboards/access-log/"


@pytest.fixture
def wim(client: Client, db: None) -> Client:
    client.force_login(make_user("wim", Role.AUDITOR))
    return client


def read(client: Client, query: str = "") -> str:
    return unescape(client.get(f"{LOG}{query}").content.decode())


class TestAccessLog:
    def test_is_kind_where_nothing_was_recorded(self, wim: Client) -> None:
        assert "Nothing has been recorded yet." in read(wim)

    def test_lists_who_did_what(self, wim: Client, alice: User) -> None:
        other = Client()
        other.force_login(alice)
        other.get("/dashboards/releases/?format=csv")

        page = read(wim)

        assert "Alice" in page
        assert "dashboards:releases" in page
        assert "took along" in page

    def test_hands_out_a_file_that_no_spreadsheet_runs(self, wim: Client) -> None:
        mallory = make_user("mallory", Role.HR)
        User.objects.filter(pk=mallory.pk).update(name="=cmd()")
        other = Client()
        other.force_login(mallory)
        other.get("/console/")

        text = b"".join(wim.get(LOG, {"format": "csv"}).streaming_content).decode()

        assert f",{mallory.pk},'=cmd(),HR,SEEN,console:home,,200" in text

    @pytest.mark.parametrize(
        "query", ["?format=xlsx", "?person=none", "?action=DELETED", "?page=2"]
    )
    def test_knows_no_other_choice(self, wim: Client, query: str) -> None:
        assert wim.get(f"{LOG}{query}").status_code == 404

    def test_stays_in_the_navigation_of_auditors(self, wim: Client, alice: User) -> None:
        other = Client()
        other.force_login(alice)

        assert f'href="{LOG}"' in read(wim)
        assert LOG not in other.get("/dashboards/releases/").text


class TestPermissions:
    def test_sends_strangers_to_log_in(self, client: Client, db: None) -> None:
        assert client.get(LOG)["Location"] == f"/login/?next={LOG}"

    @pytest.mark.parametrize("role", [Role.ADMIN, Role.HR, Role.CX_MANAGER, Role.ANALYST])
    def test_refuses_the_offices(self, client: Client, db: None, role: Role) -> None:
        client.force_login(make_user("ann", role))

        for query in ("", "?format=csv"):
            assert client.get(f"{LOG}{query}").status_code == 403

    def test_refuses_leaders_and_team_leads(
        self, client: Client, bob: User, charlie: User, organisation: Organisation
    ) -> None:
        for user in (bob, charlie, make_user("tom", Role.TEAM_LEAD, organisation.garden)):
            client.force_login(user)
            assert client.get(LOG).status_code == 403

    def test_tells_why(self, client: Client, alice: User) -> None:
        client.force_login(alice)

        assert "for the works council or data protection alone" in read(client)

    def test_writes_nothing_by_another_method(self, wim: Client) -> None:
        assert wim.post(LOG).status_code == 405
        assert AccessEntry.objects.get().action == Action.CHANGED
