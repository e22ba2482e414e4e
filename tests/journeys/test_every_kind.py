"""Thirty questions of every kind in three languages, on a phone, by keyboard, without scripts."""

import gzip
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser, Locator, Page
from pytest_django.live_server_helper import LiveServer

from survey.questionnaires.documents import (
    Document,
    DocumentItem,
    DocumentOption,
    DocumentSection,
)
from survey.questionnaires.models import Questionnaire
from survey.questionnaires.services import import_document, publish_questionnaire
from survey.responses.models import Intake
from tests.answering.asking import Ask, state_of
from tests.journeys import pages

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

LANGUAGES = ("en", "de", "ar")
LIGHTEST = 30_000  # bytes over the wire


def say(words: str) -> dict[str, str]:
    return {"en": words, "de": f"{words} (deutsch)", "ar": f"{words} (عربي)"}


def options(**flags: bool) -> tuple[DocumentOption, ...]:
    plain = tuple(DocumentOption(n, say(f"Answer {n}"), score=n) for n in (1, 2, 3))
    return (*plain, *(DocumentOption(9, say("Another"), **{name: True}) for name in flags))


RATING = (DocumentOption(0, say("never"), score=0), DocumentOption(10, say("always"), score=10))
KINDS: tuple[dict[str, Any], ...] = (
    {"kind": "NOTE"},
    {"kind": "CHOICE", "options": options(is_other=True), "is_required": True},
    {"kind": "MULTIPLE", "options": options(is_exclusive=True)},
    {"kind": "RATING", "options": RATING},
    {"kind": "RANKING", "options": options()},
    {"kind": "NUMBER", "settings": {"minimum": 0, "maximum": 99}},
    {"kind": "DATE"},
    {"kind": "LINE"},
    {"kind": "TEXT", "asks_for_playback": True},
    {"kind": "CHOICE", "options": options(), "hints": say("Of the last week")},
)


def questionnaire() -> Questionnaire:
    items = [
        DocumentItem(f"i{number}", say(f"Question {number}?"), **KINDS[number % len(KINDS)])
        for number in range(30)
    ]
    first, other = items[1].code, {"item": items[1].code, "op": "=", "value": 2}
    items[11] = replace(items[11], shown_when={"item": first, "op": "=", "value": 1})
    items[12] = replace(items[12], shown_when=other)
    items[17] = replace(items[17], texts=say("Why “{{item:i7}}” at {{fact:team}}?"))
    sections = tuple(
        DocumentSection(f"part_{at}", tuple(items[at : at + 10]), say(f"Part {at}"))
        for at in range(0, 30, 10)
    )
    document = Document("all", "Everything", "EMPLOYEE", LANGUAGES, sections)
    draft = import_document(document=document).questionnaire
    publish_questionnaire(questionnaire_id=draft.pk)
    return draft


def answer(field: Locator, page: Page) -> bool:
    """Answer the field with the focus by its keys; say whether it was the button to go on."""
    kind, name = field.get_attribute("type"), field.get_attribute("name") or ""
    value = field.get_attribute("value") or ""
    if kind == "submit":
        is_onward = not name
        if is_onward:
            with page.expect_navigation():
                page.keyboard.press("Enter")
        return is_onward
    if kind == "radio" or (kind == "checkbox" and value == "1"):
        page.keyboard.press("Space")
    elif kind == "date":
        page.keyboard.type("05012026")
    elif kind is None and "." in name:  # the place of an answer
        page.keyboard.type(name.split(".")[1])
    elif kind == "text" and not name.endswith(".other"):
        page.keyboard.type("7")
    return False


def answer_part(page: Page) -> None:
    """Go through one part with the Tab key."""
    for _ in range(80):
        page.keyboard.press("Tab")
        field = page.locator(":focus")
        if field.count() and answer(field, page):
            return
    raise AssertionError("the button to go on was never reached")


def go_on(page: Page) -> None:
    """Press the button to go on."""
    with page.expect_navigation():
        page.locator("main button[type=submit]:not([name])").click()


class TestEveryKind:
    def test_is_answered_by_keyboard_without_javascript(
        self, ask: Ask, browser: Browser, live_server: LiveServer
    ) -> None:
        asked = ask(questionnaire=questionnaire())
        page = pages.open_page(browser, javascript=False)
        page.set_viewport_size({"width": 320, "height": 640})
        page.goto(live_server.url + asked.url)
        texts = ""
        for _ in range(12):
            texts += page.locator("main").inner_text()
            answer_part(page)
            if page.url.endswith("/thanks/"):
                break

        assert page.url.endswith("/thanks/")
        assert Intake.objects.count() == 1
        assert "Why “7” at Bakery?" in texts
        assert ("Question 11?" in texts, "Question 12?" in texts) == (True, False)

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_shuts_nobody_out(
        self, language: str, ask: Ask, browser: Browser, live_server: LiveServer
    ) -> None:
        asked = ask(questionnaire=questionnaire())
        page = pages.open_page(browser)
        page.set_viewport_size({"width": 320, "height": 640})
        page.goto(f"{live_server.url}{asked.url}?lang={language}")

        for _ in range(2):
            assert not pages.overflows(page)
            assert pages.violations(page) == []
            page.locator("input[value='1']").first.check()
            go_on(page)
        go_on(page)
        assert page.locator(".errs").count() == 1
        assert pages.violations(page) == []


class TestWeight:
    def test_stays_light_and_asks_the_database_little(
        self, ask: Ask, client: Client, django_assert_max_num_queries: Any
    ) -> None:
        asked = ask(questionnaire=questionnaire())
        first = client.get(asked.url).content  # reads the questionnaire once

        with django_assert_max_num_queries(6):
            second = client.post(
                asked.url, {"form.state": state_of(first.decode()), "i1": "1"}
            ).content

        assert max(len(gzip.compress(page)) for page in (first, second)) < LIGHTEST
