"""A real SMTP server on loopback that does what a test tells it to."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

DROP = "drop"
OK = "250 OK"


@dataclass
class MailServer:
    """What the server answers at each step, and what it took in."""

    sender: str = OK
    recipient: str = OK
    data: str = OK
    taken: list[EmailMessage] = field(default_factory=list)
    port: int = 0

    async def handle_MAIL(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.sender == DROP:
            return _drop(server)
        envelope.mail_from = address
        return self.sender

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.recipient == OK:
            envelope.rcpt_tos.append(address)
        return self.recipient

    async def handle_DATA(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        if self.data in (OK, DROP):
            content: Any = envelope.content
            self.taken.append(message_from_bytes(content, policy=policy.default))  # type: ignore[arg-type]
        return _drop(server) if self.data == DROP else self.data


def _drop(server: SMTP) -> str:
    server.transport.abort()
    return OK


@contextmanager
def running(server: MailServer) -> Iterator[MailServer]:
    """Run the server on a free port of this machine."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        server.port = probe.getsockname()[1]
    controller = Controller(server, hostname="127.0.0.1", port=server.port)
    controller.start()
    try:
        yield server
    finally:
        controller.stop()
