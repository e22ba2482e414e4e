"""The list of released figures by HTTP."""

import pytest
from django.test import Client

from survey.accounts.models import Role, User
from survey.aggregation.models import Release
from survey.dashboards.figures import pages
from tests.cast import Organisation, make_user

FIGURES = "/dashboards/figures/"

pytest_plugins = ["tests.dashboards.figures.company"]


class TestFigures:
    def test_lists_figures_to_a_leader(
        self, client: Client, bob: User, both_waves: list[Release]
    ) -> None:
        client.force_login(bob)
        reply = client.get(FIGURES)

        assert reply.status_code == 200
        assert b"Bakery" in reply.content
        assert b"Garden" not in reply.content

    def test_lists_figures_to_a_team_lead(
        self, client: Client, organisation: Organisation, both_waves: list[Release]
    ) -> None:
        client.force_login(make_user("lena", Role.TEAM_LEAD, organisation.kitchen))
        reply = client.get(FIGURES)

        assert b"Kitchen" in reply.content
        assert b"Bakery" not in reply.content

    @pytest.mark.parametrize("role", [Role.AUDITOR, Role.ADMIN])
    def test_refuses_those_who_open_no_figures(
        self, client: Client, both_waves: list[Release], role: Role
    ) -> None:
        client.force_login(make_user("adam", role))

        assert client.get(FIGURES).status_code == 403
        assert client.get(FIGURES, {"format": "csv"}).status_code == 403

    def test_sends_strangers_to_log_in(self, client: Client, both_waves: list[Release]) -> None:
        assert client.get(FIGURES).status_code == 302

    def test_hands_out_files(self, client: Client, bob: User, both_waves: list[Release]) -> None:
        client.force_login(bob)
        text = client.get(FIGURES, {"format": "csv", "period": "all"})
        book = client.get(FIGURES, {"format": "xlsx"})

        assert b"bakery" in b"".join(text.streaming_content)
        assert book["Content-Disposition"] == 'attachment; filename="released-figures.xlsx"'

    def test_refuses_a_spreadsheet_of_too_many_rows_and_says_what_to_do(
        self,
        client: Client,
        alice: User,
        both_waves: list[Release],
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setattr(pages, "MOST_XLSX_ROWS", 3)
        client.force_login(alice)
        reply = client.get(FIGURES, {"format": "xlsx"})

        assert reply.status_code == 422
        assert b"up to 3 of them" in reply.content

    @pytest.mark.parametrize("query", ["format=pdf", "scope=goods", "page=99", "period=all"])
    def test_does_not_find_what_is_not_there(
        self, client: Client, bob: User, both_waves: list[Release], query: str
    ) -> None:
        client.force_login(bob)

        assert client.get(f"{FIGURES}?{query}").status_code == 404

    @pytest.mark.parametrize("as_format", ["page", "csv", "xlsx"])
    def test_says_so_where_nothing_is_released(
        self, client: Client, alice: User, as_format: str
    ) -> None:
        client.force_login(alice)
        reply = client.get(FIGURES, {"format": as_format})

        assert reply.status_code == 200
