"""The link that stops letters without the keys of a wave."""

from datetime import datetime

import pytest

from survey.followup.ways_out import UnknownWayOutError, is_stopped, stop_by, way_out_url
from survey.letters.models import Delivery, StopEntry
from tests.factories.letters import DeliveryFactory

pytestmark = pytest.mark.django_db


class TestWaysOut:
    def token(self, delivery: Delivery) -> str:
        return way_out_url(delivery).split("/")[-2]

    def test_stop_all_letters_to_the_address_of_one(self, now: datetime) -> None:
        token = self.token(DeliveryFactory(kind="NEWS", address="sam@example.org"))
        assert is_stopped(token=token) is False

        stop_by(token=token, today=now.date())

        assert is_stopped(token=token) is True
        assert StopEntry.objects.count() == 1

    def test_lead_nowhere_once_the_address_is_forgotten(self, now: datetime) -> None:
        delivery = DeliveryFactory(kind="NEWS", address="")

        assert is_stopped(token=self.token(delivery)) is None

    def test_are_made_by_the_product_alone(self, now: datetime) -> None:
        delivery = DeliveryFactory(kind="NEWS")
        for token in (delivery.key.hex, f"{delivery.key.hex}:{'x' * 43}", "", "é"):
            with pytest.raises(UnknownWayOutError):
                stop_by(token=token, today=now.date())

    @pytest.mark.parametrize("kind", ["INVITATION", "NOTICE"])
    def test_do_not_lead_to_other_letters(self, kind: str) -> None:
        with pytest.raises(UnknownWayOutError):
            is_stopped(token=self.token(DeliveryFactory(kind=kind)))
