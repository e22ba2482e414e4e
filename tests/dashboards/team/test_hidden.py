"""What is not shown, why, and when it may be; never how many there were."""

from datetime import date

import pytest

from survey.accounts.models import User
from survey.campaigns.models import Pairing
from survey.dashboards.access import find_reader
from survey.dashboards.team.hidden import Hidden
from survey.dashboards.team.pages import TeamPage, build_team_page
from tests.dashboards.team.staging import QUARTER, everywhere, release
from tests.factories.aggregation import CLOSED, make_wave

pytest_plugins = ["tests.dashboards.team.company"]


def hidden(user: User, code: str = "bakery", **wanted: str) -> dict[str, Hidden]:
    reader = find_reader(user=user)
    page = build_team_page(reader=reader, code=code, wanted=wanted, now=CLOSED + 2 * QUARTER)
    assert isinstance(page, TeamPage)
    return {one.name: one for one in page.hidden}


class TestListHidden:
    def test_says_when_hidden_scales_may_appear(self, bob: User, team_sides: Pairing) -> None:
        release(team_sides.ex, everywhere("fair", 70.0))
        make_wave(team_sides.ex, closed_at=CLOSED + 3 * QUARTER, is_open=True)

        why = hidden(bob)["guess"].why

        assert "would give away what a few said" in why
        assert why.endswith("after the wave that closes on 29 December 2026.")
        assert not any(letter.isdigit() for letter in why.split("closes on")[0])

    def test_says_so_of_a_whole_side(self, bob: User, team_sides: Pairing) -> None:
        release(team_sides.ex, {"company": {"fair": 70.0}})

        assert hidden(bob)["Staff"].why.startswith("too few people answered here")

    @pytest.mark.parametrize(
        ("before", "name", "why"),
        [
            ({"bakery": {"guess": 60.0}}, "fair, Q1 2026", "too few answered here then"),
            ({"bakery": {"fair": 60.0}}, "guess, Q1 2026", "too few answered here then"),
        ],
    )
    def test_says_why_there_is_no_comparison(
        self, bob: User, team_sides: Pairing, before: dict[str, dict[str, float]], name: str,
        why: str,
    ) -> None:  # fmt: skip
        release(team_sides.ex, before)
        last = {"bakery": {"fair": 70.0, "guess": 70.0}}
        release(team_sides.ex, last, closed_at=CLOSED + QUARTER)

        assert hidden(bob)[name].why.startswith(why)

    def test_tells_what_was_not_asked_from_what_was_hidden(
        self, bob: User, team_sides: Pairing
    ) -> None:
        release(team_sides.ex, everywhere("fair", 70.0))
        release(team_sides.cx, everywhere("treat", 70.0), closed_at=CLOSED + QUARTER)
        release(team_sides.ex, everywhere("fair", 70.0), closed_at=CLOSED + QUARTER)

        assert hidden(bob)["treat, Q1 2026"].why == "not asked then."

    def test_says_that_a_side_has_no_figures_of_a_period(
        self, bob: User, team_sides: Pairing
    ) -> None:
        release(team_sides.ex, everywhere("fair", 70.0))

        assert "no figures from customers" in hidden(bob)["Customers"].why

    def test_leads_from_a_pool_to_its_teams_and_back_where_both_may_be_read(
        self, alice: User, charlie: User, team_sides: Pairing
    ) -> None:
        pool = {"goods:smaller": {"fair": 61.0}}
        release(team_sides.ex, pool, pool=("garden", "shop"))
        release(team_sides.cx, everywhere("treat", 70.0))

        of_pool, of_garden = hidden(alice, "goods:smaller"), hidden(alice, "garden")
        of_charlie = hidden(charlie, "garden")

        assert {one.code for one in of_pool["Customers"].groups} == {"garden", "shop"}
        assert [one.code for one in of_garden["Staff"].groups] == ["goods:smaller"]
        assert of_charlie["Staff"].groups == ()
        assert "counted together with other small teams" in of_charlie["Staff"].why

    def test_knows_when_months_turn(self, bob: User, team_sides: Pairing) -> None:
        release(team_sides.cx, {}, month=date(2026, 3, 1))
        make_wave(team_sides.cx, closed_at=CLOSED + 4 * QUARTER, opens_at=CLOSED, is_open=True)

        assert ": on 1 " in hidden(bob)["Customers"].why
