"""The newest figures of somebody's parts, in sentences."""

from datetime import date, datetime, timedelta

from pytest_django import DjangoAssertNumQueries

from survey.accounts.models import Grant, Role, User
from survey.aggregation.models import Figure
from survey.campaigns.models import Pairing
from survey.followup.briefing import Brief, Part, brief, list_parts, whole_organisation
from tests.cast import Organisation
from tests.dashboards.team.staging import QUARTER, everywhere, release
from tests.factories.aggregation import CLOSED

pytest_plugins = ["tests.dashboards.team.company"]

AFTER = CLOSED + QUARTER + timedelta(days=2)
BAKERY = Part("bakery", "Bakery", is_led=True)
COMPANY = Part("company", "The Company", is_led=True, has_teams=True)


def told(part: Part, now: datetime = AFTER) -> list[str]:
    return [one.sentence for one in brief(parts=[part], now=now)]


class TestListParts:
    def test_are_the_teams_of_an_account_by_name(
        self, bob: User, organisation: Organisation
    ) -> None:
        Grant.objects.create(user=bob, role=Role.TEAM_LEAD, team=organisation.garden)
        Grant.objects.create(user=bob, role=Role.LEADER, team=organisation.food)

        assert list_parts(user=bob) == (
            BAKERY,
            Part("food", "Food", is_led=True, has_teams=True),
            Part("garden", "Garden", is_led=False),
        )

    def test_leads_a_team_that_is_held_in_both_roles(
        self, bob: User, organisation: Organisation
    ) -> None:
        Grant.objects.create(user=bob, role=Role.TEAM_LEAD, team=organisation.bakery)

        assert list_parts(user=bob) == (BAKERY,)

    def test_are_none_for_an_office(self, alice: User) -> None:
        assert list_parts(user=alice) == ()

    def test_are_the_roots_for_those_who_see_everything(self, organisation: Organisation) -> None:
        assert whole_organisation() == (COMPANY,)


class TestBrief:
    def test_says_what_moved_by_more_than_its_margin_and_what_did_not(
        self, two_quarters: Pairing
    ) -> None:
        assert told(BAKERY) == [
            "Staff score “how high fair is” 50 (between 46 and 54) out of 100. "
            "That is lower than in March 2026.",
            "Customers score “how high treat is” 71 (between 67 and 75) out of 100. "
            "No clear change since March 2026.",
        ]

    def test_says_nothing_of_a_change_that_few_people_make(self, two_quarters: Pairing) -> None:
        Figure.objects.filter(group__code="bakery", metric="fair").update(n=9)

        staff = "Staff score “how high fair is” 50 (between 46 and 54) out of 100."
        assert told(BAKERY)[0] == staff

    def test_prints_ends_as_the_pages_do(self, team_sides: Pairing) -> None:
        figure = {"mean": 95.0, "se": None, "low": None, "high": None, "detail": {"end": "high"}}
        release(team_sides.ex, {"bakery": {"fair": figure}})

        assert told(BAKERY, CLOSED) == ["Staff score “how high fair is” 95 or more out of 100."]

    def test_tells_of_a_part_only_to_whom_it_is_led(self, two_quarters: Pairing) -> None:
        assert len(told(COMPANY)) == 2
        assert told(Part("company", "The Company", is_led=False)) == []

    def test_goes_back_to_the_last_release_that_shows_the_part(self, team_sides: Pairing) -> None:
        release(team_sides.ex, everywhere("fair", 70.0))
        release(team_sides.ex, {"company": {"fair": 70.0}}, closed_at=CLOSED + QUARTER)

        (found,) = brief(parts=[BAKERY], now=AFTER)
        assert (found.month, found.is_staff) == (date(2026, 3, 1), True)

    def test_forgets_what_is_older_than_a_year_and_what_was_withdrawn(
        self, two_quarters: Pairing
    ) -> None:
        assert told(BAKERY, AFTER + timedelta(days=500)) == []

        two_quarters.ex.waves.update(
            withdrawn_at=CLOSED, sealed_at=None, withdrawn_reason="By mistake."
        )
        assert [one[:9] for one in told(BAKERY)] == ["Customers"]

    def test_asks_as_much_for_many_parts(
        self, two_quarters: Pairing, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        parts = [BAKERY, COMPANY, Part("garden", "Garden", is_led=False)]
        brief(parts=parts, now=AFTER)  # reads what was asked, once

        with django_assert_num_queries(2):
            found: tuple[Brief, ...] = brief(parts=parts, now=AFTER)
        assert len(found) == 6
