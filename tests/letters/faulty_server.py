"""A mail server on loopback that fails in one way, until it is well again."""

import re
import socket
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import BinaryIO

SLOW = 0.3  # seconds
MESSAGE_ID = re.compile(rb"^message-id: <([0-9a-f-]+)@", re.IGNORECASE | re.MULTILINE)


class ClosedError(Exception):
    """The server hangs up."""


class FaultyServer:
    """Speaks as much SMTP as it must; counts how often it took each letter."""

    def __init__(self, fault: str) -> None:
        self.fault = fault
        self.is_well = False
        self.taken: Counter[str] = Counter()
        self.stopped = threading.Event()
        self._n_recipients = 0
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]

    def run(self) -> None:
        """Take one connection after another."""
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            with connection, connection.makefile("rwb") as stream, suppress(OSError, ClosedError):
                self._talk(stream)

    def stop(self) -> None:
        """Take no more connections."""
        self.stopped.set()
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _talk(self, stream: BinaryIO) -> None:
        if self._fails("slow greeting"):
            self.stopped.wait(SLOW)
        self._say(stream, "220 mail.example")
        while line := stream.readline():
            verb = line[:4].upper().strip()
            answer = {b"RCPT": self._recipient, b"DATA": self._data, b"STAR": self._tls}.get(verb)
            if answer is not None:
                answer(stream)
            elif verb == b"EHLO":
                self._say(stream, "250-mail.example\r\n250 STARTTLS")
            elif verb == b"QUIT":
                self._say(stream, "221 bye")
                return
            else:
                self._say(stream, "250 OK")

    def _recipient(self, stream: BinaryIO) -> None:
        self._n_recipients += 1
        if self._fails("421"):
            self._say(stream, "421 closing")
            raise ClosedError
        for code in ("450", "550"):
            if self._fails(code):
                self._say(stream, f"{code} no")
                return
        refused = self.fault == "one of three refused" and self._n_recipients % 3 == 0
        self._say(stream, "550 nobody" if refused else "250 OK")

    def _data(self, stream: BinaryIO) -> None:
        if self._fails("drop before data"):
            raise ClosedError
        self._say(stream, "354 go on")
        letter = b""
        while (line := stream.readline()) != b".\r\n":
            letter += line
            if not line:
                raise ClosedError
        for code in ("451", "552"):
            if self._fails(code):
                self._say(stream, f"{code} no")
                return
        found = MESSAGE_ID.search(letter)
        assert found is not None
        self.taken[found[1].decode()] += 1
        if self._fails("drop after data"):
            raise ClosedError
        if self._fails("stall"):
            stream.read(1)  # until the client gives up
            raise ClosedError
        self._say(stream, "250 OK")

    def _tls(self, stream: BinaryIO) -> None:
        self._say(stream, "220 go on")
        self._say(stream, "this is no handshake")
        raise ClosedError

    def _fails(self, fault: str) -> bool:
        return self.fault == fault and not self.is_well

    def _say(self, stream: BinaryIO, words: str) -> None:
        stream.write(words.encode() + b"\r\n")
        stream.flush()


@contextmanager
def running(fault: str) -> Iterator[FaultyServer]:
    """Run the server in a thread of its own."""
    server = FaultyServer(fault)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        yield server
    finally:
        server.stop()
        thread.join()
