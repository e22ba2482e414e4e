"""Sending letters about what followed."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from itertools import count

import pytest
from celery.exceptions import SoftTimeLimitExceeded
from django.core import mail

from survey.accounts.models import User
from survey.followup import notices
from survey.followup.models import Notice, NoticeKind
from survey.followup.notices import WRITERS, Write, compose_notices, send_due_notices
from survey.followup.noting import queue_notices
from survey.letters.models import Delivery, DeliveryKind
from survey.letters.notices import NoticeFacts
from survey.letters.services.queueing import Recipient
from survey.letters.services.sending import UNWRITABLE_WAIT, send_due_deliveries
from survey.letters.states import DeliveryState
from tests.factories.letters import DeliveryFactory, LetterFactory

pytestmark = pytest.mark.django_db
TROUBLE = {"broken": ZeroDivisionError(), "slow": SoftTimeLimitExceeded()}


def tell(notice: Notice, language: str, now: datetime) -> NoticeFacts | None:
    """Tell everybody but those whose letter went stale or cannot be written."""
    name = notice.user.name if notice.user else ""
    if name in TROUBLE:
        raise TROUBLE[name]
    return None if name == "stale" else NoticeFacts(name, f"http://testserver/{language}/", "Open")


@pytest.fixture
def writers(monkeypatch: pytest.MonkeyPatch) -> None:
    """One writer for all kinds."""
    told: Mapping[str, Write] = dict.fromkeys(NoticeKind.values, tell)
    monkeypatch.setattr(notices, "WRITERS", told)


def queue(user: User, now: datetime, kind: str = NoticeKind.DIGEST) -> Delivery:
    queue_notices(
        letter=LetterFactory(),
        kind=kind,
        recipients=[Recipient(user.name, user.email)],
        due_at=now,
        users=[user],
    )
    return Delivery.objects.latest("pk")


class TestWriters:
    def test_are_there_for_every_kind(self) -> None:
        assert set(WRITERS) == set(NoticeKind.values)


@pytest.mark.usefixtures("writers")
class TestSendDueNotices:
    def test_sends_what_is_due_to_whom_it_is_for(self, alice: User, now: datetime) -> None:
        queue(alice, now)

        assert send_due_notices(now=now).sent == 1

        [letter] = mail.outbox
        assert letter.to == [f"{alice.name} <{alice.email}>"]
        assert "http://testserver/en/" in letter.body

    def test_sends_work_before_news_that_waited_longer(
        self, alice: User, bob: User, now: datetime
    ) -> None:
        queue(alice, now - timedelta(hours=1))
        queue(bob, now, NoticeKind.CALLBACK_ASKED)

        assert send_due_notices(now=now).sent == 2

        assert [letter.to for letter in mail.outbox] == [
            ["Bob <bob@example.org>"],
            ["Alice <alice@example.org>"],
        ]

    def test_lets_news_wait_where_work_took_the_time(
        self, alice: User, bob: User, now: datetime
    ) -> None:
        news = queue(alice, now)
        queue(bob, now, NoticeKind.CALLBACK_ASKED)
        two_seconds_a_look = count(0, 2)

        report = send_due_notices(now=now, read_clock=lambda: next(two_seconds_a_look))

        news.refresh_from_db()
        assert (report.sent, news.state, news.attempts) == (1, DeliveryState.QUEUED, 0)

    def test_leaves_invitations_to_their_own_stage(self, now: datetime) -> None:
        DeliveryFactory(due_at=now)

        assert send_due_notices(now=now).sent == 0

    def test_is_left_alone_by_the_stage_of_invitations(self, alice: User, now: datetime) -> None:
        delivery = queue(alice, now)

        send_due_deliveries(compose=lambda rows: dict.fromkeys([row.pk for row in rows]), now=now)

        delivery.refresh_from_db()
        assert delivery.state == DeliveryState.QUEUED

    def test_drops_a_letter_that_is_not_wanted_any_more(self, alice: User, now: datetime) -> None:
        User.objects.filter(pk=alice.pk).update(name="stale")
        delivery = queue(alice, now)

        assert send_due_notices(now=now).failed == 1

        delivery.refresh_from_db()
        assert (delivery.state, delivery.reason) == (DeliveryState.FAILED, "closed")


@pytest.mark.usefixtures("writers")
class TestComposeNotices:
    def test_knows_no_letter_that_says_not_what_it_is_about(self, now: datetime) -> None:
        delivery = DeliveryFactory(kind=DeliveryKind.NOTICE)

        assert compose_notices(deliveries=[delivery], now=now) == {delivery.pk: None}

    def test_lets_what_cannot_be_written_wait_and_writes_the_others(
        self, alice: User, bob: User, now: datetime, caplog: pytest.LogCaptureFixture
    ) -> None:
        User.objects.filter(pk=alice.pk).update(name="broken")
        broken, fine = queue(alice, now), queue(bob, now)

        report = send_due_notices(now=now)

        broken.refresh_from_db()
        fine.refresh_from_db()
        assert (report.sent, report.failed, report.waiting) == (1, 0, 1)
        assert (broken.state, broken.due_at) == (DeliveryState.QUEUED, now + UNWRITABLE_WAIT)
        assert fine.state == DeliveryState.SENT
        assert f"Notice {broken.notice.pk} cannot be written and waits" in caplog.text

    def test_ends_where_the_time_is_over(self, alice: User, now: datetime) -> None:
        User.objects.filter(pk=alice.pk).update(name="slow")

        with pytest.raises(SoftTimeLimitExceeded):
            compose_notices(deliveries=[queue(alice, now)], now=now)
