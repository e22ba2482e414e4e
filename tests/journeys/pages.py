"""Looking at pages as people do: phone or desk, light or dark, and through axe."""

import re
from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager, suppress
from typing import Any, Literal
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from django.urls import get_resolver
from django.urls.resolvers import URLPattern, URLResolver
from playwright.sync_api import APIResponse, Browser, Error, Locator, Page
from pytest_django.live_server_helper import LiveServer

from survey.accounts.models import User
from tests.journeys.contexts import CONTEXTS

PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}
NO_PAGES = (".csv", ".svg", "message/letter/")  # files, and a letter in its frame
ROWS_OF_OTHERS = (  # tried where they are made
    "<int:feed_id>",
    "<int:roster_id>",
    "<int:file_id>",
    "<int:questionnaire_id>",
    "<slug:digest>",  # colours and a logo: no pages
)
Window = Callable[..., AbstractContextManager[Page]]  # an address is opened in it
Scheme = Literal["light", "dark"]
SCHEMES: tuple[Scheme, ...] = ("light", "dark")
AXE = Axe().axe_script
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')
HAS_AXE = "() => 'axe' in window"
RUN_AXE = "options => axe.run(options).then(found => found.violations)"
ONLY_VIOLATIONS = {"resultTypes": ["violations"]}
RULES: Mapping[Scheme, dict[str, Any]] = {  # in the dark nothing is another than colours
    "light": ONLY_VIOLATIONS,
    "dark": {**ONLY_VIOLATIONS, "runOnly": ["color-contrast", "link-in-text-block"]},
}


def open_page(
    browser: Browser, *, is_phone: bool = True, javascript: bool = True, is_lent: bool = True
) -> Page:
    """Open a window nobody has used before; one that is not lent outlives the test."""
    if is_lent:
        context = CONTEXTS.lend(browser, javascript=javascript)
    else:
        context = browser.new_context(java_script_enabled=javascript)
        context.set_default_timeout(30_000)
    page = context.new_page()
    page.set_viewport_size(PHONE if is_phone else DESK)  # type: ignore[arg-type]
    return page


def log_in(page: Page, user: User, server: LiveServer) -> None:
    """Let somebody be logged in, as if they had come in by the form."""
    client = Client()
    client.force_login(user)
    session = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": server.url}])


def follow(found: Locator) -> None:
    """Press what leads to another page, and wait until that is there."""
    with found.page.expect_navigation():
        found.click()


def violations(page: Page) -> list[str]:
    """Return what axe finds wrong with the page as it stands, in both colour schemes."""
    found = []
    page.wait_for_load_state()
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        for frame in page.frames:  # axe looks into them, and finds nothing to hold before they load
            frame.wait_for_load_state()
        for violation in _look_through(page, RULES[scheme]):
            targets = [node["html"][:120] for node in violation["nodes"]]
            found.append(f"{scheme}: {violation['id']}: {violation['help']}: {targets}")
    return found


def _look_through(page: Page, options: dict[str, Any], tries: int = 5) -> list[dict[str, Any]]:
    """Return what axe says; look again where the page went to another one under its eyes."""
    for _ in range(tries - 1):
        with suppress(Error):
            return _run_axe(page, options)
        page.wait_for_load_state("networkidle")
    return _run_axe(page, options)


def _run_axe(page: Page, options: dict[str, Any]) -> list[dict[str, Any]]:
    """Bring axe to the page once, and back from it nothing but what is wrong."""
    if not page.evaluate(HAS_AXE):
        page.evaluate(AXE)
    return list(page.evaluate(RUN_AXE, options))


def overflows(page: Page) -> bool:
    """Say whether the page must be scrolled sideways."""
    page.wait_for_load_state()  # a page just gone to may have no element yet
    return bool(
        page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    )


def without_its_own(answer: APIResponse) -> str:
    """Return a page without what no other shows: its address and the token of its forms."""
    return TOKEN.sub("", answer.text().replace(urlsplit(answer.url).path, ""))


def routes(samples: Mapping[str, str]) -> list[str]:
    """Return every address that can be opened, with samples for what is in angle brackets."""
    patterns = _patterns(get_resolver().url_patterns)
    return [
        "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda part: samples[part.group(1)], pattern)
        for pattern in patterns
        if not pattern.startswith(("api/", "health/", "logout/"))
        and not pattern.endswith(NO_PAGES)
        and not any(row in pattern for row in ROWS_OF_OTHERS)
    ]


def _patterns(found: Iterable[URLPattern | URLResolver], prefix: str = "") -> list[str]:
    patterns = []
    for one in found:
        route = prefix + str(one.pattern)
        patterns += _patterns(one.url_patterns, route) if isinstance(one, URLResolver) else [route]
    return patterns
