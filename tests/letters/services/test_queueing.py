"""Queueing letters to people."""

from datetime import datetime, timedelta

import pytest

from survey.letters.models import DeliveryKind
from survey.letters.services import Recipient, queue_deliveries
from tests.factories.letters import LetterFactory

pytestmark = pytest.mark.django_db
RECIPIENTS = [Recipient(f"R{n}", f"r{n}@example.org") for n in range(3)]


class TestQueueDeliveries:
    def test_keeps_the_order_of_the_recipients(self, now: datetime) -> None:
        deliveries = queue_deliveries(
            letter=LetterFactory(), kind=DeliveryKind.INVITATION, recipients=RECIPIENTS, due_at=now
        )

        assert [delivery.address for delivery in deliveries] == [r.address for r in RECIPIENTS]
        assert all(delivery.pk for delivery in deliveries)
        assert {delivery.language for delivery in deliveries} == {""}

    def test_gives_each_their_own_moment_and_language(self, now: datetime) -> None:
        moments = [now + timedelta(hours=hours) for hours in (2, 0, 1)]
        deliveries = queue_deliveries(
            letter=LetterFactory(),
            kind=DeliveryKind.INVITATION,
            recipients=RECIPIENTS,
            due_at=moments,
            languages=["de", "fr", "en"],
        )

        assert [delivery.due_at for delivery in deliveries] == moments
        assert [delivery.language for delivery in deliveries] == ["de", "fr", "en"]

    def test_refuses_moments_that_are_not_one_for_each(self, now: datetime) -> None:
        with pytest.raises(ValueError, match="shorter"):
            queue_deliveries(
                letter=LetterFactory(),
                kind=DeliveryKind.INVITATION,
                recipients=RECIPIENTS,
                due_at=[now],
            )
