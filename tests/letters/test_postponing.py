from datetime import timedelta

import pytest

from survey.letters.models import Delivery
from survey.letters.postponing import cancel_delivery, postpone_delivery
from survey.letters.states import DeliveryState
from tests.factories.letters import DeliveryFactory

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def waiting() -> Delivery:
    return DeliveryFactory()


@pytest.fixture
def sent() -> Delivery:
    return DeliveryFactory(state=DeliveryState.SENT)


class TestPostponeDelivery:
    def test_moves_a_letter_that_waits_and_no_other(
        self, waiting: Delivery, sent: Delivery
    ) -> None:
        later = waiting.due_at + DAY

        assert postpone_delivery(delivery_id=waiting.pk, due_at=later)
        assert not postpone_delivery(delivery_id=sent.pk, due_at=later)

        assert set(Delivery.objects.values_list("due_at", flat=True)) == {later, sent.due_at}


class TestCancelDelivery:
    def test_keeps_why_a_letter_was_not_sent(self, waiting: Delivery, sent: Delivery) -> None:
        assert cancel_delivery(delivery_id=waiting.pk, reason="snoozed")
        assert not cancel_delivery(delivery_id=sent.pk, reason="snoozed")

        waiting.refresh_from_db()
        assert (waiting.state, waiting.reason) == (DeliveryState.FAILED, "snoozed")
