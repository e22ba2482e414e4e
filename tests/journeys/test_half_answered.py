"""Half an answer: kept in the window of a person's own device, and nowhere on shared ones."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from survey.responses.models import Intake
from tests.answering.asking import Ask
from tests.factories.collectors import link_of, make_kiosks, make_links
from tests.journeys import pages
from tests.journeys.test_every_kind import go_on, questionnaire

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def kept(page: Page) -> int:
    """Return how much the window keeps."""
    return int(page.evaluate("sessionStorage.length + localStorage.length"))


class TestDraft:
    def test_comes_back_and_goes_when_it_is_sent(
        self, ask: Ask, browser: Browser, live_server: LiveServer
    ) -> None:
        asked = ask()
        page = pages.open_page(browser)
        page.goto(live_server.url + asked.url)
        page.locator("input[name='fair']").nth(1).check()
        page.locator("textarea[name='story']").fill("Warm bread")

        page.goto(live_server.url + asked.url)
        expect(page.locator("textarea[name='story']")).to_have_value("Warm bread")
        expect(page.locator("input[name='fair']").nth(1)).to_be_checked()
        assert asked.token not in page.evaluate("JSON.stringify(sessionStorage)")

        page.get_by_role("button", name=re.compile("^Send")).click()
        expect(page.locator("h1")).to_contain_text("Thank you.")
        page.wait_for_function("sessionStorage.length === 0")
        assert Intake.objects.count() == 1

    def test_yields_to_what_a_letter_has_chosen(
        self, ask: Ask, browser: Browser, live_server: LiveServer
    ) -> None:
        asked = ask()
        page = pages.open_page(browser)
        page.goto(live_server.url + asked.url)
        page.locator("input[name='fair'][value='1']").check()

        page.goto(f"{live_server.url}{asked.url}?a=3")

        expect(page.locator("input[name='fair'][value='3']")).to_be_checked()

    def test_spans_the_parts(self, ask: Ask, browser: Browser, live_server: LiveServer) -> None:
        asked = ask(questionnaire=questionnaire())
        page = pages.open_page(browser)
        page.goto(live_server.url + asked.url)
        page.locator("input[name='i1'][value='2']").check()
        go_on(page)
        second = page.locator("fieldset[data-question] input[type=radio]").first
        name = second.get_attribute("name")
        second.check()

        page.goto(live_server.url + asked.url)
        expect(page.locator("input[name='i1'][value='2']")).to_be_checked()
        go_on(page)
        expect(page.locator(f"input[name='{name}']").first).to_be_checked()

    def test_is_kept_on_no_shared_device(self, browser: Browser, live_server: LiveServer) -> None:
        now = timezone.now()
        wave = make_links(now=now - timedelta(minutes=1))
        make_kiosks(wave, now=now)
        wall, counter = (link_of(wave, "north", kind).code for kind in ("QR", "KIOSK"))
        page = pages.open_page(browser)

        for path in (f"{wall}/", f"{counter}/kiosk/", f"{wall}/widget/"):
            page.goto(f"{live_server.url}/o/{path}")
            page.locator("label.opt").first.click()
            expect(page.locator("input:checked")).to_have_count(1)
            assert kept(page) == 0


class TestLanguage:
    @pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "plain"])
    def test_changes_in_every_part_without_losing_an_answer(
        self, javascript: bool, ask: Ask, browser: Browser, live_server: LiveServer
    ) -> None:
        asked = ask(questionnaire=questionnaire())
        page = pages.open_page(browser, javascript=javascript)
        page.goto(live_server.url + asked.url)
        page.locator("input[name='i1'][value='2']").check()
        page.get_by_role("button", name="Deutsch").click()
        expect(page.locator("html")).to_have_attribute("lang", "de")
        expect(page.locator("input[name='i1'][value='2']")).to_be_checked()

        go_on(page)
        page.locator("fieldset[data-question] input[type=radio]").first.check()
        page.get_by_role("button", name="العربيّة").click()
        expect(page.locator("html")).to_have_attribute("dir", "rtl")
        expect(page.locator("fieldset[data-question] input[type=radio]").first).to_be_checked()
        assert pages.violations(page) == [] if javascript else True
