from datetime import date, timedelta

import pytest

from survey.campaigns.fatigue import DEFAULT_RULES, Rule
from survey.campaigns.ledger import (
    address_of,
    free_days,
    human_of,
    read_records,
    read_rules,
    read_snoozes,
)
from survey.campaigns.models import Asking, FatigueRule
from survey.campaigns.services import snooze_address
from survey.letters.selectors import digest_address
from survey.organization.models import Customer, Person
from tests.factories.organization import CustomerFactory, PersonFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 2)
DAY = timedelta(days=1)


def ask(somebody: Person | Customer, day: date, audience: str = "EMPLOYEE") -> Asking:
    """Write into the ledger that somebody was asked."""
    human = human_of(somebody)
    return Asking.objects.create(
        person_id=human.person_id,
        customer_id=human.customer_id,
        address_digest=human.digest,
        audience=audience,
        asked_date=day,
    )


@pytest.fixture(autouse=True)
def rules() -> None:
    FatigueRule.objects.create(audience="EMPLOYEE", at_most=2, within_days=60, gap_days=10)


class TestReadRules:
    def test_takes_the_default_where_nobody_set_one(self) -> None:
        assert read_rules() == {**DEFAULT_RULES, "EMPLOYEE": Rule(2, 60, 10)}


class TestFreeDays:
    def test_is_today_for_strangers_and_later_for_who_was_asked(self) -> None:
        asked, stranger = PersonFactory(), PersonFactory()
        ask(asked, TODAY - 3 * DAY)

        days = free_days(people=[asked, stranger], audience="EMPLOYEE", today=TODAY)

        assert days == {asked.pk: TODAY + 7 * DAY, stranger.pk: TODAY}

    def test_counts_for_one_human_what_a_person_and_a_customer_were_asked(self) -> None:
        person = PersonFactory(email="sam@example.org")
        customer = CustomerFactory(email="Sam@Example.org ".strip())
        ask(customer, TODAY - DAY, "CUSTOMER")

        assert free_days(people=[person], audience="EMPLOYEE", today=TODAY) == {
            person.pk: TODAY + 9 * DAY
        }
        assert free_days(customers=[customer], audience="CUSTOMER", today=TODAY) == {
            customer.pk: TODAY + 29 * DAY
        }

    def test_follows_a_person_to_another_address(self) -> None:
        person = PersonFactory()
        ask(person, TODAY - DAY)
        person.email = "new@example.org"
        person.save()

        assert free_days(people=[person], audience="EMPLOYEE", today=TODAY)[person.pk] > TODAY

    def test_does_not_take_those_without_an_address_for_one(self) -> None:
        asked, other = PersonFactory(email=""), PersonFactory(email="")
        ask(asked, TODAY)

        days = free_days(people=[asked, other], audience="EMPLOYEE", today=TODAY)
        assert days[other.pk] == TODAY < days[asked.pk]

    def test_waits_for_the_end_of_a_rest(self) -> None:
        person = PersonFactory(email="sam@example.org")
        snooze_address(address="SAM@example.org", until_date=TODAY + 40 * DAY, today=TODAY)

        assert free_days(people=[person], audience="EMPLOYEE", today=TODAY) == {
            person.pk: TODAY + 40 * DAY
        }

    def test_needs_a_query_or_two_however_many_are_asked(
        self, django_assert_max_num_queries: pytest.FixtureRequest
    ) -> None:
        people = PersonFactory.create_batch(40)

        with django_assert_max_num_queries(3):  # type: ignore[operator]
            free_days(people=people, audience="EMPLOYEE", today=TODAY)


class TestReadRecords:
    def test_counts_letters_of_one_wave_and_day_to_one_mailbox_once(self) -> None:
        shared = [PersonFactory(email="bakery@example.org") for _ in range(3)]
        for person in shared:
            ask(person, TODAY)

        (record,) = read_records([human_of(shared[0])], since=TODAY)

        assert len(record.askings) == 1


class TestReadSnoozes:
    def test_tells_until_when_each_address_rests(self) -> None:
        snooze_address(address="sam@example.org", until_date=TODAY + DAY, today=TODAY)

        found = read_snoozes(addresses=["Sam@example.org", "sam@example.org", "b@example.org"])

        assert found == dict.fromkeys(["Sam@example.org", "sam@example.org"], TODAY + DAY)


class TestHumanOf:
    def test_knows_who_has_no_e_mail_by_the_telephone(self) -> None:
        customer = CustomerFactory(email="", phone="+442071838750")

        assert address_of(customer) == "+442071838750"
        assert human_of(customer).digest == digest_address("+442071838750")
