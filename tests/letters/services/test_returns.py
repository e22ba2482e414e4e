"""What a provider reports of letters."""

from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest

from survey.letters.models import Delivery, StopEntry
from survey.letters.selectors import reachable_addresses, stopped_addresses
from survey.letters.services import MailEvent, take_mail_event
from survey.letters.states import DeliveryState
from tests.factories.letters import DeliveryFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(now: datetime) -> Delivery:
    return DeliveryFactory(state=DeliveryState.SENT, attempts=1, due_at=now)


class TestTakeMailEvent:
    def test_marks_a_letter_that_came_back_and_its_address(
        self, sent: Delivery, now: datetime
    ) -> None:
        assert take_mail_event(key=sent.key, event=MailEvent.BOUNCED, today=now.date())

        sent.refresh_from_db()
        assert (sent.state, sent.reason) == ("BOUNCED", "address refused: came back")
        assert reachable_addresses(addresses=[sent.address], now=now) == set()

    def test_blames_no_address_for_a_letter_that_was_blocked(
        self, sent: Delivery, now: datetime
    ) -> None:
        take_mail_event(key=sent.key, event=MailEvent.BLOCKED, today=now.date())

        sent.refresh_from_db()
        assert (sent.state, sent.reason) == ("BOUNCED", "blocked on its way")
        assert reachable_addresses(addresses=[sent.address], now=now) == {sent.address}

    def test_writes_no_more_to_whoever_complained(self, sent: Delivery, now: datetime) -> None:
        for _ in range(2):
            take_mail_event(key=sent.key, event=MailEvent.COMPLAINED, today=now.date())

        sent.refresh_from_db()
        assert sent.state == DeliveryState.SENT
        assert stopped_addresses(addresses=[sent.address]) == {sent.address}
        assert StopEntry.objects.count() == 1

    def test_leaves_a_letter_that_failed_with_its_reason(self, now: datetime) -> None:
        failed = DeliveryFactory(state=DeliveryState.FAILED, reason="closed")
        take_mail_event(key=failed.key, event=MailEvent.BOUNCED, today=now.date())

        failed.refresh_from_db()
        assert (failed.state, failed.reason) == ("FAILED", "closed")

    def test_knows_no_other_letters(self, sent: Delivery, now: datetime) -> None:
        assert not take_mail_event(key=uuid4(), event=MailEvent.BOUNCED, today=now.date())
        assert Delivery.objects.get().state == DeliveryState.SENT

    def test_writes_no_more_to_whoever_complained_of_a_reminder(
        self, sent: Delivery, now: datetime
    ) -> None:
        complaint: dict[str, Any] = {
            "key": uuid4(),
            "today": now.date(),
            "address": sent.address,
        }
        take_mail_event(event=MailEvent.BOUNCED, **complaint)
        assert not StopEntry.objects.exists()

        assert not take_mail_event(event=MailEvent.COMPLAINED, **complaint)
        assert stopped_addresses(addresses=[sent.address]) == {sent.address}
