"""From the item bank to a published pulse: by clicks, by keys alone, and without JavaScript."""

import re
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from survey.accounts.models import User
from survey.questionnaires.models import Questionnaire
from survey.questionnaires.services import load_item_bank
from tests.journeys import pages
from tests.journeys.looking import NARROW

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

HOME = "/console/questionnaires/"
BANK = HOME + "bank/"
PAGES = (
    "", "bank/", "settings/", "try/", "copy/", "discard/", "differences/", "sections/new/",
    "questions/new/?kind=NUMBER", "questions/new/?kind=MULTIPLE", "preview/",
)  # fmt: skip
MOST_CLICKS = 8
SIX = (
    "All in all, I am treated fairly here.",
    "People like me get a fair deal here.",
    "My manager treats me with respect.",
    "I am told honestly why decisions are made.",
    "People here know me as a person.",
    "I would choose this kind of work again.",
)
FOCUSED = """() => {
    const one = document.activeElement;
    const box = one.getBoundingClientRect();
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    const top = document.elementFromPoint(x, y);
    return top === one || one.contains(top) || top?.contains(one);
}"""


@dataclass
class Recorded:
    """Clicks as a person makes them, written down."""

    page: Page
    clicks: list[str] = field(default_factory=list)

    def click(self, place: Locator) -> None:
        self.clicks.append(place.inner_text() or str(place.get_attribute("value")))
        place.click()


def check(page: Page) -> None:
    assert not pages.overflows(page)
    assert pages.violations(page) == []


def published() -> list[str]:
    """Return the wording of what has been published beside what is shipped, in order."""
    [made] = Questionnaire.objects.filter(status="PUBLISHED", code__startswith="pulse_").exclude(
        code="pulse_long"
    )
    places = made.questionnaire_items.order_by("position").values_list("item__texts", flat=True)
    return [texts["en"] for texts in places]


@pytest.fixture
def phone(browser: Browser, alice: User, live_server: LiveServer) -> Page:
    load_item_bank()
    page = pages.open_page(browser)
    pages.log_in(page, alice, live_server)
    return page


def press_until(page: Page, key: str, place: Locator) -> None:
    """Press a key until a place has the focus; what has it is never hidden behind another."""
    wanted = place.element_handle()
    for _time in range(250):
        page.keyboard.press(key)
        if wanted.evaluate("one => one === document.activeElement"):
            assert page.evaluate(FOCUSED), place
            return
    raise AssertionError(f"{key} never leads to {place}")


class TestFromTheBank:
    def test_leads_to_a_published_pulse_of_six_in_eight_clicks(
        self, phone: Page, live_server: LiveServer
    ) -> None:
        phone.goto(live_server.url + BANK)
        check(phone)
        journey = Recorded(phone)

        for text in SIX:
            journey.click(phone.locator("label.tick", has_text=text))
        expect(phone.locator("[data-ticked]")).to_have_text("Ticked: 6")
        journey.click(phone.get_by_role("button", name="Make a questionnaire"))
        expect(phone.locator("h2#questions")).to_contain_text("6 questions, about 1 min")
        check(phone)
        journey.click(phone.get_by_role("button", name="Publish"))

        expect(phone.locator("main [role=status]")).to_contain_text("Published.")
        check(phone)
        assert sorted(published()) == sorted(SIX)
        assert len(journey.clicks) <= MOST_CLICKS, journey.clicks

    def test_takes_two_clicks_for_a_whole_scale(self, phone: Page, live_server: LiveServer) -> None:
        phone.goto(live_server.url + BANK)
        journey = Recorded(phone)

        journey.click(phone.get_by_role("button", name="All 6 of “Being seen, voice, kindness”"))
        journey.click(phone.get_by_role("button", name="Publish"))

        expect(phone.locator("main [role=status]")).to_contain_text("Published.")
        assert len(published()) == 6
        assert len(journey.clicks) == 2

    @pytest.mark.parametrize("is_phone", [True, False], ids=["phone", "desk"])
    def test_needs_nothing_but_a_keyboard(
        self, browser: Browser, phone: Page, live_server: LiveServer, is_phone: bool
    ) -> None:
        if not is_phone:
            phone.set_viewport_size({"width": 1280, "height": 800})
        phone.goto(live_server.url + BANK)

        boxes = [phone.locator("label.tick", has_text=text).locator("input") for text in SIX]
        places = {box.get_attribute("value"): box for box in boxes}
        order = phone.locator("label.tick input").evaluate_all("all => all.map(one => one.value)")
        for value in [value for value in order if value in places]:
            press_until(phone, "Tab", places[value])
            phone.keyboard.press("Space")
        press_until(phone, "Tab", phone.get_by_role("button", name="Make a questionnaire"))
        phone.keyboard.press("Enter")
        phone.wait_for_url(re.compile(r"/questionnaires/\d+/$"))
        press_until(phone, "Tab", phone.get_by_role("button", name="Publish"))
        phone.keyboard.press("Enter")

        expect(phone.locator("main [role=status]")).to_contain_text("Published.")
        assert sorted(published()) == sorted(SIX)

    def test_needs_no_javascript(
        self, browser: Browser, alice: User, live_server: LiveServer
    ) -> None:
        load_item_bank()
        plain = pages.open_page(browser, javascript=False)
        pages.log_in(plain, alice, live_server)
        plain.goto(live_server.url + BANK)

        for text in SIX:
            plain.locator("label.tick", has_text=text).click()
        expect(plain.locator("[data-ticked]")).to_be_hidden()
        plain.get_by_role("button", name="Make a questionnaire").click()
        plain.get_by_role("button", name=f"Move up: {SIX[1]}").click()
        plain.get_by_role("button", name="Publish").click()

        expect(plain.locator("main [role=status]")).to_contain_text("Published.")
        assert published().index(SIX[1]) < published().index(SIX[0])


