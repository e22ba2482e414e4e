"""Thirty items of every kind in three languages: by keys alone, without scripts, at 320 pixels."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from survey.campaigns.keys import read_private_key
from survey.campaigns.models import Wave
from survey.campaigns.selectors import content_of
from survey.campaigns.services import close_wave
from survey.questionnaires.arranging import arrange
from survey.questionnaires.selectors import forget_content
from survey.questionnaires.steps import STATE_FIELD, read_state
from survey.responses.boxes import BoxContent, open_box
from survey.responses.models import Intake
from survey.responses.services import seal_wave
from tests.answering.asking import state_of
from tests.factories.campaigns import tokens_of
from tests.factories.thirty import N_DRAWN, POOL, ask_thirty
from tests.journeys import pages
from tests.journeys.hands import (
    BACK,
    ONWARD,
    Hand,
    Pointing,
    Sheet,
    Typing,
    language_button,
    names_on,
    values_on,
)
from tests.journeys.looking import HEAVIEST, NARROW, find_cuts, find_faults, weigh

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

STATEMENTS = {f"agree_{number}": "4" for number in range(1, 9)}
MOST_PARTS = 12
Respondent = Callable[..., Page]
Look = Callable[[Page], list[str]]


@pytest.fixture
def wave(live_server: LiveServer) -> Iterator[Wave]:
    """Thirty items, asked of six people since a minute ago."""
    wave = ask_thirty(now=timezone.now() - timedelta(minutes=1))
    yield wave
    forget_content(questionnaire_id=wave.questionnaire_id)


@pytest.fixture
def respondent(browser: Browser, wave: Wave, live_server: LiveServer) -> Respondent:
    """Open somebody's page."""

    def open_page(*, language: str = "en", **how: bool) -> Page:
        page = pages.open_page(browser, **how)
        page.goto(f"{live_server.url}/r/{tokens_of(wave)[0]}/?lang={language}")
        return page

    return open_page


def stored(wave: Wave) -> BoxContent:
    """Open the only box there is."""
    box = bytes(Intake.objects.get().box)
    return open_box(private_key=read_private_key(wave=wave), box=box)


def sealed_with_others(wave: Wave) -> list[object]:
    """Let as many as it takes have answered alike, seal the wave, and return what is stored."""
    box, now = bytes(Intake.objects.get().box), timezone.now()
    Intake.objects.bulk_create(Intake(wave=wave, box=box) for _ in range(wave.threshold - 1))
    close_wave(wave_id=wave.pk, now=now)
    seal_wave(wave_id=wave.pk, now=now)
    return [response.answers["answers"] for response in wave.responses.all()]


def drawn(wave: Wave, state: str) -> list[str]:
    """Return which statements of the pool a signed state asks for."""
    content = content_of(wave=wave)
    read = read_state(content, state)
    assert read is not None
    return [item.code for item in arrange(content, read.seed).items if item.code in POOL]


def drawn_on(page: Page, wave: Wave) -> list[str]:
    return drawn(wave, page.locator(f"input[name='{STATE_FIELD}']").input_value())


def is_done(page: Page) -> bool:
    return "/thanks/" in page.url


def finish(page: Page, hand: Hand, sheet: Sheet, look: Look = find_faults) -> str:
    """Answer part after part up to the thanks, looking at each; return all that was read."""
    told = ""
    for _ in range(MOST_PARTS):
        told += page.locator("main").inner_text()
        hand.fill_in(page, sheet)
        answer = hand.press(page, ONWARD)
        assert weigh(page, answer) <= HEAVIEST
        assert look(page) == []
        if is_done(page):
            return told
    raise AssertionError("the questions never ended")


def switch(page: Page, hand: Hand, language: str) -> None:
    """Go on in another language, with what has been answered on the page."""
    before = values_on(page)
    assert before
    hand.press(page, language_button(language))
    assert page.locator("html").get_attribute("lang") == language
    assert values_on(page) == before


