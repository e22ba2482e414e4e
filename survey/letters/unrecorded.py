"""Letters of which nothing is written down: who got one is known to the mail system alone.

So each is tried at once and never again: nobody gets it twice, and a letter that the mail server
puts off is lost.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from django.core.mail.backends.base import BaseEmailBackend

from survey.letters.composing import ComposedLetter
from survey.letters.mail import make_connection
from survey.letters.models import Delivery
from survey.letters.outcomes import Fate, Outcome, build_message, try_to_send

logger = logging.getLogger(__name__)


class Post:
    """An open connection to the mail server."""

    def __init__(self, connection: BaseEmailBackend) -> None:
        self._connection = connection

    def send(self, delivery: Delivery, composed: ComposedLetter) -> bool:
        """Send a letter of which no row exists; False when the server takes no more for now.

        A server that ends a connection after some letters gets this one over a new connection,
        unless it may have it already.
        """
        outcome = self._try(delivery, composed)
        if not outcome.ends_run:
            return True
        if not self._reconnect():
            return False
        return outcome.fate is Fate.UNKNOWN or not self._try(delivery, composed).ends_run

    def _try(self, delivery: Delivery, composed: ComposedLetter) -> Outcome:
        return try_to_send(self._connection, build_message(delivery, composed))

    def _reconnect(self) -> bool:
        with suppress(OSError):
            self._connection.close()
        try:
            self._connection.open()
        except OSError:  # smtplib's own exceptions are OSErrors too
            return False
        return True


@contextmanager
def open_post() -> Iterator[Post | None]:
    """Open a connection for letters of which no rows exist; None without a mail server."""
    connection = make_connection()
    try:
        connection.open()
    except OSError as error:
        logger.warning("Reminders wait: no mail server (%s)", type(error).__name__)
        yield None
        return
    try:
        yield Post(connection)
    finally:
        with suppress(OSError):
            connection.close()
