"""What happens to a letter after a try."""

from collections import Counter
from datetime import datetime, timedelta
from fcntl import LOCK_EX, flock
from pathlib import Path
from typing import Any

import pytest
from django.db import InterfaceError, OperationalError
from pytest_django import DjangoAssertNumQueries, Settings

from survey.letters import retrying
from survey.letters.models import Delivery
from survey.letters.outcomes import Fate, Outcome
from survey.letters.retrying import (
    FIRST_WAIT,
    GIVE_UP_AFTER,
    LONGEST_WAIT,
    settle,
    settle_abandoned,
    settle_surely,
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


class NeverInBlock:
    """A connection outside of any transaction, which tests of one test's transaction lack."""

    in_atomic_block = False

    def close(self) -> None:
        """Keep the transaction of the test."""


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

    def test_takes_over_at_once_from_a_process_that_is_gone(
        self, now: datetime, settings: Settings, tmp_path: Path
    ) -> None:
        settings.DATA_DIR = tmp_path
        gone, here, elsewhere = (claimed(now, claimed_by=mark * 32) for mark in "abc")
        (tmp_path / "sending").mkdir()
        (tmp_path / "sending" / ("a" * 32)).touch()  # unlocked, as the system leaves it
        with (tmp_path / "sending" / ("b" * 32)).open("w") as file:
            flock(file, LOCK_EX)
            settle_abandoned(now=now)

        states = dict(Delivery.objects.values_list("pk", "state"))
        assert states == {gone.pk: "QUEUED", here.pk: "SENDING", elsewhere.pk: "SENDING"}


class TestSettleSurely:
    def test_writes_down_what_is_known_once_the_connection_is_back(
        self, now: datetime, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        delivery, waits = claimed(now), []
        cuts = iter([OperationalError("the connection is closed"), InterfaceError("closed")])

        def settle_when_back(*args: Any, **kwargs: Any) -> Counter[str]:
            if cut := next(cuts, None):
                raise cut
            return settle(*args, **kwargs)

        monkeypatch.setattr(retrying, "settle", settle_when_back)
        monkeypatch.setattr(retrying, "connection", NeverInBlock())
        states = settle_surely([(delivery, SENT)], now=now, sleep=waits.append)

        delivery.refresh_from_db()
        assert (delivery.state, states["SENT"]) == (DeliveryState.SENT, 1)
        assert waits == [0.5, 1.0]

    def test_leaves_what_another_process_has_taken_over(self, now: datetime) -> None:
        delivery = claimed(now, claimed_by="f" * 32)
        settle([(delivery, SENT)], now=now)

        delivery.refresh_from_db()
        assert delivery.state == DeliveryState.SENDING
