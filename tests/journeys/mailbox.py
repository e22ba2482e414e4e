"""A real SMTP server on loopback that keeps every letter it is given."""

import email
import email.policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller

from tests.services.programs import free_port


class Mailbox:
    """Everybody's letters, in the order in which they came."""

    def __init__(self) -> None:
        self.letters: list[tuple[str, EmailMessage]] = []
        self._controller = Controller(self, hostname="127.0.0.1", port=free_port())

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        """Take a letter (the name is aiosmtpd's)."""
        letter = email.message_from_bytes(envelope.content, policy=email.policy.default)
        assert isinstance(letter, EmailMessage)
        self.letters += [(address, letter) for address in envelope.rcpt_tos]
        return "250 OK"

    @property
    def url(self) -> str:
        """Return the setting EMAIL_URL for this server."""
        return f"smtp://127.0.0.1:{self._controller.port}"

    def start(self) -> None:
        """Listen."""
        self._controller.start()

    def stop(self) -> None:
        """Stop listening; the letters stay."""
        self._controller.stop()

    def letters_to(self, address: str) -> list[EmailMessage]:
        """Return the letters that one address got."""
        return [letter for receiver, letter in self.letters if receiver == address]


def text_of(letter: EmailMessage) -> str:
    """Return the plain text of a letter."""
    body = letter.get_body(preferencelist=("plain",))
    assert body is not None
    text: str = body.get_content()
    return text
