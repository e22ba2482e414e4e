"""One side of a team in one period."""

from datetime import date

import pytest

from survey.accounts.models import User
from survey.aggregation.models import Standing
from survey.campaigns.models import Pairing
from survey.dashboards.access import find_reader
from survey.dashboards.team.pages import TeamPage, build_team_page
from survey.dashboards.team.side import Side
from tests.dashboards.team.staging import everywhere, release
from tests.factories.aggregation import CLOSED

pytest_plugins = ["tests.dashboards.team.company"]


def build(user: User, **wanted: str) -> tuple[Side, ...]:
    page = build_team_page(reader=find_reader(user=user), code="bakery", wanted=wanted, now=CLOSED)
    assert isinstance(page, TeamPage)
    return page.sides


class TestBuildSides:
    def test_puts_parts_below_their_whole_and_questions_apart(
        self, bob: User, team_sides: Pairing
    ) -> None:
        metrics = {"fair": 60.0, "fair_word": 55.0, "guess": 70.0, "item:fair_1": 65.0}
        release(team_sides.ex, {"bakery": metrics})

        staff, _ = build(bob)

        assert [line.measure.code for line in staff.lines] == ["fair", "fair_word", "guess"]
        assert [line.measure.code for line in staff.items] == ["item:fair_1"]
        assert staff.lead is not None
        assert (staff.lead.measure.code, staff.n_answered) == ("fair", 20)

    def test_reads_the_median_of_the_whole_organisation(
        self, bob: User, two_quarters: Pairing
    ) -> None:
        staff, customers = build(bob)

        assert (staff.n_teams, customers.n_teams) == (5, 5)
        assert [line.median for line in staff.lines] == [70.0, None, None]

    def test_keeps_a_line_for_what_was_asked_and_is_not_shown(
        self, bob: User, two_quarters: Pairing
    ) -> None:
        staff, _ = build(bob)

        assert [line.now is None for line in staff.lines] == [False, True, True]

    def test_has_no_median_before_the_standings_are_made(
        self, bob: User, two_quarters: Pairing
    ) -> None:
        Standing.objects.all().delete()

        staff, _ = build(bob)

        assert (staff.n_teams, staff.lines[0].median) == (0, None)

    def test_shows_nothing_of_a_side_without_figures(self, bob: User, team_sides: Pairing) -> None:
        release(team_sides.ex, everywhere("fair", 70.0))

        _, customers = build(bob)

        assert (customers.lines, customers.lead, customers.n_answered) == ((), None, None)

    @pytest.mark.parametrize(("second", "mean"), [(50.0, 60.0), (70.0, 70.0)])
    def test_adds_the_months_of_a_quarter_up(
        self, bob: User, team_sides: Pairing, second: float, mean: float
    ) -> None:
        for month, score in ((1, 70.0), (2, second)):
            release(team_sides.cx, everywhere("treat", score), month=date(2026, month, 1))

        _, customers = build(bob)

        assert customers.lead is not None
        assert customers.lead.now is not None
        assert (customers.lead.now.mean, customers.lead.now.n) == (mean, 40)
