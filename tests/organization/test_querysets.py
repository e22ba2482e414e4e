"""Questions about teams and memberships."""

from datetime import date, timedelta

import pytest

from survey.organization.models import Membership, Team
from tests.cast import Organisation
from tests.factories.organization import MembershipFactory, TeamFactory

SPRING, AUTUMN = date(2026, 3, 1), date(2026, 9, 1)
DAY = timedelta(days=1)


def codes(teams: object) -> list[str]:
    return [team.code for team in teams]  # type: ignore[attr-defined]


@pytest.mark.django_db
class TestOpenOn:
    @pytest.mark.parametrize(
        ("day", "is_open"),
        [(SPRING - DAY, False), (SPRING, True), (AUTUMN - DAY, True), (AUTUMN, False)],
    )
    def test_holds_from_the_first_day_up_to_the_day_of_closing(
        self, day: date, is_open: bool
    ) -> None:
        TeamFactory(opened_date=SPRING, closed_date=AUTUMN)

        assert Team.objects.open_on(day).exists() is is_open

    def test_holds_always_for_a_team_without_dates(self) -> None:
        TeamFactory()

        assert Team.objects.open_on(date.min).exists()
        assert Team.objects.open_on(date.max).exists()


class TestTree:
    def test_holds_a_team_and_everything_below_it(self, organisation: Organisation) -> None:
        assert set(codes(Team.objects.under(organisation.food))) == {"food", "bakery", "kitchen"}
        assert codes(Team.objects.under(organisation.garden)) == ["garden"]

    def test_leads_down_to_a_team_from_the_top(self, organisation: Organisation) -> None:
        assert codes(Team.objects.above(organisation.bakery)) == ["company", "food", "bakery"]
        assert codes(Team.objects.above(organisation.company)) == ["company"]


@pytest.mark.django_db
class TestActiveOn:
    @pytest.mark.parametrize(
        ("day", "is_active"),
        [(SPRING - DAY, False), (SPRING, True), (AUTUMN - DAY, True), (AUTUMN, False)],
    )
    def test_holds_up_to_but_not_on_the_last_day(self, day: date, is_active: bool) -> None:
        MembershipFactory(active_from=SPRING, active_to=AUTUMN)

        assert Membership.objects.active_on(day).exists() is is_active

    def test_goes_on_without_a_last_day(self) -> None:
        MembershipFactory(active_from=SPRING)

        assert Membership.objects.active_on(date.max).exists()
