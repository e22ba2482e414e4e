"""The pages of teams, as people of every role open them."""

import json
import re
from datetime import date, timedelta
from html import unescape

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from survey.accounts.models import Role, User
from survey.aggregation.models import Figure
from survey.campaigns.models import Pairing
from survey.organization.models import Team
from tests.cast import Organisation, make_user
from tests.dashboards.team.staging import QUARTER, everywhere, release, write
from tests.factories.aggregation import CLOSED

pytest_plugins = ["tests.dashboards.team.company"]
LIST = "/dashboards/teams/"
BAKERY = "/dashboards/teams/bakery/"


def read(client: Client, user: User, address: str = BAKERY) -> tuple[int, str]:
    client.force_login(user)
    response = client.get(address)
    return response.status_code, unescape(response.content.decode())


@pytest.mark.usefixtures("two_quarters")
class TestWhoSeesWhat:
    def test_sends_strangers_to_log_in(self, client: Client) -> None:
        for address in (LIST, BAKERY, f"{BAKERY}words/"):
            assert client.get(address)["Location"] == f"/login/?next={address}"

    @pytest.mark.parametrize("role", [Role.HR, Role.CX_MANAGER, Role.ANALYST])
    def test_shows_every_team_to_those_who_see_everything(self, client: Client, role: Role) -> None:
        user = make_user("ann", role)

        assert read(client, user)[0] == 200
        assert read(client, user, f"{LIST}garden/")[0] == 200

    def test_shows_bob_his_team_and_no_other(self, client: Client, bob: User) -> None:
        status, page = read(client, bob)

        assert status == 200
        assert "<b>50.0</b>" in page
        assert "Garden" not in page

    def test_shows_charlie_nothing_of_bobs(self, client: Client, charlie: User) -> None:
        for address in (BAKERY, f"{BAKERY}?format=csv", f"{BAKERY}words/"):
            status, page = read(client, charlie, address)

            assert status == 404
            assert "50.0" not in page

    def test_shows_a_team_lead_their_own_team_with_the_median_of_all(
        self, client: Client, organisation: Organisation
    ) -> None:
        lead = make_user("tom", Role.TEAM_LEAD, organisation.bakery)

        status, page = read(client, lead)

        assert status == 200
        assert '<dt>Median team</dt><dd class="num">70.0</dd>' in page
        assert read(client, lead, f"{LIST}kitchen/")[0] == 404

    @pytest.mark.parametrize("role", [Role.ADMIN, Role.AUDITOR])
    def test_refuses_and_says_why(self, client: Client, role: Role) -> None:
        for address in (LIST, BAKERY):
            status, page = read(client, make_user(f"ann{address}", role), address)

            assert status == 403
            assert "opens no figures" in page

    @pytest.mark.parametrize("code", ["food", "company", "nowhere"])
    def test_finds_no_page_for_what_is_no_team_of_bobs(
        self, client: Client, bob: User, code: str
    ) -> None:
        assert read(client, bob, f"{LIST}{code}/")[0] == 404

    @pytest.mark.parametrize("query", ["period=1999-01-01", "compare=1999-01-01", "pairing=none"])
    def test_finds_no_page_for_a_choice_that_is_not_there(
        self, client: Client, bob: User, query: str
    ) -> None:
        assert read(client, bob, f"{BAKERY}?{query}")[0] == 404

    def test_shows_the_past_of_a_team_to_who_leads_its_successor(
        self, client: Client, charlie: User, organisation: Organisation
    ) -> None:
        Team.objects.filter(code="bakery").update(
            closed_date=date(2026, 7, 1), succeeded_by=organisation.garden
        )

        assert read(client, charlie)[0] == 200

    def test_lists_to_each_what_they_may_open(self, client: Client, bob: User, alice: User) -> None:
        assert re.findall(r"teams/(\w+)/", read(client, bob, LIST)[1]) == ["bakery"]
        everything = re.findall(r"teams/(\w+)/", read(client, alice, LIST)[1])
        assert everything == ["bakery", "depot", "garden", "kitchen", "shop"]


