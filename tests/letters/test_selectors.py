"""What the other parts ask about letters."""

from datetime import datetime, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from survey.letters.models import StopEntry
from survey.letters.outcomes import ADDRESS_REFUSED
from survey.letters.selectors import (
    BATCH,
    count_by_state,
    digest_address,
    reachable_addresses,
    stopped_addresses,
)
from survey.letters.states import DeliveryState
from tests.factories.letters import DeliveryFactory

pytestmark = pytest.mark.django_db


class TestDigestAddress:
    def test_is_the_same_for_every_spelling_of_one_address(self) -> None:
        assert digest_address(" Ana@Example.org\n") == digest_address("ana@example.org")

    def test_differs_between_addresses(self) -> None:
        assert digest_address("ana@example.org") != digest_address("ana@example.com")


class TestStoppedAddresses:
    def test_finds_the_last_of_very_many(
        self, now: datetime, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        addresses = [f"a{number}@example.org" for number in range(BATCH + 1)]
        last = max(addresses, key=digest_address)
        StopEntry.objects.create(address_digest=digest_address(last), created_date=now.date())

        with django_assert_num_queries(2):
            assert stopped_addresses(addresses=addresses) == {last}

    def test_asks_nothing_about_nobody(
        self, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        with django_assert_num_queries(0):
            assert stopped_addresses(addresses=[]) == set()


class TestReachableAddresses:
    def test_leaves_out_who_wants_no_letters_or_was_refused_of_late(self, now: datetime) -> None:
        addresses = ["", "ana@example.org", "ben@example.org", "cem@example.org", "dan@example.org"]
        StopEntry.objects.create(address_digest=digest_address("ben@example.org"), created_date=now)
        for address, days in (("cem@example.org", 1), ("dan@example.org", 91)):
            DeliveryFactory(
                address=address,
                due_at=now - timedelta(days=days),
                state=DeliveryState.FAILED,
                reason=f"{ADDRESS_REFUSED} with 550",
            )

        reached = reachable_addresses(addresses=addresses, now=now)

        assert reached == {"ana@example.org", "dan@example.org"}


class TestCountByState:
    def test_names_every_state_and_counts_all_letters_together(self, db: None) -> None:
        DeliveryFactory.create_batch(2)
        DeliveryFactory(state=DeliveryState.SENT, attempts=1)

        assert count_by_state() == {
            "QUEUED": 2,
            "SENDING": 0,
            "SENT": 1,
            "FAILED": 0,
            "BOUNCED": 0,
        }
