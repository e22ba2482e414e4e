"""The teams of the page: which are drawn, and which of them stand out."""

import json
import re
from collections.abc import Callable

import pytest
from django.test import Client

from survey.accounts.models import Role, User
from survey.campaigns.models import Pairing
from survey.dashboards.access import find_reader
from survey.dashboards.filters import UnknownChoiceError
from survey.dashboards.linkage import drawn
from survey.dashboards.linkage.pages import LinkagePage, build_linkage_page
from survey.linkage.printed import PrintedUnit
from survey.organization.models import Team
from tests.cast import Organisation, make_user
from tests.dashboards.linkage.test_pages import NOW
from tests.dashboards.studies import make_study

pytest_plugins = ["tests.dashboards.company"]


@pytest.fixture(autouse=True)
def study(both_sides: Pairing, branch_figures: Callable[..., list[PrintedUnit]]) -> None:
    make_study(both_sides, both_sides.ex.scope, 0.4)


def build(user: User, **wanted: str) -> LinkagePage:
    page = build_linkage_page(reader=find_reader(user=user), wanted=wanted, now=NOW)
    assert isinstance(page, LinkagePage)
    return page


def rows(client: Client, address: str) -> list[str]:
    """Return the codes of the teams in the table, in its order."""
    page = client.get(f"/dashboards/linkage/{address}").content.decode()
    table = page[page.index("<caption>Scores from 0 to 100") :]
    return re.findall(r"/dashboards/teams/([\w-]+)/", table[: table.index("</table>")])


def own(page: LinkagePage) -> list[str]:
    return [unit.code for unit in page.units if unit.is_own]


class TestDrawUnits:
    def test_lets_no_team_stand_out_for_who_leads_none(self, alice: User) -> None:
        page = build(alice)

        assert own(page) == []
        assert not page.drawn.has_own

    def test_lets_the_teams_stand_out_that_the_reader_leads_among_others(
        self, organisation: Organisation
    ) -> None:
        user = make_user("hanna", Role.HR)
        user.grants.create(role=Role.LEADER, team=organisation.food)

        page = build(user)

        assert len(own(page)) == 20
        assert all(code.startswith("food-") for code in own(page))

    def test_lets_the_chosen_team_stand_out_in_full_ink_with_its_name(self, alice: User) -> None:
        page = build(alice, team="food-7")

        assert own(page) == ["food-7"]
        figure = json.dumps(json.loads(page.drawn.figure))
        assert "<b>Food 7</b>" in figure
        assert figure.count('"color": "var(--ink)", "thickness": 2') == 2

    def test_says_which_chosen_team_shows_nothing(
        self, alice: User, organisation: Organisation
    ) -> None:
        page = build(alice, team="bakery")

        assert (page.drawn.absent, own(page)) == (organisation.bakery.name, [])

    def test_does_not_tell_a_team_of_others_from_one_that_does_not_exist(
        self, both_sides: Pairing, organisation: Organisation
    ) -> None:
        make_study(both_sides, organisation.food, 0.4)
        leader = make_user("fred", Role.LEADER, organisation.food)

        for code in ("garden", "no-such-team"):
            with pytest.raises(UnknownChoiceError):
                build(leader, team=code)

    def test_leads_to_the_page_of_each_team(self, alice: User, branches: list[Team]) -> None:
        pages = {unit.page for unit in build(alice).units}

        assert pages == {f"/dashboards/teams/{team.code}/" for team in branches}

    def test_marks_the_row_of_a_chosen_team(self, client: Client, alice: User) -> None:
        client.force_login(alice)

        page = client.get("/dashboards/linkage/?team=food-7").content.decode()

        assert '<tr class="on"><th scope="row"><a href="/dashboards/teams/food-7/">' in page
        assert "The team you chose" in page
        assert '<input type="hidden" name="team" value="food-7">' in page


class TestTable:
    def test_holds_every_team_of_a_few(self, client: Client, alice: User) -> None:
        client.force_login(alice)

        assert len(rows(client, "")) == 40
        assert "as a table</a>" not in client.get("/dashboards/linkage/").content.decode()

    def test_holds_the_first_of_many_and_leads_to_all_of_them(
        self, client: Client, alice: User, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(drawn, "MOST_ROWS", 10)
        client.force_login(alice)

        page = client.get("/dashboards/linkage/").content.decode()
        (address,) = re.findall(r'href="([^"]*)">All 40 teams as a table', page)

        assert "The same numbers as a table (10 of 40 teams)" in page
        assert len(rows(client, "")) == 10
        assert rows(client, address.replace("&amp;", "&")) == sorted(
            (unit.code for unit in build(alice).units), key=lambda code: code.title()
        )

    def test_holds_a_chosen_team_of_many(
        self, client: Client, alice: User, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(drawn, "MOST_ROWS", 10)
        client.force_login(alice)

        assert rows(client, "?team=goods-9")[0] == "goods-9"

    def test_holds_nothing_of_others(
        self, client: Client, both_sides: Pairing, organisation: Organisation
    ) -> None:
        make_study(both_sides, organisation.food, 0.4)
        client.force_login(make_user("fred", Role.LEADER, organisation.food))

        assert {code.partition("-")[0] for code in rows(client, "?table=units")} == {"food"}
