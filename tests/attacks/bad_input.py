"""What nobody sends in good faith, and what becomes of it: forms are filled as a page offers them,
then something in them is spoilt."""

import json
import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import quote

from django.db import transaction
from django.test import RequestFactory
from django.test.client import ClientHandler

from survey.campaigns.known_waves import forget_waves
from tests.access.stage import Stage

TEXTS = (
    "", " ", "\0", "a\0b", "\ud800", "\udfff", "\u202eabc", "\u200b", "e\u0301" * 40, "\ufdfa" * 90,
    "x" * 300, "x" * 20_000, "NaN", "-NaN", "Infinity", "-1", "0", "-0", "1e999", "1_000", "²",
    "١٢",
    "9" * 30, str(2**31), str(2**63), str(-(2**63) - 1), "0x10", "0001-01-01", "9999-12-31",
    "99999-01-01", "2026-02-30", "0000-00-00", "24:60", "9999-12-31T23:59", "true", "null",
    "[]", "{}",
    "[1,2]", '{"a":{"b":[]}}', "None", "undefined", "<script>alert(1)</script>",
    "'; drop table x;--",
    "../../etc/passwd", "%00", "%s%n", "{{7*7}}", "=cmd()", "\r\nX-Evil: 1", "a@b@c", "🧨" * 50,
    "\ufffe",
)  # fmt: skip
VALUES: tuple[Any, ...] = (
    *TEXTS, None, True, False, 0, -1, 1.5, 1e308, 2**31, 2**63, 10**40, [], {}, [[]], [None],
    {"": 1},
    {"a": "b"}, ["x"] * 50,
)  # fmt: skip
DEEP = b'{"answers":' * 400 + b"1" + b"}" * 400
BODIES = (
    b"", b"{", b"null", b"[]", b"[[]]", b'"x"', b"1" * 4000, b"NaN", b"\xff\xfe{\x00}\x00", b"\x00",
    b"\xef\xbb\xbf{}", b'{"a":1,"a":2}', b'{"answers":{"a":1},"answers":[]}', DEEP, b"[" * 20_000,
    b"a=b&c=d", b"<xml/>", b'{"\\ud800":"\\udfff"}', b'{"a":"\\u0000"}', b"-", b"[1,2,3]",
    b"{}" * 9,
)  # fmt: skip
KINDS = (
    "application/json", "text/plain", "multipart/form-data", "multipart/form-data; boundary=x",
    "application/x-www-form-urlencoded; charset=utf-16", "application/json; charset=rot13", "x", "",
    "text/csv", "application/octet-stream", "multipart/form-data; boundary=" + "x" * 300,
)  # fmt: skip
HEADERS = (
    "HTTP_ACCEPT_LANGUAGE", "HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_HOST",
    "HTTP_X_FORWARDED_PROTO",
    "HTTP_HOST", "HTTP_REFERER", "HTTP_ORIGIN", "HTTP_AUTHORIZATION", "HTTP_COOKIE",
    "HTTP_USER_AGENT",
    "HTTP_ACCEPT", "HTTP_IF_MODIFIED_SINCE", "HTTP_IF_NONE_MATCH", "HTTP_RANGE",
    "HTTP_X_REQUESTED_WITH",
    "HTTP_IDEMPOTENCY_KEY", "CONTENT_LENGTH", "HTTP_X_HEARTHLINE_TIMESTAMP",
    "HTTP_X_HEARTHLINE_SIGNATURE",
)  # fmt: skip

Fields = list[tuple[str, str]]


@dataclass
class Form:
    """A form as a browser would send it back untouched."""

    action: str
    fields: Fields = field(default_factory=list)


