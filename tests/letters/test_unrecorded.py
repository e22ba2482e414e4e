import smtplib
from collections.abc import Callable
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from pytest_django import Settings

from survey.letters.composing import ComposedLetter
from survey.letters.mail import OutcomeUnknownError
from survey.letters.models import Delivery, DeliveryKind
from survey.letters.unrecorded import Post, open_post
from tests.factories.letters import LetterFactory
from tests.letters.mail_server import MailServer

WORDS = ComposedLetter("Once more", "Words.\n", "<p>Words.</p>", "http://testserver/stop/x/")


def envelope() -> Delivery:
    return Delivery(
        letter=LetterFactory.build(),
        kind=DeliveryKind.INVITATION,
        recipient_name="Sam",
        address="sam@example.org",
    )


class Moody(BaseEmailBackend):
    """A connection that raises what it is told, one after the other, then takes letters."""

    def __init__(self, *moods: Exception | None, opens: bool = True) -> None:
        super().__init__()
        self.moods = list(moods)
        self.opens = opens
        self.n_sent = 0

    def open(self) -> bool:
        if not self.opens:
            raise OSError
        return True

    def close(self) -> None:
        pass

    def send_messages(self, messages: Any) -> int:
        mood = self.moods.pop(0) if self.moods else None
        if mood is not None:
            raise mood
        self.n_sent += 1
        return 1


class TestPost:
    def test_sends_without_a_row(self) -> None:
        connection = Moody()

        assert Post(connection).send(envelope(), WORDS)
        assert connection.n_sent == 1

    def test_tries_over_a_new_connection_where_the_server_ended_this_one(self) -> None:
        connection = Moody(smtplib.SMTPServerDisconnected())

        assert Post(connection).send(envelope(), WORDS)
        assert connection.n_sent == 1

    def test_does_not_try_again_what_may_have_arrived(self) -> None:
        connection = Moody(OutcomeUnknownError())

        assert Post(connection).send(envelope(), WORDS)
        assert connection.n_sent == 0

    def test_goes_on_after_a_refused_letter(self) -> None:
        connection = Moody(smtplib.SMTPRecipientsRefused({"sam@example.org": (550, b"no")}))

        assert Post(connection).send(envelope(), WORDS)
        assert connection.n_sent == 0

    @pytest.mark.parametrize(
        "make",
        [
            lambda: Moody(smtplib.SMTPServerDisconnected(), opens=False),
            lambda: Moody(smtplib.SMTPServerDisconnected(), smtplib.SMTPServerDisconnected()),
        ],
    )
    def test_gives_up_where_the_server_takes_no_more(self, make: Callable[[], Moody]) -> None:
        assert not Post(make()).send(envelope(), WORDS)


class TestOpenPost:
    def test_reaches_a_mail_server(self, mail_server: MailServer) -> None:
        with open_post() as post:
            assert post is not None
            assert post.send(envelope(), WORDS)

        assert [message["Subject"] for message in mail_server.taken] == ["Once more"]

    def test_is_none_without_a_mail_server(
        self, settings: Settings, caplog: pytest.LogCaptureFixture
    ) -> None:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1

        with open_post() as post:
            assert post is None
        assert "Reminders wait" in caplog.text

    def test_tells_nothing_of_a_letter(self, mailoutbox: list[EmailMessage]) -> None:
        with open_post() as post:
            assert post is not None
            post.send(envelope(), WORDS)

        assert len(mailoutbox) == 1