class TestByKeysAlone:
    SHEET: Sheet = STATEMENTS | {
        "place": "1",
        "since": "2021-03-15",
        "hours": "12.5",
        "more_hours": "2",
        "why_few": "School",
        "broken": ["1", "3", "9"],
        "broken.other": "The shelf",
        "wishes.1": "2",
        "wishes.2": "1",
        "wishes.3": "4",
        "wishes.4": "3",
        "ease": "7",
        "repaired": "2026-11-02",
        "repair_days": "3",
        "thanked": "cant_say",
        "queue": "\N{ARABIC-INDIC DIGIT SEVEN}",
        "story": "شكرًا على الخبز",
        "story.leave": "NO_NAMES",
        "recommend": "9",
        "reason": "الزملاء",
        "one_thing": "الورديات",
    }

    def test_takes_every_kind_of_answer(self, wave: Wave, respondent: Respondent) -> None:
        page, hand = respondent(), Typing()
        assert find_faults(page) == []
        chosen = drawn_on(page, wave)

        self._err_and_mend(page, hand)
        switch(page, hand, "es")
        told = page.locator("main").inner_text()
        self._go_on_to(page, hand, "agree_1")
        asked = names_on(page)
        self._go_on_to(page, hand, "broken")
        self._choose_too_much(page, hand)
        switch(page, hand, "ar")
        told += finish(page, hand, self.SHEET)

        assert asked == ["agree_1", "agree_2", *chosen]
        assert "Estas preguntas son sobre su trabajo con Bakery." in told
        assert "لماذا 9 من 10؟" in told
        expect(page.locator("html")).to_have_attribute("dir", "rtl")
        self._is_stored(wave, chosen)

    def _err_and_mend(self, page: Page, hand: Hand) -> None:
        hand.fill_in(page, {"since": "2021-03-15", "hours": "90"})
        hand.press(page, ONWARD)
        assert find_faults(page) == []
        summary = page.get_by_role("alert")
        expect(summary).to_be_focused()
        expect(summary).to_contain_text("2 answers need another look")
        expect(summary).to_contain_text("Write your hours, from 1 to 60")

        page.keyboard.press("Tab")
        page.keyboard.press("Enter")  # the first line leads to the first field
        page.keyboard.press("Space")
        expect(page.locator("input[name=place]:checked")).to_be_focused()
        hand.fill_in(page, self.SHEET)

    def _choose_too_much(self, page: Page, hand: Hand) -> None:
        hand.fill_in(page, self.SHEET | {"broken": ["1", "0"]})
        hand.press(page, ONWARD)
        assert find_faults(page) == []
        expect(page.get_by_role("alert").locator("li")).to_have_count(1)
        assert page.locator("[name=broken]:checked").count() == 2
        hand.fill_in(page, self.SHEET)

    def _go_on_to(self, page: Page, hand: Hand, name: str) -> None:
        while name not in names_on(page):
            hand.fill_in(page, self.SHEET)
            hand.press(page, ONWARD)
            assert find_faults(page) == []

    def _is_stored(self, wave: Wave, chosen: list[str]) -> None:
        box = stored(wave)
        assert len(chosen) == N_DRAWN
        assert box.answers == dict.fromkeys(["agree_1", "agree_2", *chosen], 4) | {
            "place": 1,
            "since": "2021-03-15",
            "hours": 12.5,
            "more_hours": 2,
            "broken": [1, 3, 9],
            "wishes": [2, 1, 4, 3],
            "ease": 7,
            "repaired": "2026-11-02",
            "repair_days": 3,
            "thanked": None,
            "queue": 7,
            "recommend": 9,
        }
        assert box.texts == {
            "why_few": "School",
            "broken.other": "The shelf",
            "story": "شكرًا على الخبز",
            "reason": "الزملاء",
            "one_thing": "الورديات",
        }
        assert box.leaves["story"] == "NO_NAMES"
        assert sealed_with_others(wave) == [box.answers] * wave.threshold


class TestWithoutScripts:
    SHEET: Sheet = STATEMENTS | {
        "place": "2",
        "hours": "38",
        "broken": ["0"],
        "heat": "1",
        "nights": "4",
        "recommend": "cant_say",
    }

    def test_forgets_what_is_hidden_after_second_thoughts(
        self, wave: Wave, respondent: Respondent
    ) -> None:
        page, hand = respondent(javascript=False), Pointing()
        page.set_viewport_size(NARROW)  # type: ignore[arg-type]
        chosen = drawn_on(page, wave)
        while "heat" not in names_on(page):
            hand.fill_in(page, self.SHEET)
            hand.press(page, ONWARD)
        hand.fill_in(page, self.SHEET)
        while page.locator(BACK).count():
            hand.press(page, BACK)
        hand.fill_in(page, {"place": "9", "place.other": "At home"})
        told = finish(page, hand, {}, look=find_cuts)

        box = stored(wave)
        assert "too hot" not in told
        assert box.answers == dict.fromkeys(["agree_1", "agree_2", *chosen], 4) | {
            "place": 9,
            "hours": 38,
            "broken": [0],
        }
        assert box.texts == {"place.other": "At home"}


class TestNarrow:
    SHEET: Sheet = TestByKeysAlone.SHEET | {"place": "2", "heat": "2", "nights": "31"}

    def test_reads_from_the_right(self, wave: Wave, respondent: Respondent) -> None:
        page, hand = respondent(language="ar"), Pointing()
        page.set_viewport_size(NARROW)  # type: ignore[arg-type]
        assert find_faults(page) == []
        assert page.locator("html").get_attribute("dir") == "rtl"

        hand.press(page, ONWARD)
        expect(page.get_by_role("alert")).to_be_visible()
        told = finish(page, hand, self.SHEET)

        assert "هل الحرارة شديدة هناك؟" in told
        assert "هل شكرك زبون؟" not in told
        assert stored(wave).answers["nights"] == 31


class TestDrawnItems:
    def test_cannot_be_swapped(self, wave: Wave, client: Client) -> None:
        address = f"/r/{tokens_of(wave)[0]}/"
        state = state_of(client.get(address).content.decode())
        chosen = drawn(wave, state)
        other = next(code for code in POOL if code not in chosen)
        page = client.post(address, {STATE_FIELD: state, "place": "9"}).content.decode()

        answer = client.post(address, {STATE_FIELD: state_of(page), other: "5"})

        assert all(code in page for code in chosen)
        assert answer.status_code == 422
