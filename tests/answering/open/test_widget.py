"""An open link in a frame on somebody else's site."""

import gzip
import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.utils import timezone

from survey.campaigns.models import Collector, Wave
from survey.campaigns.services import allow_sites, close_wave, deactivate_collector
from survey.responses.models import Intake
from tests.answering.open.test_views import NONCE
from tests.factories.collectors import link_of, make_kiosks, make_links

pytestmark = pytest.mark.django_db
SITE, OTHER = "https://www.example.org", "https://shop.example:8443"
SNIPPET_LIMIT = 5 * 1024


@pytest.fixture
def wave() -> Wave:
    return make_links(now=timezone.now() - timedelta(minutes=1))


@pytest.fixture
def north(wave: Wave) -> Collector:
    north = link_of(wave, "north")
    allow_sites(collector_id=north.pk, sites=[SITE, OTHER])
    return north


def url(collector: Collector, rest: str = "") -> str:
    return f"/o/{collector.code}/widget/{rest}"


def ancestors(reply: object) -> str:
    policy = reply["Content-Security-Policy"]  # type: ignore[index]
    found = re.search(r"frame-ancestors ([^;]*)", policy)
    assert found is not None
    assert "default-src 'none'" in policy
    return found[1]


class TestAsk:
    def test_lets_the_named_sites_show_it_and_nobody_else(
        self, wave: Wave, north: Collector, browser: Client
    ) -> None:
        shown, elsewhere = browser.get(url(north)), browser.get(url(link_of(wave, "south")))

        assert ancestors(shown) == f"{SITE} {OTHER}"
        assert "X-Frame-Options" not in shown
        assert (ancestors(elsewhere), elsewhere["X-Frame-Options"]) == ("'none'", "DENY")
        assert ancestors(browser.get(f"/o/{north.code}/")) == "'none'"

    def test_shows_kind_words_in_the_frame_too(
        self, wave: Wave, north: Collector, browser: Client
    ) -> None:
        deactivate_collector(collector_id=north.pk)
        off = browser.get(url(north))

        assert (off.status_code, ancestors(off)) == (410, f"{SITE} {OTHER}")
        assert ancestors(browser.get("/o/nobody/widget/")) == "'none'"

    @pytest.mark.parametrize(
        ("site", "is_told"),
        [(SITE, True), (OTHER, True), ("https://evil.example", False), ("*", False)],
    )
    def test_tells_its_height_to_an_allowed_site_only(
        self, north: Collector, browser: Client, site: str, is_told: bool
    ) -> None:
        page = browser.get(url(north), {"site": site}).content.decode()

        assert (f'data-site="{site}"' in page) is is_told
        assert ("frame.js" in page) is is_told

    def test_takes_answers_once_and_thanks_in_the_frame(
        self, north: Collector, browser: Client
    ) -> None:
        page = browser.get(url(north)).content.decode()
        name = re.search(r'type="radio"[^>]* name="([^"]+)"', page)[1]  # type: ignore[index]
        form = {name: "3", "open.nonce": NONCE.search(page)[1]}  # type: ignore[index]

        sent = [browser.post(f"{url(north)}?site={SITE}", form) for _ in range(2)]
        thanks = browser.get(sent[0]["Location"])

        assert sent[0]["Location"].startswith(url(north, "thanks/"))
        assert f'data-site="{SITE}"' in thanks.content.decode()
        assert ancestors(thanks) == f"{SITE} {OTHER}"
        assert Intake.objects.count() == 1
        assert not any(reply.cookies for reply in (*sent, thanks))

    def test_goes_on_where_a_later_wave_asks(
        self, wave: Wave, north: Collector, browser: Client
    ) -> None:
        close_wave(wave_id=wave.pk, now=timezone.now())
        make_links(wave.campaign, now=timezone.now() - timedelta(seconds=1))

        later = browser.get(url(north))

        assert (later.status_code, ancestors(later)) == (200, f"{SITE} {OTHER}")

    def test_is_no_page_of_a_tablet(self, wave: Wave, browser: Client) -> None:
        make_kiosks(wave, now=timezone.now())

        assert browser.get(url(link_of(wave, "north", "KIOSK"))).status_code == 404


class TestSnippet:
    def test_weighs_at_most_five_kilobytes(self) -> None:
        scripts = [Path(str(finders.find(f"js/{name}.js"))) for name in ("embed", "frame")]

        assert sum(len(gzip.compress(path.read_bytes())) for path in scripts) <= SNIPPET_LIMIT
        assert not any("cookie" in path.read_text() for path in scripts)
