"""The life of one letter."""

from datetime import datetime

import pytest

from survey.letters.models import Delivery
from survey.letters.states import DeliveryState
from tests.factories.letters import DeliveryFactory


@pytest.mark.django_db
class TestDeliveryState:
    @pytest.mark.parametrize("state", DeliveryState)
    def test_can_be_stored_and_read_back(self, state: DeliveryState, now: datetime) -> None:
        DeliveryFactory(state=state, lease_until=now, reason="closed")

        assert Delivery.objects.get().state == state

    def test_begins_in_the_queue(self) -> None:
        assert DeliveryFactory().state == DeliveryState.QUEUED
