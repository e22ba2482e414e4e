"""HTTP as impatient people speak it: hang up early, try again, never believe a broken line."""

import http.client
import urllib.parse
from collections.abc import Mapping
from dataclasses import dataclass

PATIENCE_SECONDS = 20
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
BROKEN = (OSError, http.client.HTTPException)


@dataclass(frozen=True)
class Reply:
    """What came back: a status (0 where the line broke), the address led to, cookies and text."""

    status: int = 0
    location: str = ""
    text: str = ""
    cookies: tuple[str, ...] = ()

    @property
    def is_thanks(self) -> bool:
        """The page that is led to thanks for an answer."""
        return self.status == 302 and "/thanks/" in self.location


class Wire:
    """Speaks to one web server."""

    def __init__(self, port: int) -> None:
        self._port = port

    def ask(
        self, verb: str, path: str, body: bytes = b"", headers: Mapping[str, str] | None = None
    ) -> Reply:
        """Send one request over a line of its own and read the reply."""
        line = http.client.HTTPConnection("127.0.0.1", self._port, timeout=PATIENCE_SECONDS)
        try:
            line.request(verb, path, body=body, headers=dict(headers or {}))
            reply = line.getresponse()
            cookies = tuple(reply.headers.get_all("Set-Cookie", ()))
            location = reply.headers.get("Location", "")
            return Reply(reply.status, location, reply.read().decode(), cookies)
        except BROKEN:
            return Reply()
        finally:
            line.close()

    def answer(self, token: str, answers: Mapping[str, int]) -> Reply:
        """Send a filled-in page."""
        return self.ask("POST", f"/r/{token}/", _form(answers), FORM)

    def answer_and_hang_up(self, token: str, answers: Mapping[str, int]) -> None:
        """Send a filled-in page and be gone before the reply."""
        line = http.client.HTTPConnection("127.0.0.1", self._port, timeout=PATIENCE_SECONDS)
        try:
            line.request("POST", f"/r/{token}/", body=_form(answers), headers=FORM)
        except BROKEN:
            pass
        finally:
            line.close()


def _form(fields: Mapping[str, object]) -> bytes:
    return urllib.parse.urlencode(fields).encode()


class Desk:
    """HR's browser: logged in, with cookies, filling in forms as they stand on the page."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire
        self._cookies: dict[str, str] = {}

    def get(self, path: str) -> Reply:
        """Fetch a page."""
        return self._ask("GET", path)

    def send(self, path: str, fields: Mapping[str, str]) -> Reply:
        """Send a form as one's own."""
        token = {"csrfmiddlewaretoken": self._cookies.get("csrftoken", "")}
        return self._ask("POST", path, _form({**token, **fields}), FORM)

    def log_in(self, email: str, password: str) -> bool:
        """Log in; False where that did not work this time."""
        self.get("/login/")
        self.send("/login/", {"username": email, "password": password})
        return "sessionid" in self._cookies

    def _ask(
        self, verb: str, path: str, body: bytes = b"", headers: Mapping[str, str] | None = None
    ) -> Reply:
        cookies = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        reply = self._wire.ask(verb, path, body, {**(headers or {}), "Cookie": cookies})
        for cookie in reply.cookies:
            name, _, rest = cookie.partition("=")
            self._cookies[name] = rest.partition(";")[0]
        return reply
