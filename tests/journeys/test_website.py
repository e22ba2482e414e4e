"""The questions of an open link on somebody else's website, in a browser that knows both."""

import re
from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from http.server import SimpleHTTPRequestHandler
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from survey.campaigns.models import Collector
from survey.campaigns.services import allow_sites
from survey.responses.models import Intake
from tests.factories.collectors import link_of, make_links
from tests.journeys import pages
from tests.journeys.serving import serving

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
PAGE = (
    '<!doctype html><html lang="en"><title>Ours</title><main><h1>Ours</h1>'
    '<script src="{}/static/js/embed.js" data-code="{}" data-title="How was it?"></script></main>'
)
TITLE = "iframe[title='How was it?']"


class Silent(SimpleHTTPRequestHandler):
    """Serves a folder and says nothing of it."""

    def log_message(self, *args: object) -> None:
        """Leave the log to others."""


@pytest.fixture
def north(live_server: LiveServer) -> Collector:
    return link_of(make_links(now=timezone.now() - timedelta(minutes=1)), "north")


@pytest.fixture
def site(tmp_path: Path, north: Collector, live_server: LiveServer) -> Iterator[str]:
    """Somebody's website, of another origin, with our line in its page."""
    (tmp_path / "index.html").write_text(PAGE.format(live_server.url, north.code))
    with serving(partial(Silent, directory=str(tmp_path))) as address:
        yield address


class TestWebsite:
    def test_shows_the_questions_as_high_as_they_are(
        self, browser: Browser, north: Collector, site: str
    ) -> None:
        allow_sites(collector_id=north.pk, sites=[site])
        page = pages.open_page(browser)
        page.goto(site)
        frame = page.frame_locator(TITLE)

        frame.locator("label.opt").first.click()
        page.wait_for_function("document.querySelector('iframe').clientHeight > 1200")
        assert not pages.overflows(page)
        frame.get_by_role("button", name=re.compile("^Send")).click()
        expect(frame.locator("h1")).to_contain_text("Thank you.")
        page.wait_for_function("document.querySelector('iframe').clientHeight < 1200")
        assert Intake.objects.count() == 1
        assert page.context.cookies() == []

    def test_shows_nothing_where_nobody_allowed_it(
        self, browser: Browser, north: Collector, site: str
    ) -> None:
        allow_sites(collector_id=north.pk, sites=["https://www.example.org"])
        page = pages.open_page(browser)
        refused: list[str] = []
        page.on("console", lambda message: refused.append(message.text))
        page.goto(site)
        page.locator(TITLE).wait_for()
        page.wait_for_load_state("networkidle")

        assert page.frame_locator(TITLE).locator("form").count() == 0
        assert any("frame-ancestors" in text for text in refused)
