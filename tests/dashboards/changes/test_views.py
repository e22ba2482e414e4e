"""The page of changes as different people see it, and what its button writes."""

from datetime import timedelta
from html import unescape

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from survey.accounts.models import Role, User
from survey.accounts.selectors import last_look
from survey.campaigns.models import Campaign
from survey.organization.models import Team
from tests.cast import Organisation, make_user
from tests.dashboards.changes.test_pages import SUMMER

pytest_plugins = ["tests.dashboards.compare.company"]
PAGE = "/dashboards/changes/"


@pytest.fixture(autouse=True)
def still_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: SUMMER)


def read(client: Client, user: User, address: str = PAGE) -> tuple[int, str]:
    client.force_login(user)
    response = client.get(address)
    return response.status_code, unescape(response.getvalue().decode(errors="replace"))


@pytest.mark.usefixtures("campaign")
class TestWhoSeesWhat:
    def test_sends_strangers_to_log_in(self, client: Client) -> None:
        assert client.get(PAGE)["Location"] == f"/login/?next={PAGE}"
        assert client.post(PAGE)["Location"] == f"/login/?next={PAGE}"

    @pytest.mark.parametrize("role", [Role.ADMIN, Role.AUDITOR])
    def test_refuses_those_who_read_no_figures(self, client: Client, role: Role) -> None:
        assert read(client, make_user("ann", role))[0] == 403

    def test_refuses_a_team_lead(self, client: Client, organisation: Organisation) -> None:
        assert read(client, make_user("tom", Role.TEAM_LEAD, organisation.bakery))[0] == 403

    def test_shows_the_offices_what_moved(self, client: Client, alice: User) -> None:
        _, page = read(client, alice)

        assert "1 new set of figures; 2 things moved by more than the margin." in page
        assert '<td data-l="Part">Food</td>' in page

    def test_shows_a_leader_of_another_part_none_of_it(
        self, client: Client, organisation: Organisation
    ) -> None:
        _, page = read(client, make_user("greg", Role.LEADER, organisation.goods))

        assert "nothing moved by more than its margin" in page
        for foreign in ("Food", "Bakery", "The Company"):
            assert foreign not in page

    def test_shows_charlie_no_figure(self, client: Client, charlie: User) -> None:
        status, page = read(client, charlie)

        assert status == 200
        assert "<table" not in page


@pytest.mark.usefixtures("campaign")
class TestSeenButton:
    def test_is_written_by_the_button_alone(self, client: Client, alice: User) -> None:
        read(client, alice)
        assert last_look(user=alice) is None

        response = client.post(PAGE, {"until": SUMMER.isoformat()})

        assert response["Location"] == PAGE
        assert last_look(user=alice) == SUMMER
        assert "Nothing new since " in read(client, alice)[1]

    def test_misses_nothing_that_came_while_the_page_was_open(
        self, client: Client, alice: User
    ) -> None:
        client.force_login(alice)
        opened = SUMMER - timedelta(hours=3)

        client.post(PAGE, {"until": opened.isoformat()})

        assert last_look(user=alice) == opened

    @pytest.mark.parametrize("until", ["", "soon", "2026-13-01T00:00:00Z", "2036-01-01T00:00:00Z"])
    def test_takes_now_for_what_is_no_moment_that_has_been(
        self, client: Client, alice: User, until: str
    ) -> None:
        client.force_login(alice)

        client.post(PAGE, {"until": until})

        assert last_look(user=alice) == SUMMER

    def test_writes_nothing_for_whoever_tries_out_a_role(
        self, client: Client, alice: User, organisation: Organisation
    ) -> None:
        dora = make_user("dora", Role.LEADER, organisation.food)
        client.force_login(alice)
        client.post("/dashboards/see-as/", {"grant": dora.grants.get().pk})

        page = client.get(PAGE).content.decode()
        status = client.post(PAGE).status_code

        assert "nothing can be marked as seen" in page
        assert "I have seen this" not in page
        assert status == 403
        assert last_look(user=dora) is last_look(user=alice) is None


class TestChanges:
    def test_gives_it_as_a_file(self, client: Client, alice: User, campaign: Campaign) -> None:
        assert "new figures" in read(client, alice, f"{PAGE}?format=csv")[1]
        assert read(client, alice, f"{PAGE}?format=xlsx")[0] == 200
        assert read(client, alice, f"{PAGE}?format=pdf")[0] == 404

    def test_is_empty_before_the_first_figures(self, client: Client, alice: User) -> None:
        _, page = read(client, alice)

        assert "Nothing new since " in page
        assert "None were made." in page

    def test_asks_as_few_questions_for_many_teams_as_for_few(
        self, client: Client, alice: User, campaign: Campaign,
        django_assert_num_queries: DjangoAssertNumQueries,
    ) -> None:  # fmt: skip
        client.force_login(alice)
        client.get(PAGE)

        with django_assert_num_queries(19):
            client.get(PAGE)
        Team.objects.bulk_create(
            Team(code=f"extra-{n}", name=f"Extra {n}", parent=campaign.scope) for n in range(60)
        )
        with django_assert_num_queries(19):
            client.get(PAGE)
