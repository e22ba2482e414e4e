"""Files from the public internet, and from nowhere else."""

import http.server
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest

from survey.organization import fetching
from survey.organization.fetching import (
    FetchError,
    PinnedConnection,
    check_url,
    fetch_file,
    is_public,
    resolve_host,
)

PUBLIC = "93.184.215.14"
URL = "https://hr.example.org/staff.csv"


class Host(http.server.BaseHTTPRequestHandler):
    """A host that answers what its path says."""

    seen: list[tuple[str, str | None]] = []

    def do_GET(self) -> None:
        Host.seen.append((self.path, self.headers["Host"]))
        where = {
            "/moved": "/staff.csv",
            "/away": "https://elsewhere.example.org/staff.csv",
            "/inside": "https://169.254.169.254/latest/meta-data/",
            "/plain": "http://hr.example.org/staff.csv",
            "/round": "/round",
            "/nowhere": "",
        }.get(self.path)
        if where is not None:
            self._say(302, Location=where)
        elif self.path == "/cut":
            self._say(200, **{"Content-Length": "99"})
            self.wfile.write(b"person_id")
        elif self.path == "/dripping":
            with suppress(OSError):
                self._drip()
        elif self.path == "/staff.csv":
            self._say(200)
            self.wfile.write(b"person_id,name\n" * 100)
        else:
            self._say(404)

    def _drip(self) -> None:
        self.wfile.write(b"HTTP/1.0 200 OK\r\nX-Slow: ")
        for _ in range(200):
            self.wfile.write(b"x")
            time.sleep(0.02)

    def _say(self, status: int, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def connected(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """A host on loopback in the place of the internet; yields the addresses connected to."""
    server = http.server.HTTPServer(("127.0.0.1", 0), Host)
    often = {"poll_interval": 0.01}  # seconds until it sees that it is to stop
    threading.Thread(target=server.serve_forever, kwargs=often, daemon=True).start()
    addresses: list[str] = []

    def connect(self: PinnedConnection) -> None:
        addresses.append(self.address)
        self.sock = socket.create_connection(server.server_address, timeout=2)

    monkeypatch.setattr(PinnedConnection, "connect", connect)
    monkeypatch.setattr(socket, "getaddrinfo", names(PUBLIC))
    Host.seen.clear()
    yield addresses
    server.shutdown()
    server.server_close()


def names(*addresses: str) -> Any:
    """Return a resolver that knows these addresses for every name, loopback's own apart."""
    real = socket.getaddrinfo

    def resolve(host: str, port: int, *rest: object, **more: object) -> Any:
        if host == "127.0.0.1":
            return real(host, port, *rest, **more)
        return [(0, 0, 0, "", (address, port)) for address in addresses]

    return resolve


def fetch(path: str = "/staff.csv", *, largest: int = 10_000) -> bytes:
    return fetch_file(url=f"https://hr.example.org{path}", largest=largest)


class TestFetchFile:
    def test_asks_the_address_that_was_checked_by_its_name(self, connected: list[str]) -> None:
        assert fetch().startswith(b"person_id")
        assert connected == [PUBLIC]
        assert Host.seen == [("/staff.csv", "hr.example.org")]

    def test_follows_a_move_on_the_same_host(self, connected: list[str]) -> None:
        assert fetch("/moved").startswith(b"person_id")
        assert connected == [PUBLIC, PUBLIC]

    @pytest.mark.parametrize(
        ("path", "problem"),
        [
            ("/away", "it leads to another host"),
            ("/inside", "it leads to another host"),
            ("/plain", "begin with https"),
            ("/round", "without an end"),
            ("/nowhere", "without an end"),
            ("/missing", "status 404"),
            ("/cut", "cut off|could not be asked"),
        ],
    )
    def test_goes_nowhere_else(self, connected: list[str], path: str, problem: str) -> None:
        with pytest.raises(FetchError, match=problem):
            fetch(path)
        assert set(connected) == {PUBLIC}

    def test_checks_again_after_a_move(
        self, connected: list[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        before, answers = socket.getaddrinfo, iter([PUBLIC, "10.0.0.7"])

        def resolve(host: str, *rest: Any, **more: Any) -> Any:
            is_own = host == "127.0.0.1"
            return before(host, *rest, **more) if is_own else names(next(answers))(host, 443)

        monkeypatch.setattr(socket, "getaddrinfo", resolve)
        with pytest.raises(FetchError, match="not on the public internet"):
            fetch("/moved")
        assert connected == [PUBLIC]

    def test_stops_at_the_largest_size(self, connected: list[str]) -> None:
        with pytest.raises(FetchError, match="larger than any roster"):
            fetch(largest=100)

    def test_stops_when_it_takes_too_long(
        self, connected: list[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(fetching, "ALL_SECONDS", -1.0)
        with pytest.raises(FetchError, match="took longer"):
            fetch()

    def test_stops_where_headers_drip_in(
        self, connected: list[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(fetching, "ALL_SECONDS", 0.3)
        began = time.monotonic()
        with pytest.raises(FetchError, match="took longer"):
            fetch("/dripping")
        assert time.monotonic() - began < 2

    def test_uses_no_proxy_of_the_environment(
        self, connected: list[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("https_proxy", "http://127.0.0.1:9")

        assert fetch()

    def test_wants_the_certificate_of_the_name(self, monkeypatch: pytest.MonkeyPatch) -> None:
        connection = PinnedConnection("hr.example.org", address=PUBLIC, deadline=0.0)
        asked: list[Any] = []
        monkeypatch.setattr(socket, "create_connection", lambda place, **_: asked.append(place))
        monkeypatch.setattr(
            type(connection.context), "wrap_socket", lambda *_, **how: asked.append(how)
        )
        connection.connect()

        assert asked == [(PUBLIC, 443), {"server_hostname": "hr.example.org"}]
        assert connection.context.check_hostname


class TestResolveHost:
    def test_refuses_a_name_with_one_inner_address(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(socket, "getaddrinfo", names(PUBLIC, "10.0.0.7"))
        with pytest.raises(FetchError, match="not on the public internet"):
            resolve_host("hr.example.org")

    def test_refuses_a_name_that_nobody_knows(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def unknown(*_: object, **__: object) -> None:
            raise socket.gaierror

        monkeypatch.setattr(socket, "getaddrinfo", unknown)
        with pytest.raises(FetchError, match="is not known"):
            resolve_host("hr.example.org")


class TestIsPublic:
    @pytest.mark.parametrize(
        "address",
        [
            *("127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0"),  # noqa: S104 - refused
            *("100.64.0.1", "224.0.0.1", "255.255.255.255", "192.0.2.1", "198.18.0.1"),
            *("::1", "::", "fe80::1%eth0", "fc00::1", "ff02::1", "::ffff:127.0.0.1"),
            *("::ffff:169.254.169.254", "64:ff9b::a00:7", "2002:a00:7::1", "2001:db8::1", "x"),
            *("::127.0.0.1", "::ffff:0:10.0.0.7", "64:ff9b:1::a00:7", "fec0::1"),
        ],
    )
    def test_refuses_what_is_inside(self, address: str) -> None:
        assert not is_public(address)

    @pytest.mark.parametrize("address", [PUBLIC, "2606:2800:21f:cb07:6820:80da:af6b:8b2c"])
    def test_lets_the_internet_be_asked(self, address: str) -> None:
        assert is_public(address)


class TestCheckUrl:
    @pytest.mark.parametrize(
        "url",
        [
            *("http://example.org/", "file:///etc/passwd", "ftp://example.org/", "https://", "x"),
            *("https://me:secret@example.org/", "https://example.org:8443/", "https://[::1/"),
            *(
                "https://example.org:99999/",
                "https://exa mple.org/",
                "https://example.org/\r\nX: y",
            ),
            "https://exämple.org/",
        ],
    )
    def test_refuses_what_is_no_plain_https_address(self, url: str) -> None:
        with pytest.raises(FetchError):
            check_url(url)

    def test_takes_the_usual_port(self) -> None:
        assert check_url("https://example.org:443/a?b=c").hostname == "example.org"
