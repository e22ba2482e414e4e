"""Taking letters out of the queue."""

from datetime import datetime, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries, Settings

from survey.letters.claiming import LEASE, claim_due, give_back
from survey.letters.models import Delivery, DeliveryChannel
from survey.letters.services.sending import RUN_SECONDS
from survey.letters.states import DeliveryState
from tests.factories.letters import DeliveryFactory, LetterFactory

pytestmark = pytest.mark.django_db


def claim(now: datetime, size: int = 10) -> list[Delivery]:
    return claim_due(channel=DeliveryChannel.EMAIL, now=now, size=size)


class TestLease:
    def test_outlasts_a_run_and_ends_within_a_minute(self, settings: Settings) -> None:
        last_letter = timedelta(seconds=settings.EMAIL_TIMEOUT)

        assert timedelta(seconds=RUN_SECONDS) + last_letter < LEASE < timedelta(minutes=1)


class TestClaimDue:
    def test_takes_the_oldest_first_up_to_a_size_with_their_words(
        self, now: datetime, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        letter = LetterFactory()
        rows = [
            DeliveryFactory(letter=letter, due_at=now - timedelta(hours=hours))
            for hours in (1, 3, 2, 0)
        ]

        with django_assert_num_queries(6):  # begin, choose, mark, commit, letters, translations
            claimed = claim(now, 3)
            assert {len(row.letter.translations.all()) for row in claimed} == {0}

        assert claimed == [rows[1], rows[2], rows[0]]

    def test_marks_them_as_being_sent(self, now: datetime) -> None:
        DeliveryFactory()
        (claimed,) = claim(now)
        stored = Delivery.objects.get()

        for row in (claimed, stored):
            assert (row.state, row.attempts, row.first_tried_at) == ("SENDING", 1, now)
            assert row.lease_until == now + LEASE
        assert claim(now) == []

    def test_leaves_what_is_not_due_or_travels_otherwise(self, now: datetime) -> None:
        DeliveryFactory(due_at=now + timedelta(minutes=1))
        text = DeliveryFactory(channel=DeliveryChannel.SMS, address="+441632960000")

        assert claim(now) == []
        assert claim_due(channel=DeliveryChannel.SMS, now=now, size=1) == [text]

    def test_goes_past_a_domain_that_has_had_its_share(
        self, now: datetime, settings: Settings
    ) -> None:
        settings.LETTERS_PER_DOMAIN_MINUTE = 2
        crowd = [DeliveryFactory(address=f"a{n}@crowd.example") for n in range(7)]
        lone = DeliveryFactory(address="b@lone.example")

        assert claim(now, 3) == crowd[:2]
        assert claim(now, 3) == [lone]


class TestGiveBack:
    def test_leaves_no_trace_of_the_claim(self, now: datetime) -> None:
        before = DeliveryFactory()
        give_back(claim(now))

        after = Delivery.objects.get()
        for field in ("state", "attempts", "first_tried_at", "lease_until", "due_at"):
            assert getattr(after, field) == getattr(before, field)

    def test_keeps_what_an_earlier_try_left(self, now: datetime) -> None:
        DeliveryFactory(attempts=1, first_tried_at=now - timedelta(hours=1), is_uncertain=True)
        give_back(claim(now), due_at=now + timedelta(hours=2))

        row = Delivery.objects.get()
        assert (row.attempts, row.first_tried_at) == (1, now - timedelta(hours=1))
        assert row.due_at == now + timedelta(hours=2)

    def test_touches_nothing_that_came_back_meanwhile(self, now: datetime) -> None:
        DeliveryFactory()
        claimed = claim(now)
        Delivery.objects.update(state=DeliveryState.BOUNCED, reason="came back", lease_until=None)
        give_back(claimed)

        assert Delivery.objects.get().state == DeliveryState.BOUNCED

    def test_frees_nothing_that_somebody_else_has_claimed_since(self, now: datetime) -> None:
        DeliveryFactory()
        claimed = claim(now)
        Delivery.objects.update(claimed_by="f" * 32)
        give_back(claimed, due_at=now + timedelta(hours=2))

        row = Delivery.objects.get()
        assert (row.state, row.attempts) == (DeliveryState.SENDING, 1)
        assert row.lease_until == now + LEASE
        assert row.due_at < now + timedelta(hours=2)
