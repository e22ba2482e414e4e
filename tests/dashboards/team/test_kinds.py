"""Kinds of people in a team."""

from typing import Any

from django.test import Client

from survey.accounts.models import User
from survey.campaigns.models import Pairing
from survey.dashboards.access import find_reader
from survey.dashboards.team.exports import write_team
from survey.dashboards.team.pages import TeamPage, build_team_page
from tests.dashboards.overview.material import kinds
from tests.dashboards.team.staging import release
from tests.factories.aggregation import CLOSED

pytest_plugins = ["tests.dashboards.overview.company"]


def build(user: User, pairing: Pairing, metrics: dict[str, Any]) -> TeamPage:
    release(pairing.ex, {"bakery": {"passion": 61.0, **metrics}})
    page = build_team_page(reader=find_reader(user=user), code="bakery", wanted={}, now=CLOSED)
    assert isinstance(page, TeamPage)
    return page


class TestFindKinds:
    def test_are_the_released_shares_with_their_ranges(
        self, client: Client, bob: User, asked_sides: Pairing
    ) -> None:
        said = {name: one for name, one in kinds(25, 50, 25).items() if name != "teams"}

        page = build(bob, asked_sides, {"profile:passion": said})

        (found,) = page.kinds
        assert [(one.name, one.share, one.low, one.high) for one in found.kinds] == [
            ("Passionate", 25, 22, 28), ("Contented", 50, 47, 53), ("Disengaged", 25, 22, 28),
        ]  # fmt: skip
        rows = [row for row in write_team(page).rows if row[0] == "kind"]
        assert [row[4] for row in rows] == [25, 50, 25]
        client.force_login(bob)
        shown = client.get("/dashboards/teams/bakery/").content.decode()
        assert "25 per cent passionate, 50 per cent contented" in shown

    def test_are_not_there_where_they_are_not_released(
        self, bob: User, asked_sides: Pairing
    ) -> None:
        assert build(bob, asked_sides, {}).kinds == ()
