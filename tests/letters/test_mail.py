"""Django's e-mail over a real SMTP server that breaks off."""

import smtplib
from collections.abc import Iterator

import pytest
from django.core.mail import EmailMessage
from django.core.mail.backends.locmem import EmailBackend as Memory
from pytest_django import Settings

from survey.letters.mail import SMTP_BACKEND, OutcomeUnknownError, SmtpBackend, make_connection
from tests.letters.mail_server import DROP, MailServer, running


@pytest.fixture
def server() -> Iterator[MailServer]:
    with running(MailServer()) as server:
        yield server


def send(server: MailServer) -> int | None:
    backend = SmtpBackend(
        host="127.0.0.1", port=server.port, username="", password="", use_tls=False, timeout=5
    )
    message = EmailMessage("S", "B", "from@example.org", ["to@example.org"])
    return backend.send_messages([message])


class TestSmtpBackend:
    def test_sends(self, server: MailServer) -> None:
        assert send(server) == 1
        assert [letter["Subject"] for letter in server.taken] == ["S"]

    def test_does_not_know_what_became_of_a_letter_handed_over(self, server: MailServer) -> None:
        server.data = DROP

        with pytest.raises(OutcomeUnknownError):
            send(server)

    def test_knows_that_a_letter_was_never_handed_over(self, server: MailServer) -> None:
        server.sender = DROP

        with pytest.raises(smtplib.SMTPException) as caught:
            send(server)
        assert not isinstance(caught.value, OutcomeUnknownError)

    def test_passes_a_refusal_on(self, server: MailServer) -> None:
        server.data = "552 too much"

        with pytest.raises(smtplib.SMTPDataError, match="552"):
            send(server)

    def test_speaks_tls_from_the_start_where_it_is_wanted(self) -> None:
        kinds = [
            SmtpBackend(use_ssl=is_wanted, use_tls=False).connection_class
            for is_wanted in (True, False)
        ]

        assert [issubclass(kind, smtplib.SMTP_SSL) for kind in kinds] == [True, False]


class TestMakeConnection:
    def test_takes_ours_in_place_of_djangos(self, settings: Settings) -> None:
        settings.EMAIL_BACKEND = SMTP_BACKEND

        assert isinstance(make_connection(), SmtpBackend)

    def test_leaves_every_other_backend_as_it_is(self, settings: Settings) -> None:
        settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

        assert isinstance(make_connection(), Memory)
