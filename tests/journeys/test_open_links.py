"""Answering without an invitation: a phone before a code, and a tablet on the counter."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from survey.accounts.models import User
from survey.campaigns.models import Wave
from survey.questionnaires.models import Questionnaire
from survey.questionnaires.selectors import forget_content
from survey.responses.models import Intake
from tests.factories.collectors import PIN, link_of, make_kiosks, make_links
from tests.journeys import pages

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
TABLET = {"width": 1024, "height": 768}


@pytest.fixture
def wave(live_server: LiveServer, settings: Settings) -> Iterator[Wave]:
    settings.BASE_URL = live_server.url
    now = timezone.now()
    wave = make_links(now=now - timedelta(minutes=1))
    make_kiosks(wave, now=now)
    yield wave
    for questionnaire_id in Questionnaire.objects.values_list("pk", flat=True):
        forget_content(questionnaire_id=questionnaire_id)


@pytest.fixture
def tablet(browser: Browser, wave: Wave, live_server: LiveServer) -> Page:
    page = pages.open_page(browser)
    page.set_viewport_size(TABLET)  # type: ignore[arg-type]
    page.goto(f"{live_server.url}/o/{link_of(wave, 'north', 'KIOSK').code}/kiosk/")
    return page


def is_fine(page: Page) -> None:
    assert pages.violations(page) == []
    assert not pages.overflows(page)


def go_on(page: Page, number: int) -> None:
    """Press Next, and wait for the question after it."""
    page.get_by_role("button", name="Next").click()
    expect(page.locator(f"#q{number}-set")).to_be_visible()


def answer_at_the_tablet(page: Page) -> None:
    for number in range(3):
        page.locator("fieldset:visible label.opt").nth(number).click()
        go_on(page, number + 2)
    page.locator("textarea:visible").fill("Warm bread")


class TestCodeOnTheWall:
    @pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "plain"])
    def test_is_answered_on_a_phone(
        self, browser: Browser, wave: Wave, live_server: LiveServer, javascript: bool
    ) -> None:
        phone = pages.open_page(browser, javascript=javascript)
        phone.goto(f"{live_server.url}/o/{link_of(wave, 'north').code}/")
        if javascript:
            is_fine(phone)

        for question in phone.locator("fieldset[data-question]:has(input[type=radio])").all():
            question.locator("label.opt").first.click()
        phone.get_by_role("button", name=re.compile("^Send")).click()

        expect(phone.locator("h1")).to_contain_text("Thank you.")
        assert Intake.objects.count() == 1
        assert phone.context.cookies() == []
        if javascript:
            is_fine(phone)


class TestTablet:
    def test_asks_one_question_at_a_time_and_leaves_nothing_behind(self, tablet: Page) -> None:
        assert tablet.locator("fieldset[data-question]:visible").count() == 1
        is_fine(tablet)
        boxes = [one.bounding_box() for one in tablet.locator(".opt:visible, .btn:visible").all()]
        assert min(box["height"] for box in boxes if box) >= 64

        answer_at_the_tablet(tablet)
        is_fine(tablet)
        before = tablet.evaluate("history.length")
        tablet.get_by_role("button", name=re.compile("^Send")).click()
        expect(tablet.locator("h1")).to_contain_text("Thank you.")
        is_fine(tablet)
        tablet.wait_for_url("**/kiosk/", timeout=8_000)

        assert tablet.evaluate("history.length") == before
        assert tablet.locator("input:checked").count() == 0
        assert Intake.objects.count() == 1

    def test_starts_over_when_nobody_touches_it(
        self, browser: Browser, wave: Wave, live_server: LiveServer
    ) -> None:
        page = pages.open_page(browser, is_lent=False)  # its clock cannot be put right again
        page.clock.install()
        page.goto(f"{live_server.url}/o/{link_of(wave, 'north', 'KIOSK').code}/kiosk/")
        page.locator("fieldset:visible label.opt").first.click()
        page.get_by_role("button", name="Next").click()
        page.get_by_role("button", name="Back").wait_for()

        page.clock.run_for(9_000)
        expect(page.locator("[data-warning]")).to_be_hidden()
        page.clock.run_for(4_000)
        expect(page.locator("[data-warning]")).to_contain_text("Still there?")
        is_fine(page)
        page.keyboard.press("Tab")  # somebody is still there
        expect(page.locator("[data-warning]")).to_be_hidden()
        page.clock.run_for(18_000)
        expect(page.locator("button[name='form.back']")).to_be_visible()
        page.clock.run_for(3_000)
        page.wait_for_function("document.querySelectorAll('input:checked').length === 0")
        expect(page.locator("button[name='form.back']")).to_have_count(0)
        assert not Intake.objects.exists()

    def test_stays_as_it_is_while_nobody_has_begun(
        self, browser: Browser, wave: Wave, live_server: LiveServer
    ) -> None:
        page = pages.open_page(browser, is_lent=False)  # its clock cannot be put right again
        page.clock.install()
        page.goto(f"{live_server.url}/o/{link_of(wave, 'north', 'KIOSK').code}/kiosk/")
        nonce = page.locator("[name='open.nonce']").input_value()

        page.clock.run_for(120_000)
        assert page.locator("[name='open.nonce']").input_value() == nonce
        page.clock.run_for(1_800_000)
        page.wait_for_function(
            f"document.querySelector('[name=\"open.nonce\"]').value !== '{nonce}'"
        )

    def test_shows_what_the_server_does_not_take(self, tablet: Page) -> None:
        for number in (2, 3, 4):
            go_on(tablet, number)
        tablet.get_by_role("button", name=re.compile("^Send")).click()

        expect(tablet.locator("[role=alert]")).to_be_visible()
        is_fine(tablet)
        assert not Intake.objects.exists()

    def test_says_that_the_network_is_away_and_keeps_the_answers(self, tablet: Page) -> None:
        answer_at_the_tablet(tablet)
        tablet.context.set_offline(True)
        tablet.get_by_role("button", name=re.compile("^Send")).click()
        expect(tablet.locator("[data-unsent]")).to_be_visible()

        tablet.context.set_offline(False)
        tablet.get_by_role("button", name=re.compile("^Send")).click()
        expect(tablet.locator("h1")).to_contain_text("Thank you.")
        assert Intake.objects.count() == 1

    def test_lets_staff_leave_with_the_pin(self, tablet: Page) -> None:
        pages.follow(tablet.get_by_role("link", name="For staff: leave this page"))
        is_fine(tablet)
        tablet.get_by_label("PIN of this tablet").fill("0000")
        tablet.get_by_role("button", name="Leave").click()
        expect(tablet.locator("[role=alert]")).to_be_visible()
        is_fine(tablet)
        tablet.get_by_label("PIN of this tablet").fill(PIN)
        tablet.get_by_role("button", name="Leave").click()

        expect(tablet.locator("h1")).to_have_text("The tablet is yours")
        is_fine(tablet)


class TestConsole:
    @pytest.mark.parametrize("is_phone", [False, True], ids=["desk", "phone"])
    def test_shows_every_page_to_everybody(
        self, browser: Browser, wave: Wave, alice: User, live_server: LiveServer, is_phone: bool
    ) -> None:
        page = pages.open_page(browser, is_phone=is_phone)
        pages.log_in(page, alice, live_server)
        home = f"{live_server.url}/console/collectors/"

        for address in (
            "",
            "new/",
            f"{wave.pk}/",
            f"codes/{link_of(wave, 'north').code}/site/",
            f"{wave.pk}/print/",
            f"{wave.pk}/print/?size=a6",
        ):
            page.goto(home + address)
            is_fine(page)
        assert page.locator(".sheet img").evaluate_all("all => all.every(one => one.naturalWidth)")

    def test_prints_one_team_on_a_page(
        self, browser: Browser, wave: Wave, alice: User, live_server: LiveServer
    ) -> None:
        page = pages.open_page(browser)
        pages.log_in(page, alice, live_server)

        for size, paper in (("a4", b"594"), ("a6", b"298")):
            page.goto(f"{live_server.url}/console/collectors/{wave.pk}/print/?size={size}")
            paged = page.pdf(prefer_css_page_size=True)
            assert len(re.findall(rb"/Type\s*/Page\b", paged)) == 2
            assert re.search(rb"/MediaBox \[0 0 " + paper, paged)