class TestBuilder:
    @pytest.fixture
    def draft(self, phone: Page, live_server: LiveServer) -> str:
        """A draft of the whole scale of being seen, open on the phone; its address."""
        phone.goto(live_server.url + BANK)
        phone.get_by_role("button", name="All 6 of “Being seen, voice, kindness”").click()
        phone.wait_for_url(re.compile(r"/questionnaires/\d+/$"))
        return phone.url

    def test_keeps_the_focus_on_what_has_moved(self, phone: Page, draft: str) -> None:
        first = phone.locator("li[id] strong").first.inner_text()
        down = phone.get_by_role("button", name=f"Move down: {first}")

        press_until(phone, "Tab", down)
        with phone.expect_navigation():
            phone.keyboard.press("Enter")

        expect(down).to_be_focused()
        expect(phone.locator("#moved")).to_contain_text("is now question 2.")
        assert down.get_attribute("aria-describedby") == "moved"
        shown = phone.frame_locator("iframe.phone-frame").locator("legend").nth(1)
        expect(shown).to_contain_text(first)

    def test_shows_the_page_itself_which_says_what_would_be_stored(
        self, phone: Page, draft: str
    ) -> None:
        frame = phone.frame_locator("iframe.phone-frame")
        frame.locator("label.opt", has_text="Strongly agree").first.click()
        frame.get_by_role("button", name="Send my answers").click()

        expect(frame.locator("h1")).to_have_text("What would be stored")
        expect(frame.locator("ol")).to_contain_text("5 (Strongly agree)")
        check(phone)

    def test_writes_a_question_of_ones_own(self, phone: Page, draft: str) -> None:
        pages.follow(phone.get_by_role("link", name="Write your own"))
        check(phone)
        phone.get_by_label("The question, English").fill("My rota is fair and on time.")
        phone.get_by_role("button", name="Add an answer").click()
        for number, text in enumerate(("Yes", "In part", "No")):
            phone.locator(f"#id_option-{number}-text_en").fill(text)
        check(phone)
        phone.get_by_role("button", name="Move answer 3 up").click()
        phone.get_by_role("button", name="Save").last.click()

        expect(phone.locator("li[id]").last).to_contain_text("One of 3 answers")
        expect(phone.locator("li[id]").last.locator(".say.warn")).to_be_visible()
        check(phone)

    def test_says_that_a_changed_word_breaks_the_trend(self, phone: Page, draft: str) -> None:
        phone.get_by_role("link", name="Change: Someone here notices").click()
        expect(phone.locator(".say.warn")).to_contain_text("makes version 2 of the wording")
        phone.get_by_label("The question, English").fill("Somebody notices my good work.")
        phone.get_by_role("button", name="Save").last.click()

        expect(phone.locator("li[id]", has_text="Somebody notices")).to_contain_text("v2")

    def test_can_be_used_by_everybody(self, phone: Page, draft: str) -> None:
        for end in PAGES:
            phone.set_viewport_size(pages.PHONE)
            phone.goto(draft + end)
            assert pages.violations(phone) == [], end
            for size in (pages.PHONE, NARROW):
                phone.set_viewport_size(size)
                assert not pages.overflows(phone), end

    def test_shows_what_is_to_be_mended_where_it_is(self, phone: Page, draft: str) -> None:
        phone.goto(draft + "settings/")
        phone.get_by_label("Languages").fill("en, ar")
        phone.get_by_role("button", name="Save").click()

        expect(phone.get_by_role("button", name="Publish")).to_be_disabled()
        expect(phone.locator("#faults h2")).to_contain_text("6 things keep it")
        phone.locator("#faults summary").click()
        check(phone)
        phone.locator("#faults a").first.click()
        expect(phone.get_by_label("The question, العربيّة")).to_be_visible()
        check(phone)

    def test_begins_and_lists(self, phone: Page, live_server: LiveServer, draft: str) -> None:
        for end in ("", "?state=RETIRED", "new/"):
            phone.goto(live_server.url + HOME + end)
            check(phone)
