"""Letters as mail programs show them: on a desk or a phone, light or dark, from either side."""

from dataclasses import replace

import pytest
from playwright.sync_api import Browser, Page

from survey.letters.composing import FirstItem, FirstOption, LetterFacts, render_letter
from survey.letters.models import Letter
from tests.factories.letters import LetterFactory
from tests.journeys import pages

pytestmark = pytest.mark.journey
NARROW = {"width": 320, "height": 640}
SMALLEST_TARGET = 44  # pixels, for a finger
ADDRESS = f"https://hearthline.example/r/{'Ab-_12' * 8}/"
FACTS = LetterFacts(
    recipient_name="Sam Whitlock",
    answer_url=ADDRESS,
    stop_url="https://hearthline.example/stop/Cd34/",
    minutes=2,
    who_sees="Nobody sees your own answers.",
    hears_back="Results are made once, after 11 December 2026.",
    why_you="You get this because everybody in Bakery is asked.",
    until="You can answer until 11 December 2026.",
)
FIRST = FirstItem(
    question="I am treated fairly here.",
    options=tuple(
        FirstOption(label, f"{ADDRESS}?a={value}")
        for value, label in enumerate(("Disagree", "Neither", "Agree", "I can’t say"))
    ),
    language="en",
)
ARABIC = replace(
    FIRST,
    question="أُعامَل هنا بإنصاف.",
    options=(FirstOption("أوافق تمامًا", ADDRESS), FirstOption("لا أوافق", ADDRESS)),
    language="ar",
)


def letter_in(language: str) -> Letter:
    body = "مرحبًا بكم.\n\nكيف العمل؟" if language == "ar" else "How is work?\n\nI read it all."
    return LetterFactory.build(language=language, body=body)


@pytest.fixture(params=[("en", FIRST), ("en", None), ("ar", ARABIC)], ids=["first", "bare", "ar"])
def letter(request: pytest.FixtureRequest, browser: Browser) -> Page:
    language, item = request.param
    page = pages.open_page(browser)
    facts = replace(FACTS, first_item=item)
    page.set_content(render_letter(letter=letter_in(language), facts=facts).html)
    return page


class TestLetter:
    def test_can_be_read_by_everybody(self, letter: Page) -> None:
        assert pages.violations(letter) == []

    def test_fits_on_a_narrow_screen(self, letter: Page) -> None:
        letter.set_viewport_size(NARROW)

        assert not pages.overflows(letter)

    def test_has_answers_for_fingers(self, letter: Page) -> None:
        boxes = [one.bounding_box() for one in letter.locator(".box, .big").all()]

        assert boxes
        assert all(box and box["height"] >= SMALLEST_TARGET for box in boxes)

    def test_is_dark_where_its_reader_wants_it_dark(self, letter: Page) -> None:
        shade = "getComputedStyle(document.querySelector('div.sheet')).backgroundColor"
        shades = []
        for scheme in pages.SCHEMES:
            letter.emulate_media(color_scheme=scheme)
            shades.append(letter.evaluate(shade))

        assert shades == ["rgb(255, 255, 255)", "rgb(20, 23, 29)"]


class TestChecks:
    def test_find_what_cannot_be_read(self, browser: Browser) -> None:
        """The check must be able to fail."""
        page = pages.open_page(browser)
        html = render_letter(letter=letter_in("en"), facts=FACTS).html
        page.set_content(html.replace("color:#4A5160", "color:#B5B9C0"))

        assert any("color-contrast" in one for one in pages.violations(page))
