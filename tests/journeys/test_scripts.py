"""Markup in every text, every page that shows it, opened in a browser: nothing of it lives."""

import logging
import mimetypes
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, partial
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.contrib.staticfiles import finders
from playwright.sync_api import Browser, Page
from pytest_django.plugin import DjangoDbBlocker

from tests.access.stage import Stage, build_stage
from tests.access.visiting import addresses_of, find_routes, read_table
from tests.attacks.bad_input import Sender
from tests.attacks.planting import MARK, plant
from tests.journeys import pages
from tests.journeys.serving import serving

pytestmark = [pytest.mark.journey, pytest.mark.django_db]
LISTEN = """
window.reports = []; window.evil = () => window.reports.push('a script ran');
document.addEventListener('securitypolicyviolation', event => window.reports.push(
    event.violatedDirective + ' ' + event.blockedURI + ' ' + event.sample));
"""
LOOK = f"[window.reports, document.querySelectorAll('{MARK}').length]"


@dataclass(frozen=True)
class Shown:
    """A page as it was answered."""

    status: int
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True)
class Spoilt:
    """The fields that hold markup, and all pages as the people team and strangers get them."""

    fields: list[str]
    pages: dict[str, Shown]


@pytest.fixture(scope="module")
def spoilt(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Spoilt:
    """Every page; all is read and taken back before the browser comes with a loop of its own."""
    logging.disable(logging.CRITICAL)
    with django_db_blocker.unblock(), build_stage(tmp_path_factory.mktemp("keys")) as stage:
        read = Spoilt(plant(), _read_pages(stage))
    logging.disable(logging.NOTSET)
    return read


def _read_pages(stage: Stage) -> dict[str, Shown]:
    sender, found = Sender(stage), {}
    for route, holds in find_routes().items():
        if "GET" not in read_table()[route].verbs or route.startswith("api:"):
            continue
        for address in addresses_of(route, holds, stage).values():
            response, body = sender.send("GET", address)
            is_page = response.get("Content-Type", "").startswith("text/html")
            if is_page and not response.has_header("Location"):
                found[address] = Shown(response.status_code, dict(response.items()), body)
    return found


@pytest.fixture(scope="module")
def site(spoilt: Spoilt) -> Iterator[str]:
    """A web server that gives out the site's files, and its pages as they were read."""
    with serving(partial(Handler, spoilt.pages)) as address:
        yield address


class Handler(BaseHTTPRequestHandler):
    """Answers with what was read; the browser keeps the files, as it keeps a product's."""

    protocol_version = "HTTP/1.1"

    def __init__(self, pages: dict[str, Shown], *args: Any) -> None:
        self.pages = pages
        super().__init__(*args)

    def do_GET(self) -> None:
        """Answer (the name is the library's)."""
        path = urlsplit(self.path).path
        shown = self.pages.get(path) or _read_file(path)
        self.send_response(shown.status)
        for name, value in (shown.headers | {"Content-Length": str(len(shown.body))}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(shown.body)

    def log_message(self, *args: object) -> None:
        """Leave the log to others."""


@cache
def _read_file(path: str) -> Shown:
    file = finders.find(path.removeprefix("/static/")) if path.startswith("/static/") else None
    if not isinstance(file, str):
        return Shown(404, {}, b"")
    kind = mimetypes.guess_type(file)[0] or ""
    headers = {"Content-Type": kind, "Cache-Control": "max-age=3600"}
    return Shown(200, headers, Path(file).read_bytes())


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    """A window that hears what a page is kept from doing."""
    opened = pages.open_page(browser, is_phone=False, is_lent=False)
    opened.add_init_script(LISTEN)
    yield opened
    opened.context.close()


def look(page: Page, address: str) -> tuple[list[str], int]:
    """Open a page; return what was reported of it and how much of the markup lives."""
    page.goto(address)
    reports, living = page.evaluate(LOOK)
    return reports, living


class TestMarkup:
    def test_is_planted_widely(self, spoilt: Spoilt) -> None:
        assert len(spoilt.fields) >= 25, spoilt.fields
        showing = [address for address, one in spoilt.pages.items() if MARK.encode() in one.body]
        assert len(showing) > 50

    def test_lives_on_no_page(self, spoilt: Spoilt, site: str, page: Page) -> None:
        faults = {}
        for address in spoilt.pages:
            reports, living = look(page, site + address)
            if reports or living:
                faults[address] = (reports[:3], living)

        assert faults == {}

    def test_would_be_seen_to_live(self, spoilt: Spoilt, site: str, page: Page) -> None:
        shown = spoilt.pages["/privacy/"]
        broken = shown.body.replace(b"</h1>", f"</h1><{MARK}></{MARK}>".encode(), 1)
        spoilt.pages["/broken/"] = Shown(200, shown.headers, broken)

        assert look(page, site + "/broken/")[1] == 1

    def test_would_be_reported_if_it_tried_to_run(
        self, spoilt: Spoilt, site: str, page: Page
    ) -> None:
        shown = spoilt.pages["/privacy/"]
        broken = shown.body.replace(b"</h1>", b"</h1><script>evil()</script>", 1)
        spoilt.pages["/running/"] = Shown(200, shown.headers, broken)

        assert any("script-src" in one for one in look(page, site + "/running/")[0])
