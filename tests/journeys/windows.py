"""Alice's window on pages of the workspace, in which the browser may complain of nothing."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from survey.accounts.models import User
from tests.journeys import pages

Desk = Callable[[bool], Page]


@pytest.fixture(scope="module")
def desk(browser: Browser) -> Iterator[Desk]:
    """One window with and one without scripts: Plotly is read once, not for every test."""
    opened: dict[bool, Page] = {}

    def open_one(javascript: bool) -> Page:
        if javascript not in opened:
            opened[javascript] = pages.open_page(browser, javascript=javascript, is_lent=False)
        return opened[javascript]

    yield open_one
    for page in opened.values():
        page.context.close()


@pytest.fixture
def window(desk: Desk, live_server: LiveServer, alice: User) -> pages.Window:
    """Open an address as Alice; at the end the browser must have had nothing to say."""

    @contextmanager
    def opened(address: str, *, is_phone: bool = True, javascript: bool = True) -> Iterator[Page]:
        page = desk(javascript)
        page.set_viewport_size(pages.PHONE if is_phone else pages.DESK)  # type: ignore[arg-type]
        page.emulate_media(color_scheme="light", media="screen")
        page.context.clear_cookies()
        pages.log_in(page, alice, live_server)
        complaints: list[str] = []
        hear = {
            "console": lambda message: complaints.append(message.text),
            "pageerror": lambda error: complaints.append(str(error)),
        }
        for event, listener in hear.items():
            page.on(event, listener)  # type: ignore[call-overload]
        page.goto(live_server.url + address)
        yield page
        for event, listener in hear.items():
            page.remove_listener(event, listener)
        assert complaints == []

    return opened
