"""Teams that are divided, with how they answered where that may be shown."""

from typing import Any

from survey.accounts.models import User
from survey.campaigns.models import Pairing
from survey.dashboards.access import find_reader
from survey.dashboards.team.pages import TeamPage, build_team_page
from tests.dashboards.team.staging import release
from tests.factories.aggregation import CLOSED

pytest_plugins = ["tests.dashboards.team.company"]


def build(user: User, pairing: Pairing, **metrics: Any) -> TeamPage:
    said = {name.replace("__", ":"): given for name, given in metrics.items()}
    release(pairing.ex, {"bakery": said})
    page = build_team_page(reader=find_reader(user=user), code="bakery", wanted={}, now=CLOSED)
    assert isinstance(page, TeamPage)
    return page


class TestFindDivided:
    def test_shows_how_the_questions_of_a_divided_scale_were_answered(
        self, bob: User, team_sides: Pairing
    ) -> None:
        page = build(
            bob, team_sides, fair={"mean": 55.0, "detail": {"divided": True}},
            item__fair_1={"mean": 50.0, "n": 18, "detail": {"shares": {"1": 45, "5": 55}}},
            item__fair_2={"mean": 60.0, "n": 9},
        )  # fmt: skip

        (divided,) = page.divided
        (spread,) = divided.spreads
        assert (spread.name, spread.n) == ("How is fair_1?", 18)
        assert [(one.label, one.percent) for one in spread.shares] == [
            ("option 1", 45), ("option 5", 55),
        ]  # fmt: skip

    def test_says_it_without_shares_that_may_not_be_shown(
        self, bob: User, team_sides: Pairing
    ) -> None:
        page = build(bob, team_sides, fair={"mean": 55.0, "detail": {"divided": True}})

        assert [one.spreads for one in page.divided] == [()]

    def test_is_nothing_for_a_team_that_agrees(self, bob: User, team_sides: Pairing) -> None:
        page = build(
            bob, team_sides, fair=55.0,
            item__fair_1={"mean": 50.0, "detail": {"shares": {"1": 45, "5": 55}}},
        )  # fmt: skip

        assert page.divided == ()
