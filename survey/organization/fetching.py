"""Fetch a file over HTTPS from a public address, and from nowhere else.

A name is resolved once, every address it has is checked, and the connection is made to a checked
address, so that a name that changes its mind (DNS rebinding) gains nothing. Proxies of the
environment are not used. A redirect is followed on the same host only, and checked like the first.
"""

import http.client
import io
import ipaddress
import socket
import ssl
import time
from functools import partial
from typing import Any, cast
from urllib.parse import SplitResult, urljoin, urlsplit

from django.utils.translation import gettext_noop as _

CONNECT_SECONDS = 5.0
ALL_SECONDS = 30.0
TOO_LONG = f"it took longer than {ALL_SECONDS:.0f} seconds"
MOST_REDIRECTS = 3
PIECE = 64 * 1024
PORT = 443
REDIRECTS = frozenset({301, 302, 303, 307, 308})

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
GLOBAL_UNICAST = ipaddress.IPv6Network("2000::/3")
TRANSLATED = ipaddress.IPv6Network("64:ff9b::/96")  # an IPv4 address, by the network's translator


class FetchError(Exception):
    """The file could not be had, or may not be asked for; the message says why."""


class _TimedReader(io.RawIOBase):
    """What a host sends, read until a moment and no longer, however slowly it drips in."""

    def __init__(self, sock: socket.socket, deadline: float) -> None:
        self._sock, self._deadline = sock, deadline
        self._plain = sock.makefile("rb", buffering=0)

    def readable(self) -> bool:
        """Tell that it can be read."""
        return True

    def readinto(self, buffer: Any) -> int | None:
        """Read what has come, waiting for no longer than the whole answer may take."""
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise FetchError(TOO_LONG)
        self._sock.settimeout(left)
        try:
            return self._plain.readinto(buffer)
        except TimeoutError as error:
            raise FetchError(TOO_LONG) from error

    def close(self) -> None:
        """Give the socket back."""
        self._plain.close()
        super().close()


class _TimedResponse(http.client.HTTPResponse):
    """An answer whose status, headers and body have to come before a moment."""

    def __init__(self, sock: socket.socket, *args: Any, deadline: float, **options: Any) -> None:
        super().__init__(sock, *args, **options)
        self.fp.close()
        self.fp = io.BufferedReader(_TimedReader(sock, deadline))


class PinnedConnection(http.client.HTTPSConnection):
    """HTTPS to an address that has been checked, with the certificate of the name."""

    def __init__(self, host: str, *, address: str, deadline: float) -> None:
        self.context = ssl.create_default_context()
        self.address = address
        super().__init__(host, PORT, timeout=CONNECT_SECONDS, context=self.context)
        timed = partial(_TimedResponse, deadline=deadline)
        self.response_class = cast("type[http.client.HTTPResponse]", timed)

    def connect(self) -> None:
        """Connect to the address, whatever the name means by now."""
        plain = socket.create_connection((self.address, PORT), timeout=CONNECT_SECONDS)
        self.sock = self.context.wrap_socket(plain, server_hostname=self.host)


def fetch_file(*, url: str, largest: int) -> bytes:
    """Return what stands at an https address, or raise FetchError."""
    deadline = time.monotonic() + ALL_SECONDS
    host = check_url(url).hostname
    for _place in range(1 + MOST_REDIRECTS):
        parts = check_url(url)
        if parts.hostname != host:
            raise FetchError(_("it leads to another host"))
        found, moved_to = _ask(parts, largest, deadline)
        if moved_to is None:
            return found
        url = urljoin(url, moved_to)
    raise FetchError(_("it leads from one place to the next without an end"))


def check_url(url: str) -> SplitResult:
    """Return the parts of an address that may be asked, or raise FetchError."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise FetchError(_("this is not an address")) from error
    if parts.scheme != "https" or not parts.hostname:
        raise FetchError(_("the address has to begin with https:// and name a host"))
    if parts.username is not None or parts.password is not None:
        raise FetchError(_("the address must hold no name and no password"))
    if port not in (None, PORT):
        raise FetchError(f"only the usual port {PORT} is asked")
    if not url.isascii() or not url.isprintable() or " " in url:
        raise FetchError(_("the address holds signs that belong in none"))
    return parts


def resolve_host(host: str) -> str:
    """Return one address of a host, all of whose addresses are public; else raise FetchError."""
    try:
        found = socket.getaddrinfo(host, PORT, type=socket.SOCK_STREAM)
    except OSError as error:
        raise FetchError(f"the host {host!r} is not known") from error
    addresses = [str(info[4][0]) for info in found]
    if not addresses or not all(map(is_public, addresses)):
        raise FetchError(f"the host {host!r} is not on the public internet")
    return addresses[0]


def is_public(text: str) -> bool:
    """Tell whether an address is of the public internet, also inside one of the sixth version."""
    try:
        address: Address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return False
    return all(map(_is_unicast, (address, *_inside(address))))


def _is_unicast(address: Address) -> bool:
    """Tell whether an address is one host's on the internet; carriers are looked into elsewhere."""
    if isinstance(address, ipaddress.IPv6Address) and address not in TRANSLATED:
        return address.is_global and address in GLOBAL_UNICAST
    return address.is_global and not address.is_multicast


def _inside(address: Address) -> list[Address]:
    """Return the addresses that another one carries: mapped, tunnelled or translated."""
    if isinstance(address, ipaddress.IPv4Address):
        return []
    carried: list[Address] = [one for one in (address.ipv4_mapped, address.sixtofour) if one]
    carried += address.teredo or ()
    if address in TRANSLATED:
        carried.append(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
    return carried


def _ask(parts: SplitResult, largest: int, deadline: float) -> tuple[bytes, str | None]:
    """Ask once; return the file, or where it has moved to."""
    host = parts.hostname or ""
    connection = PinnedConnection(host, address=resolve_host(host), deadline=deadline)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        connection.request("GET", target, headers={"Accept-Encoding": "identity"})
        response = connection.getresponse()
        if response.status in REDIRECTS:
            return b"", response.headers.get("Location", "")
        if response.status != 200:
            raise FetchError(f"the host answered with status {response.status}")
        return _read(response, largest), None
    except (OSError, http.client.HTTPException) as error:
        raise FetchError(f"the host could not be asked: {type(error).__name__}") from error
    finally:
        connection.close()


def _read(response: http.client.HTTPResponse, largest: int) -> bytes:
    content = bytearray()
    while piece := response.read1(PIECE):
        content += piece
        if len(content) > largest:
            raise FetchError(_("the file is larger than any roster"))
    if response.length:
        raise FetchError(_("the file was cut off on its way"))
    return bytes(content)
