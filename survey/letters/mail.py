"""Django's e-mail, able to say of a letter that was lost whether it may have arrived."""

import smtplib
from typing import Any

from django.conf import settings
from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.smtp import EmailBackend

ASKS_FOR_THE_LETTER = 354
SMTP_BACKEND = "django.core.mail.backends.smtp.EmailBackend"


class OutcomeUnknownError(smtplib.SMTPException):
    """The connection broke after the letter was handed over and before the server answered."""


class _SmtpThatKnowsWhen(smtplib.SMTP):
    _hands_over = False

    def data(self, msg: Any) -> tuple[int, bytes]:
        """Hand the letter over; what breaks once the server waits for it leaves all unknown."""
        self._hands_over = False
        try:
            return super().data(msg)
        except smtplib.SMTPResponseException:
            raise
        except OSError as error:  # smtplib's own exceptions are OSErrors too
            if self._hands_over:
                raise OutcomeUnknownError(str(error)) from error
            raise

    def getreply(self) -> tuple[int, bytes]:
        """Read what the server answers, and notice when it asks for the letter."""
        code, words = super().getreply()
        self._hands_over = self._hands_over or code == ASKS_FOR_THE_LETTER
        return code, words


class _SmtpOverTlsThatKnowsWhen(_SmtpThatKnowsWhen, smtplib.SMTP_SSL):
    pass


class SmtpBackend(EmailBackend):
    """Django's SMTP backend, raising OutcomeUnknownError where that is the truth."""

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        """Return the SMTP client to use, with TLS from the start or not."""
        return _SmtpOverTlsThatKnowsWhen if self.use_ssl else _SmtpThatKnowsWhen


def make_connection() -> BaseEmailBackend:
    """Return the configured way of sending, not yet opened."""
    backend = settings.EMAIL_BACKEND
    name = f"{__name__}.{SmtpBackend.__name__}" if backend == SMTP_BACKEND else backend
    connection: BaseEmailBackend = get_connection(name)
    return connection
