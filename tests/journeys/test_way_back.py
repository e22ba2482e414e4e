"""Somebody writes, keeps the link, is answered by name, and answers unnamed."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from survey.accounts.models import Role, User
from survey.campaigns.models import Wave
from survey.campaigns.services import close_wave
from survey.questionnaires.answers import ReadAnswers
from survey.responses.services import seal_wave, submit_response
from tests.cast import make_user
from tests.dashboards.released import release
from tests.factories.campaigns import make_campaign, make_open_wave, make_teams, tokens_of
from tests.journeys import pages

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
N_PEOPLE = 12
STORY = "On late shift there is nobody to ask. <Jo> is gone & so is the key."
REPLY = "You are right. Which evenings are the worst?"
ANSWER = "Thursdays, from eight on."
PICTURES = os.environ.get("HEARTHLINE_PICTURES", "")  # a folder, for whoever wants to look


@pytest.fixture
def wave(db: None, live_server: LiveServer, settings: Settings) -> Wave:
    """Bakery is asked; all but one have answered, with words of their own."""
    settings.BASE_URL = live_server.url
    now = timezone.now() - timedelta(minutes=1)
    teams = make_teams(
        {"company": None, "bakery": "company", "garden": "company"}, {"bakery": N_PEOPLE}
    )
    make_user("bob", Role.TEAM_LEAD, teams["bakery"])
    make_user("charlie", Role.TEAM_LEAD, teams["garden"])
    wave = make_open_wave(make_campaign(teams["company"], code="pulse"), now=now)
    for token in tokens_of(wave)[1:]:
        answers = dict.fromkeys(("pulse_1", "pulse_2", "pulse_3"), 2)
        read = ReadAnswers(answers, {"pulse_story": "Fine."}, {"pulse_story": "AS_TOLD"}, ())
        submit_response(token=token, answers=read, now=timezone.now())
    return wave


def log_in(browser: Browser, server: LiveServer, name: str, *, is_phone: bool = False) -> Page:
    page = pages.open_page(browser, is_phone=is_phone)
    pages.log_in(page, User.objects.get(email=f"{name}@example.org"), server)
    return page


def look(page: Page, name: str) -> None:
    """Hold the page to what every page keeps to, on a desk and on a phone."""
    wide = page.viewport_size
    for device, size in (("desk", pages.DESK), ("phone", pages.PHONE)):
        page.set_viewport_size({"width": size["width"], "height": size["height"]})
        assert pages.violations(page) == []
        assert not pages.overflows(page)
        for scheme in pages.SCHEMES if PICTURES else ():
            page.emulate_media(color_scheme=scheme)
            file = Path(PICTURES) / f"way-back-{name}-{device}-{scheme}.png"
            page.screenshot(path=file, full_page=True)
    page.emulate_media(color_scheme="light")
    if wide is not None:
        page.set_viewport_size(wide)


def press(page: Page, name: str) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name=name).first.click()


def follow_story(page: Page) -> None:
    """Go from the words page to the talk about the story."""
    with page.expect_navigation():
        told = page.locator("blockquote", has_text=STORY)
        told.get_by_role("link", name="Answer").click()


def send_words(page: Page) -> str:
    """Answer everything, tell a story, and return the link that the thanks show."""
    for code in ("pulse_1", "pulse_2", "pulse_3"):
        page.locator(f"input[name='{code}']").nth(1).check()
    page.locator("textarea[name='pulse_story']").fill(STORY)
    page.locator("input[name='pulse_story.leave'][value='AS_TOLD']").check()
    with page.expect_navigation():
        page.locator("#answers button[type='submit']").first.click()
    look(page, "thanks")
    link = page.locator(".way-back a").inner_text()
    page.reload()
    assert page.locator(".way-back").count() == 0
    return link


def open_words(browser: Browser, server: LiveServer, name: str) -> Page:
    page = log_in(browser, server, name)
    page.goto(f"{server.url}/dashboards/teams/bakery/words/")
    return page


def seal_and_release(wave: Wave) -> None:
    now = timezone.now()
    close_wave(wave_id=wave.pk, now=now)
    seal_wave(wave_id=wave.pk, now=now)
    wave.refresh_from_db()
    release(wave)


class TestWayBack:
    def test_leads_to_an_answer_and_back_on_the_next_day(
        self,
        wave: Wave,
        browser: Browser,
        live_server: LiveServer,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        writer = pages.open_page(browser)
        writer.goto(f"{live_server.url}/r/{tokens_of(wave)[0]}/")
        link = send_words(writer)
        writer.goto(link)
        expect(writer.locator("h1")).to_have_text("Nobody has read your words yet")
        look(writer, "sealed")
        seal_and_release(wave)

        lead = open_words(browser, live_server, "bob")
        self._write_back(lead)
        self._answer(writer, link)

        lead.reload()
        assert lead.get_by_text(ANSWER).count() == 0
        later = timezone.now() + timedelta(days=1)
        monkeypatch.setattr(timezone, "now", lambda: later)
        lead = open_words(browser, live_server, "bob")
        follow_story(lead)
        expect(lead.get_by_text(ANSWER)).to_be_visible()
        look(lead, "answered")

        other = log_in(browser, live_server, "charlie")
        found = other.request.get(lead.url)
        assert (found.status, STORY[:20] in found.text()) == (404, False)

    def _write_back(self, lead: Page) -> None:
        look(lead, "words")
        follow_story(lead)
        press(lead, "Thank you for telling us.")
        lead.locator("#text").fill(REPLY)
        press(lead, "Send this answer")
        expect(lead.get_by_text(REPLY)).to_be_visible()
        look(lead, "talk")

    def _answer(self, writer: Page, link: str) -> None:
        writer.goto(link)
        expect(writer.get_by_text(REPLY)).to_be_visible()
        expect(writer.get_by_text("Bob, leads Bakery").first).to_be_visible()
        writer.locator("textarea").fill(ANSWER)
        press(writer, "Send this answer")
        expect(writer.get_by_text(ANSWER)).to_be_visible()
        look(writer, "writer")
        writer.goto(f"{link}?lang=en&reveal=pulse_story")
        look(writer, "reveal")
