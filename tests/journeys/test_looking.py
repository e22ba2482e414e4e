"""What the journeys look for is found where it is wrong."""

import gzip

import pytest
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from tests.journeys import pages
from tests.journeys.looking import NARROW, find_cuts, find_faults, weigh

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
PAGE = "<!doctype html><html lang=en><title>Tried</title><main><h1>Tried</h1>{}</main>"


@pytest.fixture
def page(browser: Browser) -> Page:
    page = pages.open_page(browser)
    page.set_viewport_size(NARROW)  # type: ignore[arg-type]
    return page


class TestFindFaults:
    def test_finds_none_where_all_is_well(self, page: Page) -> None:
        page.set_content(PAGE.format("<p>Plain words.</p>"))

        assert find_faults(page) == []

    def test_finds_words_that_nobody_can_tell_from_the_ground(self, page: Page) -> None:
        page.set_content(PAGE.format("<p style='color: #eee'>Pale words.</p>"))

        assert any("color-contrast" in fault for fault in find_faults(page))

    def test_finds_what_is_pale_in_the_dark_alone(self, page: Page) -> None:
        dark = "@media (prefers-color-scheme: dark) { body { background: #fff } p { color: #eee } }"
        page.set_content(PAGE.format(f"<style>{dark}</style><p>Pale words.</p>"))

        assert [fault[:20] for fault in find_faults(page)] == ["dark: color-contrast"]


class TestFindCuts:
    @pytest.mark.parametrize(
        "style",
        ["width: 400px", "width: 40px; overflow: hidden", "height: 9px; overflow: hidden"],
    )
    def test_finds_what_does_not_fit(self, page: Page, style: str) -> None:
        page.set_content(PAGE.format(f"<div style='{style}'>Unspeakably-long-word</div>"))

        assert any(fault.startswith("cut off: <div") for fault in find_cuts(page))

    def test_finds_what_must_be_scrolled_to(self, page: Page) -> None:
        page.set_content(PAGE.format("<div style='width: 400px'>Wide</div>"))

        assert "must be scrolled sideways" in find_cuts(page)


class TestWeigh:
    def test_counts_the_page_and_its_files(self, page: Page, live_server: LiveServer) -> None:
        answer = page.goto(f"{live_server.url}/privacy/")
        assert answer is not None
        alone = len(gzip.compress(answer.body()))

        assert alone + 1_000 < weigh(page, answer) < alone + 30_000
