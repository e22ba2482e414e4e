"""How letters travel: something that is opened once and then carries one letter after another."""

import logging
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress

from survey.letters.composing import ComposedLetter
from survey.letters.mail import make_connection
from survey.letters.models import Delivery
from survey.letters.outcomes import Outcome, build_message, try_to_send

Carry = Callable[[Delivery, ComposedLetter], Outcome]
OpenCarrier = Callable[[], AbstractContextManager[Carry | None]]

logger = logging.getLogger(__name__)


@contextmanager
def open_mail() -> Iterator[Carry | None]:
    """Open the connection to the mail server or provider; None where there is none now."""
    connection = make_connection()
    try:
        connection.open()
    except OSError as error:  # smtplib's and ssl's own exceptions are OSErrors too
        logger.warning("Letters wait: no mail server (%s)", type(error).__name__)
        yield None
        return
    try:
        yield lambda delivery, composed: try_to_send(connection, build_message(delivery, composed))
    finally:
        with suppress(OSError):
            connection.close()
