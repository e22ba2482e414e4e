"""Ask for every address with every verb as everybody, and judge by the table what came back."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from unittest import mock

import yaml
from django.db import transaction
from django.http import HttpResponse  # noqa: TID251 - stands in for a page
from django.test import RequestFactory
from django.test.client import ClientHandler
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from survey.campaigns.known_waves import forget_waves
from tests.access.stage import NOBODY, STRANGER, Stage

VERBS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
FEW = (STRANGER, NOBODY, "alice", "charlie")  # who try verbs that an address does not take
FORM = "application/x-www-form-urlencoded"
READING = ("GET", "HEAD", "OPTIONS")
TABLE = Path(__file__).parent / "table.yaml"
REFUSED = (401, 403, 404)
BROKEN = 500


@dataclass(frozen=True)
class Rule:
    """Which verbs an address takes, and who gets in, by whose it is."""

    verbs: tuple[str, ...]
    open_to: Mapping[str, frozenset[str]]


@dataclass(frozen=True)
class Visit:
    """One question, and what was answered."""

    route: str
    variant: str
    verb: str
    who: str
    status: int
    is_sent_away: bool
    body: bytes

    def __str__(self) -> str:
        of = f" of {self.variant}" if self.variant else ""
        return f"{self.verb} {self.route}{of} as {self.who}: {self.status}"


Routes = dict[str, tuple[str, ...]]


def find_routes(patterns: Sequence[URLPattern | URLResolver] | None = None) -> Routes:
    """Return the name of every address with the names of what it holds."""
    return dict(_walk(get_resolver().url_patterns if patterns is None else patterns, "", ()))


def _walk(
    patterns: Sequence[Any], prefix: str, above: tuple[str, ...]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    for one in patterns:
        holds = (*above, *one.pattern.converters)
        if isinstance(one, URLResolver):
            inside = f"{prefix}{one.namespace}:" if one.namespace else prefix
            yield from _walk(one.url_patterns, inside, holds)
        else:
            yield f"{prefix}{one.name}", holds


def find_parts() -> dict[str, Routes]:
    """Return the addresses by the part of the product they belong to."""
    parts: dict[str, Routes] = {}
    for route, holds in find_routes().items():
        parts.setdefault(route.rpartition(":")[0] or "the way in", {})[route] = holds
    return parts


@cache
def read_table() -> dict[str, Rule]:
    """Return the declared rule of every route."""
    document = yaml.safe_load(TABLE.read_text(encoding="utf-8"))
    groups: dict[str, frozenset[str]] = {}

    def people(words: str) -> frozenset[str]:
        return frozenset[str]().union(*(groups.get(word, {word}) for word in words.split()))

    for name, words in document["people"].items():
        groups[name] = people(words)
    return {
        route: Rule(tuple(verbs.split()), _read_doors(part["open to"], people))
        for part in document["addresses"]
        for route, verbs in part["takes"].items()
    }


def _read_doors(told: Any, people: Any) -> dict[str, frozenset[str]]:
    doors = told if isinstance(told, dict) else {"": told}
    return {variant: people(words or "") for variant, words in doors.items()}


def addresses_of(route: str, holds: Sequence[str], stage: Stage) -> dict[str, str]:
    """Return the addresses of a route, by whose what they name is."""
    namespace = route.rpartition(":")[0]
    found = {
        name: next(
            stage.objects[key]
            for key in (f"{route} {name}", f"{namespace} {name}", name)
            if key in stage.objects
        )
        for name in holds
    }
    variants = sorted(set().union(*found.values()) - {""}) or [""]
    return {
        variant: reverse(
            route, kwargs={name: told.get(variant, told.get("")) for name, told in found.items()}
        )
        for variant in variants
    }


@contextmanager
def plain_refusals() -> Iterator[None]:
    """Refuse in a word instead of a page: thousands of them are only counted."""
    with (
        mock.patch("config.urls.handler403", _refuse(403), create=True),
        mock.patch("config.urls.handler404", _refuse(404), create=True),
    ):
        yield


def _refuse(status: int) -> Any:
    return lambda request, exception: HttpResponse(status=status)


class Visitor:
    """Sends requests through the whole of Django; whatever one of them writes is taken back."""

    def __init__(
        self, stage: Stage, *, enforce_csrf_checks: bool = False, asks_everything: bool = True
    ) -> None:
        self.stage = stage
        self.asks_everything = asks_everything
        self.factory = RequestFactory()
        self.handler = ClientHandler(enforce_csrf_checks=enforce_csrf_checks)

    def visit_all(self, routes: Routes, *, people: Sequence[str] = ()) -> list[Visit]:
        """Ask for some routes with every verb as everybody, or with the rare verbs as a few."""
        return [
            self.visit(route, variant, address, verb, who)
            for route, holds in routes.items()
            for variant, address in addresses_of(route, holds, self.stage).items()
            for who in people or self.stage.people
            for verb in VERBS
            if self.asks_everything or people or who in FEW or verb in _asked_by_all(route)
        ]

    def visit(self, route: str, variant: str, address: str, verb: str, who: str) -> Visit:
        """Ask for an address as somebody."""
        form = self.stage.forms.get(route, b"") if verb == "POST" else b""
        environ = self.factory.generic(verb, address, form, FORM, **self._signs(route, who)).environ
        if verb in READING:
            response: Any = self.handler(environ)
        else:
            with transaction.atomic():
                response = self.handler(environ)
                transaction.set_rollback(True)
            forget_waves()
        sent_to = response.get("Location", "")
        is_sent_away = response.status_code == 302 and sent_to.startswith("/login/?next=")
        return Visit(
            route, variant, verb, who, response.status_code, is_sent_away, response.getvalue()
        )

    def _signs(self, route: str, who: str) -> dict[str, str]:
        if who == STRANGER:
            return {}
        if route.startswith("api:"):
            return {"HTTP_AUTHORIZATION": f"Token {self.stage.tokens[who]}"}
        return {"HTTP_COOKIE": self.stage.cookies[who]}


def _asked_by_all(route: str) -> set[str]:
    """Return what everybody tries even when in a hurry: to read, to send, and what is taken."""
    return {"GET", "POST", *read_table()[route].verbs}


def judge(visits: Sequence[Visit], table: Mapping[str, Rule]) -> list[str]:
    """Return every answer that is wider or narrower than the table, or broken."""
    return [fault for visit in visits if (fault := _judge(visit, table[visit.route]))]


def _judge(visit: Visit, rule: Rule) -> str:
    open_to = rule.open_to.get(visit.variant, rule.open_to.get("", frozenset()))
    is_taken = visit.verb in rule.verbs or (visit.verb == "HEAD" and "GET" in rule.verbs)
    if visit.status >= BROKEN:
        return f"broken: {visit}"
    if visit.status == 405:
        return f"narrower: {visit}" if is_taken and visit.who in open_to else ""
    is_refused = visit.status in REFUSED or visit.is_sent_away
    if visit.who in open_to and is_taken:
        return f"narrower: {visit}" if is_refused else ""
    return "" if is_refused else f"wider: {visit}"
