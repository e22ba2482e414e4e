"""What happens to a letter after a try."""

from datetime import datetime, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from survey.letters.models import Delivery
from survey.letters.outcomes import Fate, Outcome
from survey.letters.retrying import (
    FIRST_WAIT,
    GIVE_UP_AFTER,
    LONGEST_WAIT,
    settle,
    settle_abandoned,
)
from survey.letters.states import DeliveryState
from tests.factories.letters import DeliveryFactory

SENT, LATER = Outcome(Fate.SENT), Outcome(Fate.LATER, "put off with 450")
REFUSED, UNKNOWN = Outcome(Fate.REFUSED, "refused with 550"), Outcome(Fate.UNKNOWN, "lost")

pytestmark = pytest.mark.django_db


def claimed(now: datetime, **fields: object) -> Delivery:
    values = {"attempts": 1, "first_tried_at": now, "due_at": now} | fields
    return DeliveryFactory(
        state=DeliveryState.SENDING, lease_until=now + timedelta(minutes=2), **values
    )


def claimed_again(delivery: Delivery) -> Delivery:
    Delivery.objects.update(state=DeliveryState.SENDING, lease_until=delivery.lease_until)
    return Delivery.objects.get()


class TestSettle:
    def test_writes_what_went_out_in_one_statement(
        self, now: datetime, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        tried = [(claimed(now), SENT) for _ in range(5)]

        with django_assert_num_queries(3):  # begin, write, commit
            assert +settle(tried, now=now) == {"SENT": 5}
        assert Delivery.objects.filter(state=DeliveryState.SENT).count() == 5

    def test_keeps_a_bounce_that_was_reported_meanwhile(self, now: datetime) -> None:
        delivery = claimed(now)
        Delivery.objects.update(state=DeliveryState.BOUNCED, reason="came back", lease_until=None)
        settle([(delivery, SENT)], now=now)

        assert Delivery.objects.get().state == DeliveryState.BOUNCED

    @pytest.mark.parametrize(
        ("outcome", "is_uncertain", "state", "reason"),
        [
            (SENT, False, "SENT", ""),
            (SENT, True, "SENT", ""),
            (REFUSED, False, "FAILED", "refused with 550"),
            (LATER, False, "QUEUED", "put off with 450"),
            (UNKNOWN, False, "QUEUED", "lost"),
            (UNKNOWN, True, "FAILED", "lost"),
        ],
    )
    def test_writes_down_what_became_of_it(
        self, now: datetime, outcome: Outcome, is_uncertain: bool, state: str, reason: str
    ) -> None:
        delivery = claimed(now, is_uncertain=is_uncertain)

        assert +settle([(delivery, outcome)], now=now) == {state: 1}
        delivery.refresh_from_db()
        assert (delivery.state, delivery.reason, delivery.lease_until) == (state, reason, None)

    def test_remembers_that_a_letter_may_have_arrived(self, now: datetime) -> None:
        delivery = claimed(now)
        settle([(delivery, UNKNOWN)], now=now)
        again = claimed_again(delivery)
        settle([(again, LATER)], now=now)

        delivery.refresh_from_db()
        assert delivery.is_uncertain

    def test_waits_longest_where_nobody_knows(self, now: datetime) -> None:
        delivery = claimed(now)
        settle([(delivery, UNKNOWN)], now=now)

        delivery.refresh_from_db()
        assert delivery.due_at == now + LONGEST_WAIT

    @pytest.mark.parametrize(
        ("attempts", "longest"), [(1, FIRST_WAIT), (3, 4 * FIRST_WAIT), (900, LONGEST_WAIT)]
    )
    def test_waits_a_random_time_up_to_twice_the_last(
        self, now: datetime, attempts: int, longest: timedelta
    ) -> None:
        waits = set()
        for _ in range(20):
            delivery = claimed(now, attempts=attempts)
            settle([(delivery, LATER)], now=now)
            delivery.refresh_from_db()
            waits.add(delivery.due_at - now)

        assert len(waits) > 1
        assert timedelta(0) <= min(waits) <= max(waits) <= longest

    @pytest.mark.parametrize(
        ("early", "state"), [(timedelta(seconds=1), "QUEUED"), (timedelta(0), "FAILED")]
    )
    def test_gives_up_a_day_after_the_first_try(
        self, now: datetime, early: timedelta, state: str
    ) -> None:
        delivery = claimed(now, first_tried_at=now - GIVE_UP_AFTER + early)

        assert +settle([(delivery, LATER)], now=now) == {state: 1}


class TestSettleAbandoned:
    @pytest.mark.parametrize(
        ("is_uncertain", "state", "reason"),
        [(False, "QUEUED", ""), (True, "FAILED", "perhaps sent, twice")],
    )
    def test_tries_once_more_and_never_again(
        self, now: datetime, is_uncertain: bool, state: str, reason: str
    ) -> None:
        delivery = claimed(now, is_uncertain=is_uncertain)
        settle_abandoned(now=now + timedelta(minutes=3))

        delivery.refresh_from_db()
        assert (delivery.state, delivery.reason, delivery.is_uncertain) == (state, reason, True)
        assert delivery.lease_until is None

    def test_leaves_what_is_being_sent(self, now: datetime) -> None:
        delivery = claimed(now)
        settle_abandoned(now=now)

        delivery.refresh_from_db()
        assert delivery.state == DeliveryState.SENDING
