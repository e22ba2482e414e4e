"""What one try to send came to."""

import smtplib

import pytest
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.locmem import EmailBackend as Memory
from pytest_django import Settings

from survey.letters.composing import ComposedLetter
from survey.letters.mail import OutcomeUnknownError
from survey.letters.outcomes import Fate, Outcome, build_message, try_to_send
from tests.factories.letters import DeliveryFactory, LetterFactory

COMPOSED = ComposedLetter("A question", "Hello", "<p>Hello</p>", "https://h.example/stop/abc/")
ADDRESS = "ana@example.org"


class Broken(BaseEmailBackend):
    """A connection on which one thing goes wrong."""

    def __init__(self, error: Exception) -> None:
        super().__init__()
        self.error = error

    def send_messages(self, messages: object) -> int:
        raise self.error


def message() -> EmailMultiAlternatives:
    return build_message(DeliveryFactory.build(address=ADDRESS), COMPOSED)


class TestBuildMessage:
    def test_is_known_by_the_same_id_at_every_try(self, settings: Settings) -> None:
        settings.DEFAULT_FROM_EMAIL = "Hearthline <letters@mail.example>"
        delivery = DeliveryFactory.build()
        first, second = (build_message(delivery, COMPOSED).message() for _ in range(2))

        assert first["Message-ID"] == second["Message-ID"] == f"<{delivery.key}@mail.example>"

    def test_comes_from_the_signer_at_our_own_address(self, settings: Settings) -> None:
        settings.DEFAULT_FROM_EMAIL = "letters@mail.example"
        letter = LetterFactory.build(signer_name="Nair, Priya", reply_to="priya@example.org")
        built = build_message(DeliveryFactory.build(letter=letter), COMPOSED)

        assert built.from_email == '"Nair, Priya" <letters@mail.example>'
        assert built.reply_to == ['"Nair, Priya" <priya@example.org>']

    def test_says_the_same_as_text_and_as_html(self) -> None:
        built = message()

        assert (built.body, [part.content for part in built.alternatives]) == (
            "Hello",
            ["<p>Hello</p>"],
        )


class TestTryToSend:
    def test_says_that_it_was_sent(self, mailoutbox: list[EmailMultiAlternatives]) -> None:
        assert try_to_send(Memory(), message()) == Outcome(Fate.SENT)
        assert mailoutbox[0].to[0].endswith(f"<{ADDRESS}>")

    @pytest.mark.parametrize(
        ("error", "outcome"),
        [
            (
                OutcomeUnknownError("gone"),
                Outcome(Fate.UNKNOWN, "lost after it was handed over", ends_run=True),
            ),
            (
                smtplib.SMTPRecipientsRefused({ADDRESS: (550, b"who is Ana")}),
                Outcome(Fate.REFUSED, "address refused with 550"),
            ),
            (
                smtplib.SMTPRecipientsRefused({ADDRESS: (450, b"later")}),
                Outcome(Fate.LATER, "put off with 450"),
            ),
            (
                smtplib.SMTPSenderRefused(550, b"no", "x@example.org"),
                Outcome(Fate.LATER, "sender refused with 550", ends_run=True),
            ),
            (smtplib.SMTPDataError(554, b"spam"), Outcome(Fate.REFUSED, "refused with 554")),
            (smtplib.SMTPDataError(452, b"full"), Outcome(Fate.LATER, "put off with 452")),
            (
                smtplib.SMTPDataError(421, b"closing"),
                Outcome(Fate.LATER, "put off with 421", ends_run=True),
            ),
            (
                smtplib.SMTPNotSupportedError("SMTPUTF8"),
                Outcome(Fate.REFUSED, "the address cannot be written to"),
            ),
            (ValueError("header"), Outcome(Fate.REFUSED, "the address cannot be written to")),
            (
                smtplib.SMTPServerDisconnected("bye"),
                Outcome(Fate.LATER, "the connection was lost", ends_run=True),
            ),
            (TimeoutError(), Outcome(Fate.LATER, "the connection was lost", ends_run=True)),
        ],
    )
    def test_understands_what_went_wrong_without_the_servers_words(
        self, error: Exception, outcome: Outcome
    ) -> None:
        assert try_to_send(Broken(error), message()) == outcome

    def test_hides_no_mistake_of_ours(self) -> None:
        with pytest.raises(ZeroDivisionError):
            try_to_send(Broken(ZeroDivisionError()), message())
