"""The sheet and the template as different people see them."""

import pytest
from django.test import Client

from survey.accounts.models import Role, User
from tests.cast import Organisation, make_user

PAGES = ["/dashboards/sheet/", "/dashboards/sheet/dpia/"]


class TestSheets:
    @pytest.mark.parametrize("page", PAGES)
    @pytest.mark.parametrize("role", [Role.HR, Role.AUDITOR])
    def test_open_to_the_people_team_and_to_auditors(
        self, client: Client, db: None, page: str, role: Role
    ) -> None:
        client.force_login(make_user("ann", role))

        reply = client.get(page)

        assert reply.status_code == 200
        assert reply["Content-Type"].startswith("text/html")

    def test_hand_out_text(self, client: Client, alice: User) -> None:
        client.force_login(alice)
        client.post("/language/", {"language": "de"})

        reply = client.get(PAGES[0], {"format": "md"})

        assert reply["Content-Disposition"] == 'attachment; filename="works-council-sheet.md"'
        assert reply.text.startswith("# What is kept, and who sees what")
        assert "| responses_response.answers | The answers;" in reply.text

    @pytest.mark.parametrize("page", PAGES)
    def test_know_no_other_file(self, client: Client, alice: User, page: str) -> None:
        client.force_login(alice)

        assert client.get(page, {"format": "pdf"}).status_code == 404


@pytest.mark.parametrize("page", PAGES)
class TestPermissions:
    def test_send_strangers_to_log_in(self, client: Client, db: None, page: str) -> None:
        assert client.get(page)["Location"] == f"/login/?next={page}"

    @pytest.mark.parametrize("role", [Role.ADMIN, Role.CX_MANAGER, Role.ANALYST])
    def test_refuse_other_offices(self, client: Client, db: None, page: str, role: Role) -> None:
        client.force_login(make_user("ann", role))

        assert client.get(page).status_code == 403
        assert client.get(f"{page}?format=md").status_code == 403

    def test_refuse_leaders_and_team_leads(
        self, client: Client, bob: User, charlie: User, organisation: Organisation, page: str
    ) -> None:
        for user in (bob, charlie, make_user("tom", Role.TEAM_LEAD, organisation.garden)):
            client.force_login(user)
            assert client.get(page).status_code == 403
