"""The page behind a code on the wall."""

import gzip
import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from survey.answering.open import asking
from survey.campaigns.models import Collector, UsedNonce, Wave
from survey.campaigns.nonces import make_nonce
from survey.campaigns.selectors import content_of
from survey.campaigns.services import close_wave, deactivate_collector, withdraw_wave
from survey.responses.models import Intake
from tests.factories.collectors import link_of, make_kiosks, make_links

pytestmark = pytest.mark.django_db

COMPRESSED_LIMIT = 30 * 1024
NONCE = re.compile(r'name="open\.nonce" value="([^"]+)"')
DAY = timedelta(days=1)


@pytest.fixture
def wave() -> Wave:
    return make_links(now=timezone.now() - timedelta(minutes=1))


@pytest.fixture
def north(wave: Wave) -> Collector:
    return link_of(wave, "north")


def url(collector: Collector) -> str:
    return f"/o/{collector.code}/"


def filled(browser: Client, collector: Collector) -> dict[str, str]:
    """Open the page and answer everything on it."""
    found = NONCE.search(browser.get(url(collector)).content.decode())
    assert found is not None
    content = content_of(wave=collector.wave)
    answers = {item.code: "3" for item in content.items if item.is_closed}
    return answers | {"open.nonce": found[1]}


class TestAsk:
    def test_asks_about_the_team_and_names_who_asks(
        self, north: Collector, browser: Client
    ) -> None:
        response = browser.get(url(north))
        page = response.content.decode()

        assert response.status_code == 200
        assert "<strong>North</strong>" in page
        assert "for the team that served you: North." in page
        assert "we do not know who opens this page" in page
        assert "mail system" not in page
        assert "/stop/" not in page
        assert page.count("data-question") == 4

    def test_writes_nothing_when_it_is_only_read(self, north: Collector, browser: Client) -> None:
        with CaptureQueriesContext(connection) as queries:
            browser.get(url(north))
            browser.head(url(north))

        assert all(row["sql"].startswith("SELECT") for row in queries.captured_queries)

    def test_knows_nobody(self, north: Collector, browser: Client) -> None:
        first, second = (browser.get(url(north), REMOTE_ADDR="10.9.8.7") for _ in range(2))

        assert not first.cookies
        assert first["Cache-Control"] == "no-store"
        assert first["Referrer-Policy"] == "no-referrer"
        nonces = {NONCE.search(page.content.decode())[1] for page in (first, second)}  # type: ignore[index]
        assert len(nonces) == 2

    def test_takes_answers_once_and_thanks_twice(self, north: Collector, browser: Client) -> None:
        form = filled(browser, north)

        sent = [browser.post(url(north), form) for _ in range(2)]

        assert {reply["Location"] for reply in sent} == {f"{url(north)}thanks/"}
        assert Intake.objects.count() == UsedNonce.objects.count() == 1
        assert not sent[0].cookies

    def test_takes_two_people_at_one_wall(self, north: Collector, browser: Client) -> None:
        for _ in range(2):
            browser.post(url(north), filled(browser, north))

        assert Intake.objects.count() == 2

    def test_asks_again_where_the_page_is_from_yesterday(
        self, north: Collector, browser: Client
    ) -> None:
        form = filled(browser, north)
        form["open.nonce"] = make_nonce(code=north.code, now=timezone.now() - DAY)

        response = browser.post(url(north), form)
        page = response.content.decode()

        assert response.status_code == 422
        assert "open for more than a day" in page
        assert page.count(" checked") == 3
        assert not Intake.objects.exists()
        fresh = NONCE.search(page)
        assert fresh is not None
        assert browser.post(url(north), form | {"open.nonce": fresh[1]}).status_code == 302

    def test_keeps_a_page_good_until_a_day_has_passed(
        self, north: Collector, browser: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        form = filled(browser, north)
        then = timezone.now() + DAY - timedelta(minutes=1)
        monkeypatch.setattr(asking.timezone, "now", lambda: then)

        assert browser.post(url(north), form).status_code == 302

    @pytest.mark.parametrize("nonce", [None, "", "nonsense", ["a", "b"]])
    def test_takes_no_page_that_was_not_made_here(
        self, north: Collector, browser: Client, nonce: object
    ) -> None:
        form: dict[str, object] = dict(filled(browser, north))
        del form["open.nonce"]
        if nonce is not None:
            form["open.nonce"] = nonce

        assert browser.post(url(north), form).status_code == 422
        assert not Intake.objects.exists()

    def test_takes_no_page_of_another_team(
        self, wave: Wave, north: Collector, browser: Client
    ) -> None:
        form = filled(browser, north)

        assert browser.post(url(link_of(wave, "south")), form).status_code == 422
        assert not Intake.objects.exists()

    def test_says_what_is_wrong_and_keeps_the_answers(
        self, north: Collector, browser: Client
    ) -> None:
        form = filled(browser, north)
        code = next(name for name in form if name != "open.nonce")

        response = browser.post(url(north), form | {code: "9"})

        assert response.status_code == 422
        assert "Question 1: Choose one of the answers" in response.content.decode()
        assert not UsedNonce.objects.exists()

    def test_is_kind_where_it_takes_no_answers(
        self, wave: Wave, north: Collector, browser: Client
    ) -> None:
        form = filled(browser, north)
        assert browser.get("/o/nobody-made-this/").status_code == 404

        deactivate_collector(collector_id=north.pk)
        off = browser.post(url(north), form)
        assert (off.status_code, "switched off" in off.content.decode()) == (410, True)

        south = url(link_of(wave, "south"))
        close_wave(wave_id=wave.pk, now=timezone.now())
        closed = browser.get(south)
        assert (closed.status_code, "Answers were taken until" in closed.content.decode()) == (
            410,
            True,
        )
        withdraw_wave(wave_id=wave.pk, reason="mistake", now=timezone.now())
        assert "by mistake" in browser.get(south).content.decode()
        assert not Intake.objects.exists()

    def test_is_kind_before_it_opens(self, browser: Client) -> None:
        wave = make_links(now=timezone.now() - timedelta(minutes=1))
        Wave.objects.filter(pk=wave.pk).update(opens_at=timezone.now() + DAY)

        early = browser.get(url(link_of(wave, "north")))

        assert (early.status_code, "A little early" in early.content.decode()) == (403, True)

    def test_is_no_page_of_a_tablet(self, wave: Wave, browser: Client) -> None:
        make_kiosks(wave, now=timezone.now())

        assert browser.get(url(link_of(wave, "north", "KIOSK"))).status_code == 404

    @pytest.mark.parametrize("method", ["put", "patch", "delete"])
    def test_refuses_other_verbs(self, north: Collector, browser: Client, method: str) -> None:
        assert getattr(browser, method)(url(north)).status_code == 405

    def test_weighs_less_than_30_kilobytes(self, north: Collector, browser: Client) -> None:
        page = browser.get(url(north)).content
        sheets = [finders.find(f"css/{name}.css") for name in ("look", "forms")]

        weight = sum(len(gzip.compress(Path(str(file)).read_bytes())) for file in sheets)

        assert weight + len(gzip.compress(page)) <= COMPRESSED_LIMIT


class TestThanks:
    def test_thanks_whoever_comes_and_writes_nothing(
        self, wave: Wave, north: Collector, browser: Client
    ) -> None:
        close_wave(wave_id=wave.pk, now=timezone.now())
        page = browser.get(f"{url(north)}thanks/").content.decode()

        assert "Thank you." in page
        assert "Your link is used up" not in page
        assert "Once at least five customers of the same team have answered." in page

    def test_knows_no_code_that_nobody_made(self, browser: Client) -> None:
        assert browser.get("/o/nobody/thanks/").status_code == 404
