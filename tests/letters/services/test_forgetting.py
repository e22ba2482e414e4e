"""Letters forget to whom they went."""

from datetime import datetime, timedelta

import pytest
from pytest_django import Settings

from survey.letters.models import Delivery
from survey.letters.services.forgetting import erase_addresses, forget_addresses
from survey.letters.states import DeliveryState
from tests.factories.letters import DeliveryFactory

pytestmark = pytest.mark.django_db

MONTH = timedelta(days=31)


def named() -> set[str]:
    return set(Delivery.objects.exclude(address="").values_list("address", flat=True))


class TestForgetAddresses:
    @pytest.mark.parametrize("state", [DeliveryState.SENT, DeliveryState.FAILED])
    def test_blanks_old_letters_only(self, now: datetime, state: str) -> None:
        DeliveryFactory(address="old@x.org", state=state, due_at=now - MONTH, reason="stopped")
        DeliveryFactory(address="new@x.org", state=state, due_at=now, reason="stopped")

        assert forget_addresses(now=now, at_most=10) == 1
        assert named() == {"new@x.org"}
        assert not Delivery.objects.get(address="").recipient_name

    def test_leaves_letters_that_wait(self, now: datetime) -> None:
        DeliveryFactory(state=DeliveryState.QUEUED, due_at=now - MONTH)

        assert forget_addresses(now=now, at_most=10) == 0

    def test_keeps_refused_addresses_while_they_are_not_written_to(self, now: datetime) -> None:
        for days in (31, 91):
            DeliveryFactory(
                address=f"{days}@x.org",
                state=DeliveryState.BOUNCED,
                reason="address refused: came back",
                due_at=now - timedelta(days=days),
            )

        forget_addresses(now=now, at_most=10)

        assert named() == {"31@x.org"}

    def test_goes_by_the_setting(self, now: datetime, settings: Settings) -> None:
        settings.ADDRESSES_KEPT_DAYS = 60
        DeliveryFactory(state=DeliveryState.SENT, due_at=now - MONTH)

        assert forget_addresses(now=now, at_most=10) == 0

    def test_takes_a_piece_at_a_time_and_nothing_twice(self, now: datetime) -> None:
        for _ in range(3):
            DeliveryFactory(state=DeliveryState.SENT, due_at=now - MONTH)

        assert [forget_addresses(now=now, at_most=2) for _ in range(3)] == [2, 1, 0]


class TestEraseAddresses:
    def test_stops_what_waits(self, now: datetime) -> None:
        letter = DeliveryFactory(state=DeliveryState.QUEUED, due_at=now)

        erase_addresses(delivery_ids=[letter.pk])

        letter.refresh_from_db()
        assert (letter.state, letter.reason, letter.address) == ("FAILED", "erased", "")
