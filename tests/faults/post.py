"""A real SMTP server on loopback that can be ill, and knows every letter it was ever given."""

import asyncio
import email
import email.policy
import re
import threading
from collections import Counter
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP

from tests.journeys.mailbox import text_of
from tests.services.programs import free_port

LINK = re.compile(r"https?://\S+/r/(\S+?)/")
WELL = ""
DROPS = "drops the connection after the letter"
REFUSES = ("421", "450", "451")


class Post:
    """Takes letters and hands the links in them on, each once."""

    def __init__(self) -> None:
        self.illness = WELL
        self.seconds = 0.0  # that each letter takes
        self.copies: Counter[str] = Counter()  # by Message-ID, as often as one was handed over
        self._links: list[tuple[str, str]] = []
        self._lock = threading.Lock()
        self._port = free_port()
        self._controller: Controller | None = None

    @property
    def url(self) -> str:
        """Return the setting EMAIL_URL for this server."""
        return f"smtp://127.0.0.1:{self._port}"

    def start(self) -> None:
        """Listen; again on the same port after a stop."""
        if self._controller is None:
            self._controller = Controller(self, hostname="127.0.0.1", port=self._port)
            self._controller.start()

    def stop(self) -> None:
        """Listen no more."""
        if self._controller is not None:
            self._controller.stop()
            self._controller = None

    def take_links(self) -> list[tuple[str, str]]:
        """Return the addresses and tokens that came since the last time."""
        with self._lock:
            links, self._links = self._links, []
        return links

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        """Refuse for now where that is the illness."""
        if self.illness == "450":
            return "450 not now"
        if self.illness == "421":
            return "421 closing"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Any, envelope: Any) -> str:  # noqa: N802
        """Take a letter; an ill server takes it and says nothing, or does not take it."""
        await asyncio.sleep(self.seconds)
        if self.illness == "451":
            return "451 not now"
        letter = email.message_from_bytes(envelope.content, policy=email.policy.default)
        found = LINK.search(text_of(letter))  # type: ignore[arg-type]
        with self._lock:
            key = str(letter["Message-ID"])
            self.copies[key] += 1
            if found and self.copies[key] == 1:
                self._links += [(address, found[1]) for address in envelope.rcpt_tos]
        if self.illness == DROPS:
            assert server.transport is not None
            server.transport.close()
        return "250 OK"
