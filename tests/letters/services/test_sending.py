"""Writing, queueing and sending letters, over real SMTP."""

import threading
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from itertools import count
from unittest import mock

import pytest
from celery.exceptions import SoftTimeLimitExceeded
from django.db import connection
from pytest_django import Settings

from survey.letters.composing import ComposedLetter
from survey.letters.models import Delivery, DeliveryKind, DeliveryState
from survey.letters.services import (
    SendReport,
    send_due_deliveries,
    stop_address,
)
from survey.letters.services.sending import AT_ONCE
from tests.factories.letters import DeliveryFactory
from tests.letters.mail_server import DROP, MailServer

STOP = "https://hearthline.example/stop/abc/"


def compose(deliveries: Sequence[Delivery]) -> Mapping[int, ComposedLetter | None]:
    return {
        delivery.pk: ComposedLetter("A question", f"Hello {delivery.pk}", "<p>Hello</p>", STOP)
        for delivery in deliveries
    }


def send(now: datetime) -> SendReport:
    return send_due_deliveries(compose=compose, now=now)


@pytest.mark.django_db
class TestSendDueDeliveries:
    def test_sends_once(self, mail_server: MailServer, now: datetime) -> None:
        delivery = DeliveryFactory()

        assert send(now) == SendReport(sent=1, failed=0, waiting=0)
        assert send(now + timedelta(days=1)) == SendReport(sent=0, failed=0, waiting=0)
        assert len(mail_server.taken) == 1
        delivery.refresh_from_db()
        assert (delivery.state, delivery.attempts, delivery.lease_until) == ("SENT", 1, None)

    def test_signs_and_says_how_to_stop(self, mail_server: MailServer, now: datetime) -> None:
        delivery = DeliveryFactory(recipient_name="Duarte, Ana", address="ana@example.org")
        send(now)

        message = mail_server.taken[0]
        assert message["From"] == "Priya Nair <letters@example.org>"
        assert message["Reply-To"] == "Priya Nair <priya@example.org>"
        assert message["To"].addresses[0].display_name == "Duarte, Ana"
        assert message["Message-ID"] == f"<{delivery.key}@example.org>"
        assert message["List-Unsubscribe"] == f"<{STOP}>"
        assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert [part.get_content_type() for part in message.iter_parts()] == [
            "text/plain",
            "text/html",
        ]

    def test_leaves_what_is_not_due_yet(self, mail_server: MailServer, now: datetime) -> None:
        DeliveryFactory(due_at=now + timedelta(minutes=1))

        assert send(now) == SendReport(sent=0, failed=0, waiting=0)

    def test_takes_no_more_than_the_limit(self, mail_server: MailServer, now: datetime) -> None:
        DeliveryFactory.create_batch(3)

        assert send_due_deliveries(compose=compose, now=now, limit=2).sent == 2

    def test_sends_nothing_where_nothing_is_written(
        self, mail_server: MailServer, now: datetime
    ) -> None:
        delivery = DeliveryFactory()

        report = send_due_deliveries(compose=lambda due: {due[0].pk: None}, now=now)

        delivery.refresh_from_db()
        assert report == SendReport(sent=0, failed=1, waiting=0)
        assert (delivery.state, delivery.reason) == ("FAILED", "closed")

    def test_ends_in_time_with_a_slow_server(self, mail_server: MailServer, now: datetime) -> None:
        DeliveryFactory.create_batch(5)
        four_seconds_a_letter = count(0, 4)

        report = send_due_deliveries(
            compose=compose, now=now, read_clock=lambda: next(four_seconds_a_letter)
        )

        assert report == SendReport(sent=2, failed=0, waiting=3)
        assert Delivery.objects.filter(state=DeliveryState.QUEUED, attempts=0).count() == 3

    def test_does_not_know_what_became_of_a_letter_that_was_cut_short(
        self, mail_server: MailServer, now: datetime
    ) -> None:
        delivery, *_ = DeliveryFactory.create_batch(3)
        with mock.patch("survey.letters.carriers.try_to_send", side_effect=SoftTimeLimitExceeded):
            assert send(now) == SendReport(sent=0, failed=0, waiting=3)

        delivery.refresh_from_db()
        assert (delivery.state, delivery.is_uncertain) == (DeliveryState.QUEUED, True)
        assert (delivery.due_at, delivery.lease_until) == (now + timedelta(hours=1), None)
        assert Delivery.objects.filter(attempts=0).count() == 2

    def test_lets_what_cannot_be_written_wait_behind_the_others(
        self, mail_server: MailServer, now: datetime
    ) -> None:
        stuck, _ = DeliveryFactory.create_batch(2)

        def compose_some(due: Sequence[Delivery]) -> Mapping[int, ComposedLetter | None]:
            return {pk: letter for pk, letter in compose(due).items() if pk != stuck.pk}

        first = send_due_deliveries(compose=compose_some, now=now, limit=1)
        second = send_due_deliveries(compose=compose_some, now=now, limit=1)

        stuck.refresh_from_db()
        assert (first.waiting, second.sent) == (1, 1)
        assert stuck.state == DeliveryState.QUEUED

    def test_does_not_write_to_those_who_asked_for_no_more(
        self, mail_server: MailServer, now: datetime
    ) -> None:
        delivery = DeliveryFactory()
        stop_address(address=delivery.address, today=now.date())

        assert send(now).failed == 1
        delivery.refresh_from_db()
        assert delivery.reason == "stopped"
        assert not mail_server.taken

    @pytest.mark.parametrize("kind", DeliveryKind.values)
    def test_writes_to_them_what_their_work_needs_or_they_asked_for(
        self, mail_server: MailServer, now: datetime, kind: str
    ) -> None:
        delivery = DeliveryFactory(kind=kind)
        stop_address(address=delivery.address, today=now.date())

        report = send_due_deliveries(compose=compose, now=now, kinds=[kind])

        assert report.sent == len(mail_server.taken) == (kind == DeliveryKind.NOTICE)

    @pytest.mark.parametrize("step", ["recipient", "data"])
    def test_tries_later_after_a_passing_refusal(
        self, mail_server: MailServer, now: datetime, step: str
    ) -> None:
        setattr(mail_server, step, "451 try again later")
        delivery = DeliveryFactory()

        assert send(now).waiting == 1
        delivery.refresh_from_db()
        assert delivery.state == DeliveryState.QUEUED
        assert now <= delivery.due_at <= now + timedelta(minutes=1)

        setattr(mail_server, step, "250 OK")
        assert send(now + timedelta(hours=1)).sent == 1

    def test_gives_up_after_a_day_of_passing_refusals(
        self, mail_server: MailServer, now: datetime
    ) -> None:
        mail_server.data = "452 full"
        delivery = DeliveryFactory()
        send(now)
        send(now + timedelta(hours=23))
        delivery.refresh_from_db()
        assert delivery.state == DeliveryState.QUEUED

        send(now + timedelta(hours=25))
        delivery.refresh_from_db()
        assert (delivery.state, delivery.reason) == ("FAILED", "put off with 452")

    @pytest.mark.parametrize(
        ("step", "words", "reason"),
        [
            ("recipient", "550 reader is gone", "address refused with 550"),
            ("data", "552 too large", "refused with 552"),
        ],
    )
    def test_fails_with_the_code_and_not_the_words_of_a_refusal(
        self, mail_server: MailServer, now: datetime, step: str, words: str, reason: str
    ) -> None:
        setattr(mail_server, step, words)
        delivery = DeliveryFactory()

        assert send(now).failed == 1
        delivery.refresh_from_db()
        assert (delivery.state, delivery.reason) == ("FAILED", reason)

    def test_goes_on_with_the_others_after_a_refusal(
        self, mail_server: MailServer, now: datetime
    ) -> None:
        DeliveryFactory(address="wrong\r\nBcc: x@example.org")
        DeliveryFactory()

        assert send(now) == SendReport(sent=1, failed=1, waiting=0)

    def test_blames_no_address_when_the_sender_is_refused(
        self, mail_server: MailServer, now: datetime
    ) -> None:
        mail_server.sender = "550 who are you"
        DeliveryFactory.create_batch(3)

        assert send(now) == SendReport(sent=0, failed=0, waiting=3)
        assert Delivery.objects.filter(attempts=0).count() == 2

    def test_does_not_doubt_a_letter_that_was_never_handed_over(
        self, mail_server: MailServer, now: datetime
    ) -> None:
        mail_server.sender = DROP
        delivery = DeliveryFactory()

        assert send(now).waiting == 1
        delivery.refresh_from_db()
        assert not delivery.is_uncertain

    def test_sends_again_at_most_once_when_nobody_knows(
        self, mail_server: MailServer, now: datetime
    ) -> None:
        mail_server.data = DROP
        delivery = DeliveryFactory()
        for hour in range(6):
            send(now + timedelta(hours=hour))

        delivery.refresh_from_db()
        assert (delivery.state, delivery.attempts) == ("FAILED", 2)
        assert len(mail_server.taken) == 2
        assert len({message["Message-ID"] for message in mail_server.taken}) == 1

    def test_waits_without_a_mail_server(self, settings: Settings, now: datetime) -> None:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
        delivery = DeliveryFactory()

        assert send(now) == SendReport(sent=0, failed=0, waiting=1)
        delivery.refresh_from_db()
        assert (delivery.state, delivery.attempts) == ("QUEUED", 0)


