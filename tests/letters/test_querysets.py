"""Letters by where they are."""

from datetime import datetime, timedelta

import pytest

from survey.letters.models import Delivery
from survey.letters.states import DeliveryState
from tests.factories.letters import DeliveryFactory

SECOND = timedelta(seconds=1)

pytestmark = pytest.mark.django_db


class TestDueAt:
    def test_begins_at_the_very_moment(self, now: datetime) -> None:
        DeliveryFactory(due_at=now)

        assert [
            Delivery.objects.due_at(now + shift).count() for shift in (-SECOND, 0 * SECOND)
        ] == [0, 1]

    @pytest.mark.parametrize("state", [s for s in DeliveryState if s != DeliveryState.QUEUED])
    def test_leaves_out_what_is_not_in_the_queue(self, state: DeliveryState, now: datetime) -> None:
        DeliveryFactory(due_at=now, state=state, lease_until=now, reason="closed")

        assert not Delivery.objects.due_at(now).exists()


class TestAbandonedAt:
    def test_begins_after_the_lease(self, now: datetime) -> None:
        DeliveryFactory(state=DeliveryState.SENDING, lease_until=now)

        assert [
            Delivery.objects.abandoned_at(now + shift).count() for shift in (0 * SECOND, SECOND)
        ] == [0, 1]

    def test_leaves_out_what_nobody_was_sending(self, now: datetime) -> None:
        DeliveryFactory(lease_until=now)

        assert not Delivery.objects.abandoned_at(now + SECOND).exists()
