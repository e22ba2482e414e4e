"""The way back to one's words: in the form, over the thank-you page, and nowhere else."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from survey.answering.returning import COOKIE, FIELD, may_be_answered, take_key
from survey.campaigns.models import CollectorKind, Wave
from survey.questionnaires.answers import ReadAnswers
from survey.responses.models import Intake
from survey.responses.return_keys import is_made_here, make_return_key, wave_of_key
from tests.answering.asking import Ask, Asked
from tests.factories.collectors import link_of, make_kiosks, make_links
from tests.factories.questionnaires import ItemFactory, item_content, publish, questionnaire_content

HIDDEN = re.compile(rf'name="{re.escape(FIELD)}" value="([^"]+)"')
LOST = "A lost link cannot be recovered, not even by us."
pytestmark = pytest.mark.django_db


def key_in(page: str) -> str:
    found = HIDDEN.search(page)
    return found[1] if found else ""


def send(browser: Client, asked: Asked, *, story: str, **changed: str) -> Any:
    key = key_in(browser.get(asked.url).text)
    sent = {**asked.answers(), "story": story, "story.leave": "AS_TOLD", FIELD: key, **changed}
    return browser.post(asked.url, sent)


class TestForm:
    def test_carries_a_key_of_its_own_each_time(self, asked: Asked, browser: Client) -> None:
        keys = [key_in(browser.get(asked.url).text) for _ in range(3)]

        assert len(set(keys)) == 3
        assert all(is_made_here(key=key) for key in keys)
        assert {wave_of_key(key=key) for key in keys} == {asked.wave.pk}

    def test_carries_the_same_key_on_after_an_error(self, asked: Asked, browser: Client) -> None:
        key = make_return_key(wave_id=asked.wave.pk)

        page = browser.post(asked.url, {"fair": "9", FIELD: key})

        assert page.status_code == 422
        assert key_in(page.text) == key

    def test_carries_none_where_nothing_can_be_written(self, ask: Ask, browser: Client) -> None:
        asked = ask(questionnaire=publish([ItemFactory()]))

        assert key_in(browser.get(asked.url).text) == ""

    def test_carries_none_on_shared_devices(self, asked: Asked, browser: Client) -> None:
        page = browser.get(f"{asked.url}?shared=1").text

        assert key_in(page) == ""
        assert LOST[:20] not in page


class TestThanks:
    def test_show_the_link_once_to_whoever_wrote(self, asked: Asked, browser: Client) -> None:
        sent = send(browser, asked, story="They were kind.")
        cookie = sent.cookies[COOKIE]
        key = cookie.value

        first, second = browser.get(sent.url), browser.get(sent.url)

        assert f"/c/{key}/" in first.text
        assert LOST in first.text
        assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == (
            f"{asked.url}thanks/", True, "Strict",
        )  # fmt: skip
        assert 0 < cookie["max-age"] <= 600
        assert key not in sent.url
        assert key not in second.text
        assert first.cookies[COOKIE]["max-age"] == 0
        assert first.cookies[COOKIE]["path"] == cookie["path"]

    @pytest.mark.parametrize(
        ("story", "changed"),
        [
            ("", {}),
            ("They were kind.", {"story.leave": "NONE"}),
            ("They were kind.", {FIELD: ""}),
            ("They were kind.", {FIELD: "x" * 35}),
            ("They were kind.", {FIELD: make_return_key(wave_id=0)}),
        ],
    )
    def test_show_none_where_none_would_lead_anywhere(
        self, asked: Asked, browser: Client, story: str, changed: dict[str, str]
    ) -> None:
        sent = send(browser, asked, story=story, **changed)

        assert sent.status_code == 302
        assert not sent.cookies
        assert "/c/" not in browser.get(sent.url).text

    def test_show_none_of_a_wave_whose_boxes_are_too_small(
        self, asked: Asked, browser: Client
    ) -> None:
        Wave.objects.update(box_size=100)

        sent = send(browser, asked, story="Kind.")

        assert Intake.objects.count() == 1
        assert not sent.cookies

    def test_keep_the_key_out_of_the_database(self, asked: Asked, browser: Client) -> None:
        with CaptureQueriesContext(connection) as queries:
            sent = send(browser, asked, story="They were kind.")
            key = sent.cookies[COOKIE].value
            browser.get(sent.url)

        assert key
        assert all(key not in query["sql"] for query in queries)


class TestOpenLinks:
    @pytest.fixture
    def wave(self) -> Wave:
        now = timezone.now()
        wave = make_links(now=now)
        make_kiosks(wave, now=now)
        return wave

    def test_lead_back_where_the_device_is_ones_own(self, wave: Wave, browser: Client) -> None:
        url = f"/o/{link_of(wave, 'north').code}/"

        assert is_made_here(key=key_in(browser.get(url).text))

    def test_lead_back_on_no_tablet_and_in_no_frame(self, wave: Wave, browser: Client) -> None:
        tablet = link_of(wave, "north", CollectorKind.KIOSK).code
        for url in (f"/o/{tablet}/kiosk/", f"/o/{link_of(wave, 'north').code}/widget/"):
            page = browser.get(url)

            assert page.status_code == 200
            assert key_in(page.text) == ""


class TestTakeKey:
    def test_takes_it_out_whatever_it_is(self) -> None:
        for odd in ("x", 7, ["a", "b"], None):
            posted: dict[str, object] = {FIELD: odd, "fair": "1"}

            assert take_key(posted, wave_id=1) == ""
            assert posted == {"fair": "1"}


class TestMayBeAnswered:
    def test_goes_by_whether_anybody_may_read_a_word(self) -> None:
        content = questionnaire_content(
            item_content("asks", kind="TEXT", asks_for_playback=True),
            item_content("tells", kind="TEXT"),
        )

        def read(texts: dict[str, str], leaves: dict[str, str]) -> bool:
            return may_be_answered(content, ReadAnswers({}, texts, leaves, ()))

        assert read({"asks": "x"}, {"asks": "NO_NAMES"})
        assert read({"tells": "x"}, {})
        assert not read({"asks": "x"}, {"asks": "NONE"})
        assert not read({"asks": "x"}, {})
        assert not read({}, {})
