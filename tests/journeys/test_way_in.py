"""The door opens: log-in on both engines, in a real browser."""

import pytest
from playwright.sync_api import Browser

from tests.journeys import pages
from tests.journeys.product import Product

pytestmark = pytest.mark.journey


class TestWayIn:
    def test_shows_the_log_in_page_on_a_phone(self, product: Product, browser: Browser) -> None:
        page = pages.open_page(browser)

        page.goto(product.url + "/login/")

        assert page.get_by_label("Your work email").is_visible()
        assert not pages.overflows(page)
        assert pages.violations(page) == []

    def test_sends_strangers_to_the_door(self, product: Product, browser: Browser) -> None:
        page = pages.open_page(browser, is_phone=False)

        page.goto(product.url + "/dashboards/linkage/")

        assert "/login/" in page.url

    def test_would_see_a_page_that_shuts_people_out(self, browser: Browser) -> None:
        page = pages.open_page(browser)

        page.set_content("<html><body><img src='x'><input></body></html>")

        assert any("image-alt" in violation for violation in pages.violations(page))
