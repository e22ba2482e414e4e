"""Queueing letters about what followed."""

from datetime import datetime

import pytest

from survey.accounts.models import User
from survey.followup.models import Notice, NoticeKind
from survey.followup.noting import queue_notices
from survey.letters.models import Delivery, DeliveryKind
from survey.letters.services.queueing import Recipient
from tests.factories.letters import LetterFactory

pytestmark = pytest.mark.django_db
RECIPIENTS = [Recipient("Alice", "alice@example.org"), Recipient("Bob", "bob@example.org")]


class TestQueueNotices:
    def test_queues_one_letter_for_each_and_says_what_it_is_about(
        self, alice: User, bob: User, now: datetime
    ) -> None:
        n = queue_notices(
            letter=LetterFactory(),
            kind=NoticeKind.DIGEST,
            recipients=RECIPIENTS,
            due_at=now,
            languages=["de", ""],
            users=[alice, bob],
        )

        assert n == 2
        queued = Delivery.objects.order_by("pk")
        assert [row.kind for row in queued] == [DeliveryKind.NOTICE] * 2
        assert [row.language for row in queued] == ["de", ""]
        told = Notice.objects.order_by("delivery")
        assert [(one.kind, one.user) for one in told] == [("DIGEST", alice), ("DIGEST", bob)]

    def test_queues_nothing_where_it_would_be_about_nobody_of_them(
        self, alice: User, now: datetime
    ) -> None:
        with pytest.raises(ValueError, match="zip"):
            queue_notices(
                letter=LetterFactory(),
                kind=NoticeKind.DIGEST,
                recipients=RECIPIENTS,
                due_at=now,
                users=[alice],
            )

        assert not Delivery.objects.exists()
