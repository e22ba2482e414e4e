"""A window that stands where another one stood knows nothing of it."""

import pytest
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from tests.journeys import pages
from tests.journeys.contexts import CONTEXTS

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


class TestContexts:
    def test_lend_nothing_that_somebody_has_left(
        self, browser: Browser, live_server: LiveServer
    ) -> None:
        first = pages.open_page(browser)
        first.goto(live_server.url + "/privacy/")
        first.context.add_cookies([{"name": "a", "value": "b", "url": live_server.url}])
        first.evaluate("sessionStorage.setItem('a', 'b')")
        first.context.set_offline(True)

        CONTEXTS.take_back()
        second = pages.open_page(browser)
        second.goto(live_server.url + "/privacy/")

        assert first.is_closed()
        assert second.context is first.context
        assert second.context.cookies() == []
        assert second.evaluate("sessionStorage.length + localStorage.length") == 0

    def test_lend_two_that_know_nothing_of_each_other(self, browser: Browser) -> None:
        assert pages.open_page(browser).context is not pages.open_page(browser).context

    def test_lend_none_that_somebody_has_closed(self, browser: Browser) -> None:
        closed = pages.open_page(browser).context
        closed.close()

        CONTEXTS.take_back()

        assert pages.open_page(browser).context is not closed

    def test_lend_none_with_scripts_to_whoever_wants_none(self, browser: Browser) -> None:
        pages.open_page(browser)
        CONTEXTS.take_back()

        page = pages.open_page(browser, javascript=False)

        page.set_content("<script>document.title = 'ran'</script>")
        assert page.title() == ""