@pytest.mark.usefixtures("two_quarters")
class TestTeam:
    def test_begins_with_the_answer(self, client: Client, alice: User) -> None:
        _, page = read(client, alice)

        found = re.search(r'<h2 id="headline">(.*?)</h2>', page)
        assert found is not None
        assert found[1] == (
            "Staff here score how high fair is lower than in the median team. "
            "What customers say here of how high treat is can’t be told from the median team. "
            "Only the gap inside is larger than its margin."
        )
        assert "Staff now score fair lower than in Q1 2026." in page
        assert "What customers say has not clearly changed since Q1 2026." in page

    def test_prints_every_stored_figure_of_the_team_and_none_of_others(
        self, client: Client, alice: User
    ) -> None:
        Figure.objects.filter(group__code="kitchen").update(mean=33.3)

        _, page = read(client, alice)

        for value in ("<b>50.0</b>", "<b>71.0</b>", "was 70.0", "±4.1"):
            assert value in page
        assert "33.3" not in page

    def test_says_what_is_asked_and_not_shown_and_when_it_may_be(
        self, client: Client, alice: User
    ) -> None:
        _, page = read(client, alice)

        assert page.count('<span class="nil">not shown</span>') >= 2  # the facet and the guess
        assert "<strong>guess:</strong> too few people answered here" in page
        assert "no next wave is planned yet" in page

    def test_draws_and_tabulates_the_same_figures(self, client: Client, alice: User) -> None:
        _, page = read(client, alice, f"{BAKERY}?measure=fair")

        drawn = re.search(r'<script id="steadiness-figure" [^>]*>(.*?)</script>', page, re.S)
        assert drawn is not None
        assert json.loads(drawn[1])["data"][0]["y"] == [70.0, 50.0]
        assert '<th scope="row">Q2 2026</th><td class="num">50.0</td>' in page
        assert "From 6 waves with a figure on we can say what is usual here; there are 2." in page

    def test_follows_the_first_measure_where_the_wanted_one_is_not_asked(
        self, client: Client, alice: User
    ) -> None:
        _, page = read(client, alice, f"{BAKERY}?measure=parking")

        assert '<option value="treat" selected>Customers: treat</option>' in page

    def test_keeps_words_as_written_with_what_their_writers_allow(
        self, client: Client, alice: User, two_quarters: Pairing
    ) -> None:
        groups = release(two_quarters.ex, everywhere("fair", 70.0), closed_at=CLOSED + 2 * QUARTER)
        for number in range(7):
            write(groups["bakery"], f"Mind the <oven> {number}", "NO_NAMES")
        write(groups["garden"], "A word from elsewhere")

        _, page = read(client, alice, f"{BAKERY}?period=2026-07-01")
        _, all_words = read(client, alice, f"{BAKERY}words/?period=2026-07-01")

        assert page.count('dir="auto">Mind the <oven>') == 5
        assert "All 7 stories of staff" in page
        assert all_words.count("Pass it on without names only.") == 7
        assert "elsewhere" not in page + all_words

    def test_shows_no_words_of_another_period(
        self, client: Client, alice: User, two_quarters: Pairing
    ) -> None:
        group = two_quarters.ex.waves.latest("closes_at").groups.get(code="bakery")
        write(group, "Said in the second quarter")

        assert "Said in" in read(client, alice)[1]
        assert "Said in" not in read(client, alice, f"{BAKERY}?period=2026-01-01")[1]

    def test_asks_as_few_questions_for_many_teams_as_for_few(
        self, client: Client, alice: User, two_quarters: Pairing,
        django_assert_num_queries: DjangoAssertNumQueries,
    ) -> None:  # fmt: skip
        read(client, alice)

        with django_assert_num_queries(20):
            client.get(BAKERY)
        Team.objects.bulk_create(
            Team(code=f"extra-{n}", name=f"Extra {n}", parent=two_quarters.ex.scope)
            for n in range(60)
        )
        release(two_quarters.cx, everywhere("treat", 70.0), closed_at=CLOSED + 2 * QUARTER)
        with django_assert_num_queries(20):
            client.get(BAKERY)

    def test_carries_no_script_and_no_style_in_the_page(self, client: Client, alice: User) -> None:
        _, page = read(client, alice)

        assert " style=" not in page
        assert set(re.findall(r"<script ([a-z-]+)", page)) == {"defer", "id"}

    def test_says_nothing_of_causes(self, client: Client, alice: User) -> None:
        assert not re.search(r"\b(drives?|causes?|impact of)\b", read(client, alice)[1], re.I)


class TestWithoutFigures:
    def test_says_that_there_is_nothing_yet(
        self, client: Client, bob: User, team_sides: Pairing
    ) -> None:
        assert "no figures of your teams yet" in read(client, bob, LIST)[1]
        assert "no figures of this team by itself yet" in read(client, bob)[1]

    def test_shows_a_pool_to_who_may_see_all_of_it(
        self, client: Client, alice: User, charlie: User, team_sides: Pairing
    ) -> None:
        figures = {"company": {"fair": 70.0}, "goods:smaller": {"fair": 61.0}}
        release(team_sides.ex, figures, pool=("garden", "shop"))
        release(team_sides.cx, everywhere("treat", 70.0), closed_at=CLOSED - timedelta(days=1))

        status, pool = read(client, alice, f"{LIST}goods:smaller/")
        _, garden = read(client, charlie, f"{LIST}garden/")

        assert status == 200
        assert "<b>61.0</b>" in pool
        assert "Garden, shop" in pool
        assert "asked about each team by itself" in pool
        assert read(client, charlie, f"{LIST}goods:smaller/")[0] == 404
        assert "counted together with other small teams" in garden
        assert "61.0" not in garden
        assert "goods:smaller" not in garden
