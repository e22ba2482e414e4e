"""Queueing letters about what followed."""

from datetime import datetime, timedelta

import pytest

from survey.accounts.models import User
from survey.followup.models import Notice, NoticeKind
from survey.followup.noting import queue_notices
from survey.letters.models import Delivery, DeliveryKind
from survey.letters.services.queueing import Recipient
from tests.factories.letters import DeliveryFactory, LetterFactory

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
        assert [row.kind for row in queued] == [DeliveryKind.NEWS] * 2
        assert [row.language for row in queued] == ["de", ""]
        told = Notice.objects.order_by("delivery")
        assert [(one.kind, one.user) for one in told] == [("DIGEST", alice), ("DIGEST", bob)]

    @pytest.mark.parametrize("kind", NoticeKind.values)
    def test_tells_news_from_work_and_from_what_was_asked_for(
        self, kind: str, now: datetime
    ) -> None:
        queue_notices(letter=LetterFactory(), kind=kind, recipients=RECIPIENTS, due_at=now)

        is_news = kind in {"PLAYBACK", "DIGEST"}
        queued = set(Delivery.objects.values_list("kind", flat=True))
        assert queued == {DeliveryKind.NEWS if is_news else DeliveryKind.NOTICE}

    @pytest.mark.parametrize("kind", NoticeKind.values)
    def test_writes_to_no_address_that_was_refused_for_good_of_late(
        self, kind: str, alice: User, bob: User, now: datetime
    ) -> None:
        DeliveryFactory(
            address="alice@example.org", state="BOUNCED", due_at=now - timedelta(days=9),
            reason="address refused with 550",
        )  # fmt: skip

        n = queue_notices(
            letter=LetterFactory(), kind=kind, recipients=RECIPIENTS, due_at=now,
            languages=["de", "fr"], users=[alice, bob],
        )  # fmt: skip

        assert n == 1
        told = Notice.objects.get()
        assert (told.user, told.delivery.address) == (bob, "bob@example.org")
        assert told.delivery.language == "fr"

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