@pytest.mark.django_db
class TestAbandonedDeliveries:
    def abandon(self, now: datetime, *, is_uncertain: bool = False) -> Delivery:
        return DeliveryFactory(
            state=DeliveryState.SENDING, lease_until=now, attempts=1, is_uncertain=is_uncertain
        )

    def test_are_left_alone_while_the_lease_runs(
        self, mail_server: MailServer, now: datetime
    ) -> None:
        self.abandon(now + timedelta(seconds=1))

        assert send(now) == SendReport(sent=0, failed=0, waiting=0)

    def test_are_sent_again_once(self, mail_server: MailServer, now: datetime) -> None:
        self.abandon(now)
        self.abandon(now, is_uncertain=True)

        assert send(now + timedelta(seconds=1)).sent == 1
        assert Delivery.objects.get(state=DeliveryState.FAILED).reason == "perhaps sent, twice"


@pytest.mark.django_db(transaction=True)
class TestTwoWorkers:
    def test_never_send_a_letter_twice(self, mail_server: MailServer, now: datetime) -> None:
        n = 2 * AT_ONCE  # a batch for each
        DeliveryFactory.create_batch(n)
        both_chose = threading.Barrier(2)
        reports: list[SendReport] = []

        def compose_together(due: Sequence[Delivery]) -> Mapping[int, ComposedLetter | None]:
            both_chose.wait(timeout=10)
            return compose(due)

        def work() -> None:
            reports.append(send_due_deliveries(compose=compose_together, now=now))
            connection.close()

        workers = [threading.Thread(target=work) for _ in range(2)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()

        assert sum(report.sent for report in reports) == n
        assert len({message["To"] for message in mail_server.taken}) == n
        assert len(mail_server.taken) == n
