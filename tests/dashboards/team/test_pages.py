"""The page of one team, gathered in one call."""

from datetime import datetime

import pytest

from survey.accounts.models import User
from survey.campaigns.models import Pairing
from survey.dashboards.access import find_reader
from survey.dashboards.filters import UnknownChoiceError
from survey.dashboards.team.pages import EmptyPage, TeamPage, build_team_page
from tests.cast import Organisation

pytest_plugins = ["tests.dashboards.team.company"]


def build(user: User, code: str, now: datetime, **wanted: str) -> TeamPage | EmptyPage:
    return build_team_page(reader=find_reader(user=user), code=code, wanted=wanted, now=now)


class TestBuildTeamPage:
    def test_gathers_both_sides(self, alice: User, two_quarters: Pairing, now: datetime) -> None:
        page = build(alice, "bakery", now)

        assert isinstance(page, TeamPage)
        assert len(page.sides) == 2
        assert page.headline
        assert page.members == ()
        assert "period=" in page.address

    def test_takes_the_first_measure_where_the_wanted_one_is_not_asked(
        self, alice: User, two_quarters: Pairing, now: datetime
    ) -> None:
        asked = build(alice, "bakery", now)
        unknown = build(alice, "bakery", now, measure="nothing")

        assert isinstance(asked, TeamPage)
        assert isinstance(unknown, TeamPage)
        assert asked.chart == unknown.chart

    def test_has_a_page_for_a_team_that_nobody_asked(
        self, bob: User, organisation: Organisation, now: datetime
    ) -> None:
        assert build(bob, "bakery", now) == EmptyPage("Bakery")

    @pytest.mark.parametrize("code", ["bakery", "nowhere"])
    def test_does_not_find_what_is_not_charlies(
        self, charlie: User, two_quarters: Pairing, now: datetime, code: str
    ) -> None:
        with pytest.raises(UnknownChoiceError):
            build(charlie, code, now)
