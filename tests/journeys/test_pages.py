"""What looks at the pages of the journeys would see what is wrong with them."""

import pytest
from playwright.sync_api import Browser

from tests.journeys import pages

pytestmark = pytest.mark.journey


class TestViolations:
    def test_tell_of_a_page_that_shuts_people_out(self, browser: Browser) -> None:
        page = pages.open_page(browser)

        page.set_content("<html><body><img src='x'><input></body></html>")

        assert any("image-alt" in violation for violation in pages.violations(page))

    def test_tell_of_words_that_cannot_be_read_in_the_dark_alone(self, browser: Browser) -> None:
        page = pages.open_page(browser)

        page.set_content(
            "<html lang='en'><head><title>Dark</title><style>p { color: #111; background: #fff }"
            "@media (prefers-color-scheme: dark) { p { background: #222 } }</style></head>"
            "<body><main><h1>Hello</h1><p>Can you read this?</p></main></body></html>"
        )

        assert [one[:20] for one in pages.violations(page)] == ["dark: color-contrast"]