class FormReader(HTMLParser):
    """Reads the forms of a page that are sent by POST."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._is_inside = False
        self._select, self._area = "", ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        name = told.get("name") or ""
        if tag == "form":
            self._is_inside = told.get("method") == "post"
            if self._is_inside:
                self.forms.append(Form(told.get("action") or ""))
        elif self._is_inside and tag in ("input", "button") and name:
            self.forms[-1].fields.append((name, told.get("value") or _guess(told.get("type"))))
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._is_inside and self._select:
            self.forms[-1].fields.append((self._select, told.get("value") or ""))
            self._select = self._select if not told.get("value") else ""  # the first real choice
        elif tag == "textarea" and self._is_inside and name:
            self.forms[-1].fields.append((name, "Some words"))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._is_inside = False


def _guess(kind: str | None) -> str:
    return {"email": "a@example.org", "number": "3", "date": "2026-12-01", "time": "09:00"}.get(
        kind or "text", "something"
    )


class Sender:
    """Sends requests through the whole of Django, takes back what they write, and keeps a tally."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.factory = RequestFactory()
        self.handler = ClientHandler(enforce_csrf_checks=False)
        self.tally: Counter[int] = Counter()
        self.broken: list[str] = []
        self.mute: list[str] = []

    def send(
        self,
        verb: str,
        address: str,
        body: bytes = b"",
        *,
        kind: str = "application/x-www-form-urlencoded",
        who: str = "alice",
        **headers: str,
    ) -> Any:
        """Send bytes as somebody; a machine's token goes with addresses of the API."""
        signs = {"HTTP_COOKIE": self.stage.cookies[who]} if who in self.stage.cookies else {}
        if address.startswith("/api/") and who in self.stage.tokens:
            signs = {"HTTP_AUTHORIZATION": f"Token {self.stage.tokens[who]}"}
        request = self.factory.generic(verb, "/", body, kind, **(signs | headers))
        path, _, query = address.partition("?")
        environ = request.environ | {"PATH_INFO": _as_wsgi(path), "QUERY_STRING": query}
        with transaction.atomic():
            response = self.handler(environ)
            text = response.getvalue()
            transaction.set_rollback(True)
        forget_waves()
        self.tally[response.status_code] += 1
        what = f"{verb} {address[:90]} as {who} {headers} {body[:300]!r}"
        if response.status_code >= 500 or b"Traceback (most recent" in text:
            self.broken.append(f"{response.status_code}: {what}")
        if not says_why(response, text):
            self.mute.append(f"{response.status_code}: {what}")
        return response, text

    def forms_of(self, address: str, *, who: str = "alice") -> list[Form]:
        """Return the forms of a page."""
        response, text = self.send("GET", address, who=who)
        reader = FormReader()
        if response.status_code == 200 and response["Content-Type"].startswith("text/html"):
            with suppress(UnicodeDecodeError):
                reader.feed(text.decode())
        return [Form(form.action or address, form.fields) for form in reader.forms]


def says_why(response: Any, text: bytes) -> bool:
    """Say whether a refusal tells a person or a machine what was wrong and where."""
    if response.status_code not in (400, 413, 415, 422):
        return True
    if response["Content-Type"].startswith("application/json"):
        errors = json.loads(text)["errors"]
        return bool(errors) and all(one["message"] for one in errors)
    return b'role="alert"' in text or b"<h1" in text


def spoil(fields: Sequence[tuple[str, str]], chance: random.Random) -> bytes:
    """Spoil a form in one of many ways, and return its body."""
    changed = list(fields)
    for _ in range(chance.choice((1, 1, 2, 5))):
        place = chance.randrange(len(changed)) if changed else -1
        name = changed[place][0] if changed else "x"
        match chance.randrange(7):
            case 0 if changed:
                del changed[place]
            case 1:
                changed.append((name, chance.choice(TEXTS)))
            case 2:
                changed.append((chance.choice(TEXTS), chance.choice(TEXTS)))
            case 3:
                changed += [(name, str(number)) for number in range(40)]
            case _ if changed:
                changed[place] = (name, chance.choice(TEXTS))
    return encode(changed)


def encode(fields: Sequence[tuple[str, str]]) -> bytes:
    """Return a form's body; surrogates stay what they are."""
    told = ("=".join(quote(part, errors="surrogatepass") for part in pair) for pair in fields)
    return "&".join(told).encode()


def damage(body: Mapping[str, Any], chance: random.Random) -> Iterator[Any]:
    """Yield bodies of a request with one thing wrong at every place."""
    for name in body:
        yield {key: value for key, value in body.items() if key != name}
        inner = body[name]
        if isinstance(inner, dict):
            yield from (body | {name: worse} for worse in damage(inner, chance))
        for value in VALUES:
            yield body | {name: value}
    for value in chance.sample(VALUES, 12):
        yield body | {"unknown": value}
        yield value


def dump(value: object) -> bytes:
    """Return JSON in which lone surrogates and what JSON does not know stay."""
    return json.dumps(value, ensure_ascii=True).encode()


def _as_wsgi(path: str) -> str:
    """Return a path as a server hands it over: undecoded bytes as Latin-1."""
    return path.encode("utf-8", "surrogatepass").decode("latin-1")
