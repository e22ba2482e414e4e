"""The participation page as different people see it."""

import re
from datetime import datetime
from html import unescape

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from survey.accounts.models import Role, User
from survey.campaigns.models import Campaign, Wave
from survey.campaigns.shares import Share
from survey.organization.models import Team
from tests.cast import Organisation, make_user
from tests.dashboards.participation.rounds import BEFORE_SHARES, NOW_SHARES, make_waves
from tests.factories.aggregation import make_wave
from tests.factories.campaigns import make_open_wave
from tests.factories.colleagues import make_colleagues, serve

pytest_plugins = ["tests.dashboards.participation.company"]

PAGE = "/dashboards/participation/"


@pytest.fixture(autouse=True)
def still_clock(now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: now)


def read(client: Client, user: User, address: str = PAGE) -> tuple[int, str]:
    client.force_login(user)
    response = client.get(address)
    return response.status_code, unescape(response.getvalue().decode(errors="replace"))


class TestAmongColleagues:
    def test_counts_ratings_in_the_steps_of_k_people_and_says_so(
        self, client: Client, alice: User, organisation: Organisation, now: datetime
    ) -> None:
        serve(vars(organisation), "bakery>garden", "kitchen>garden")
        wave = make_open_wave(make_colleagues(organisation.company, arrows_per_person=2), now=now)
        row = {"code": "company", "name": "The Company", "kind": "NODE", "depth": 0}
        rows = [row | {"n_invited": 60, "share": "34 %"}]
        Wave.objects.filter(pk=wave.pk).update(participation={"date": "2026-03-02", "rows": rows})

        status, page = read(client, alice)

        assert status == 200
        assert "Between 34% and 51% of the 60 ratings asked for were given so far." in page
        assert "Ratings are counted here: one person gives several" in page
        assert page.count('<span class="chip in">colleagues</span>') == 2
        assert '<span class="chip in">staff</span>' not in page


def shares_on(page: str) -> set[str]:
    """Return whose shares stand on a page, now or before."""
    known = {
        Share.read(share, step=5).text: code
        for shares in (NOW_SHARES, BEFORE_SHARES)
        for code, share in shares.items()
    }
    return {code for share, code in known.items() if re.search(rf"[>\s]{share}", page)}


@pytest.mark.usefixtures("waves")
class TestWhoSeesWhat:
    def test_sends_strangers_to_log_in(self, client: Client) -> None:
        assert client.get(PAGE)["Location"] == f"/login/?next={PAGE}"

    @pytest.mark.parametrize("role", [Role.ADMIN, Role.AUDITOR])
    def test_refuses_those_who_run_or_check_the_system(self, client: Client, role: Role) -> None:
        status, page = read(client, make_user("ann", role))

        assert status == 403
        assert shares_on(page) == set()

    def test_shows_the_offices_everything(self, client: Client, alice: User) -> None:
        assert shares_on(read(client, alice)[1]) == {"company", "food", "goods"}
        assert shares_on(read(client, alice, f"{PAGE}?part=food")[1]) >= {"bakery", "kitchen"}

    def test_shows_bob_his_bakery_alone(self, client: Client, bob: User) -> None:
        status, page = read(client, bob)

        assert status == 200
        assert shares_on(page) == {"bakery"}
        assert not re.search(r"Kitchen|Garden|Goods|Food|Company", page)

    def test_shows_charlie_nothing_of_bobs(self, client: Client, charlie: User) -> None:
        assert shares_on(read(client, charlie)[1]) == {"garden"}

    def test_shows_a_leader_the_part_and_what_is_below(
        self, client: Client, organisation: Organisation
    ) -> None:
        dora = make_user("dora", Role.LEADER, organisation.food)

        assert shares_on(read(client, dora)[1]) == {"food", "bakery", "kitchen"}

    def test_shows_a_team_lead_their_own_team_alone(
        self, client: Client, organisation: Organisation
    ) -> None:
        assert shares_on(
            read(client, make_user("tom", Role.TEAM_LEAD, organisation.kitchen))[1]
        ) == {"kitchen"}

    def test_shows_somebody_who_leads_only_the_people_of_a_part_no_whole_part(
        self, client: Client, organisation: Organisation
    ) -> None:
        lead = make_user("tom", Role.TEAM_LEAD, organisation.food)

        assert shares_on(read(client, lead)[1]) == set()

    @pytest.mark.parametrize(
        "query", ["?part=food", "?part=goods", "?wave=none-1", "?format=csv&part=food"]
    )
    def test_gives_bob_nothing_else_by_its_address(
        self, client: Client, bob: User, query: str
    ) -> None:
        status, page = read(client, bob, PAGE + query)

        assert status == 404
        assert shares_on(page) == set()

    def test_shows_the_widest_part_where_a_survey_does_not_list_the_one_chosen_before(
        self, client: Client, alice: User, organisation: Organisation
    ) -> None:
        Team.objects.create(code="elsewhere", name="Elsewhere", parent=organisation.company)

        status, page = read(client, alice, f"{PAGE}?wave=pulse-1&part=elsewhere")

        assert status == 200
        assert shares_on(page) == shares_on(read(client, alice, f"{PAGE}?wave=pulse-1")[1])
        assert read(client, alice, f"{PAGE}?wave=pulse-1&part=nowhere")[0] == 404

    def test_holds_no_more_in_bobs_file_than_on_his_page(self, client: Client, bob: User) -> None:
        _, lines = read(client, bob, f"{PAGE}?format=csv")

        assert lines.splitlines()[1] == "Bakery,100,25 to 30%,25,30,yes,73 to 78%"
        assert lines.splitlines()[2] == ""


