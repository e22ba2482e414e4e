from datetime import UTC, date, datetime, time, timedelta

import pytest

from survey.campaigns.models import Campaign, CustomerRules, FatigueRule, Wave
from survey.campaigns.turns import Plan, Turn, Turns, turns_of_customers
from survey.organization.models import Customer, Person
from survey.questionnaires.models import Audience
from tests.campaigns.test_ledger import ask
from tests.factories.campaigns import make_campaign, make_draft, make_teams
from tests.factories.organization import CustomerFactory, PersonFactory

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
TODAY = date(2026, 3, 2)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def rules() -> None:
    for audience in ("EMPLOYEE", "CUSTOMER"):
        FatigueRule.objects.create(audience=audience, at_most=5, within_days=60, gap_days=10)


def make_wave(audience: str, *, days: int = 30) -> Wave:
    campaign = make_campaign(make_teams({"top": None}, {})["top"], audience)
    Campaign.objects.update(quiet_from=time(20), quiet_until=time(8))
    campaign.refresh_from_db()
    return make_draft(campaign, opens_at=NOON - DAY, closes_at=NOON + days * DAY)


@pytest.fixture
def staff_wave() -> Wave:
    return make_wave(Audience.EMPLOYEE)


@pytest.fixture
def customer_wave() -> Wave:
    return make_wave(Audience.CUSTOMER)


def take(wave: Wave, *plans: Plan) -> list[Turn]:
    turns = Turns(plans)
    return [turns.take(wave=wave, plan=plan) for plan in plans]


class TestTurns:
    def test_leaves_a_letter_where_it_is_planned(self, staff_wave: Wave) -> None:
        assert take(staff_wave, Plan(PersonFactory(), NOON)) == [Turn(NOON)]

    def test_keeps_the_hour_on_the_readers_clock_across_a_clock_change(
        self, staff_wave: Wave
    ) -> None:
        person: Person = PersonFactory(time_zone="America/New_York")
        ask(person, TODAY)

        (turn,) = take(staff_wave, Plan(person, NOON + 2 * timedelta(hours=1)))  # nine in New York

        assert turn == Turn(datetime(2026, 3, 12, 13, tzinfo=UTC), date(2026, 3, 12))

    def test_counts_the_day_on_the_readers_clock(self, staff_wave: Wave) -> None:
        person: Person = PersonFactory(time_zone="Pacific/Auckland")
        ask(person, date(2026, 2, 20))

        assert take(staff_wave, Plan(person, NOON)) == [Turn(NOON)]  # already the third there

    def test_gives_no_letter_whose_free_day_comes_after_the_close(self) -> None:
        person = PersonFactory()
        ask(person, TODAY)

        turns = take(make_wave(Audience.EMPLOYEE, days=5), Plan(person, NOON))

        assert turns == [Turn(None, TODAY + 10 * DAY)]

    def test_asks_people_of_one_mailbox_together(self, staff_wave: Wave) -> None:
        shared = [Plan(PersonFactory(email="bakery@example.org"), NOON) for _ in range(2)]

        assert take(staff_wave, *shared) == [Turn(NOON), Turn(NOON)]

    def test_asks_one_customer_about_one_contact_at_a_time(self, customer_wave: Wave) -> None:
        customer = CustomerFactory()

        first, second = take(customer_wave, Plan(customer, NOON), Plan(customer, NOON))

        assert (first, second) == (
            Turn(NOON),
            Turn(NOON + 10 * DAY, TODAY + 10 * DAY),
        )

    def test_gives_no_letter_about_a_contact_too_long_ago(self, customer_wave: Wave) -> None:
        CustomerRules.objects.create(campaign=customer_wave.campaign, expires_days=7)
        customer = CustomerFactory()
        ask(customer, TODAY, "CUSTOMER")

        assert take(customer_wave, Plan(customer, NOON, NOON)) == [Turn(None, TODAY + 10 * DAY)]


class TestTurnsOfCustomers:
    def test_counts_those_who_wait_to_be_admitted(self, customer_wave: Wave) -> None:
        customer: Customer = CustomerFactory()
        group = customer_wave.groups.create(kind="TEAM", code="shop", name="Shop")
        customer_wave.invitations.create(group=group, customer=customer)

        turns = turns_of_customers(customers=[customer], now=NOON)

        turn = turns.take(wave=customer_wave, plan=Plan(customer, NOON))
        assert turn.deferred_until == TODAY + 10 * DAY