class TestParticipation:
    @pytest.mark.usefixtures("waves")
    def test_says_first_how_many_answered_and_when_it_closes(
        self, client: Client, alice: User
    ) -> None:
        _, page = read(client, alice)

        assert "Between 51% and 56% of the 100 people asked have answered so far." in page
        assert "which closed on 2 December 2025, it was 70 to 75% in the end" in page
        assert "Counted on 2 March 2026" in page
        assert "next after the wave that closes on 9 March 2026" in page

    @pytest.mark.usefixtures("waves")
    def test_names_nobody_and_counts_no_single_answer(self, client: Client, alice: User) -> None:
        _, page = read(client, alice)

        assert "Bakery 1" not in page
        assert "@" not in re.sub(r"\S+@localhost", "", page)

    @pytest.mark.usefixtures("waves")
    def test_says_what_a_sealed_wave_is_worth(self, client: Client, alice: User) -> None:
        _, page = read(client, alice, f"{PAGE}?wave=pulse-1")

        assert "Between 70% and 75% of the 100 people asked answered." in page
        assert '<dt>Groups shown</dt><dd class="num">3</dd>' in page
        assert "tells teams apart" in page
        assert "Off by, at worst" in page

    @pytest.mark.usefixtures("waves")
    @pytest.mark.parametrize("table", ["groups", "health"])
    @pytest.mark.parametrize("as_format", ["csv", "xlsx"])
    def test_gives_both_tables_as_files(
        self, client: Client, alice: User, table: str, as_format: str
    ) -> None:
        client.force_login(alice)

        response = client.get(PAGE, {"table": table, "format": as_format})

        assert response.status_code == 200
        assert f'.{as_format}"' in response["Content-Disposition"]

    def test_says_that_nothing_was_launched(self, client: Client, alice: User) -> None:
        assert "No survey has been launched in your part" in read(client, alice)[1]

    def test_says_why_open_links_have_no_share(
        self, client: Client, alice: User, pulse_campaign: Campaign
    ) -> None:
        make_wave(pulse_campaign, channel="OPEN")

        assert "Nobody was asked by a link of their own" in read(client, alice)[1]

    def test_asks_as_few_questions_for_many_teams_and_waves_as_for_few(
        self, client: Client, alice: User, pulse_campaign: Campaign, waves: tuple[Wave, Wave],
        django_assert_num_queries: DjangoAssertNumQueries, now: datetime,
    ) -> None:  # fmt: skip
        client.force_login(alice)
        client.get(PAGE)

        with django_assert_num_queries(13):
            client.get(PAGE)
        make_waves(pulse_campaign, now)
        with django_assert_num_queries(13):
            client.get(PAGE)
