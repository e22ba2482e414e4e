"""Tests of drawing questions: kept while untouched, never once somebody has answered."""

import re
from typing import Any

import pytest
from django.template.loader import render_to_string

from survey.questionnaires.content import OptionContent, SectionContent
from survey.questionnaires.models import ItemKind
from survey.questionnaires.pages import Page, build_page
from survey.questionnaires.routing import Circumstances
from survey.questionnaires.templatetags.questions import MOST_KEPT, draw_kept
from tests.factories.questionnaires import item_content, questionnaire_content

OF_SOMEBODY = Circumstances(facts={"date": "a day in May", "channel": "telephone"})


def draw(page: Page) -> str:
    return render_to_string("components/questionnaire.html", {"page": page})


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    draw_kept.cache_clear()


@pytest.fixture
def content():  # type: ignore[no-untyped-def]
    items = [item_content("fair"), item_content("story", kind=ItemKind.TEXT, max_length=1500)]
    return questionnaire_content(*items)


class TestShowQuestion:
    def test_draws_a_kept_question_as_it_drew_it_first(self, content) -> None:  # type: ignore[no-untyped-def]
        first = draw(build_page(content, "en"))
        assert draw(build_page(content, "en")) == first
        assert "How is fair?" in first
        assert draw_kept.cache_info().hits == 2

    def test_draws_it_as_the_template_does(self, content) -> None:  # type: ignore[no-untyped-def]
        page = build_page(content, "en")
        direct = [
            render_to_string("components/question.html", {"question": question, "page": page})
            for question in page.questions
        ]
        assert all(question in draw(page) for question in direct)

    def test_names_the_field_of_own_words_for_everybody_to_see(self) -> None:
        options = (
            OptionContent(1, None, {"en": "Bread"}),
            OptionContent(2, None, {"en": "Something else"}, is_other=True),
        )
        page = build_page(questionnaire_content(item_content("eat", options=options)), "en")

        drawn = draw(page)

        field = re.search(r'<input type="text" id="([^"]+)" name="eat.other"[^>]*>', drawn)
        assert field is not None
        assert "aria-label" not in field[0]
        assert f'<label class="small" for="{field[1]}">In your own words</label>' in drawn

    @pytest.mark.parametrize(
        "values", [{"fair": "2"}, {"story": "my own words"}, {"fair": "no such option"}]
    )
    def test_keeps_nothing_that_somebody_has_sent(self, content, values) -> None:  # type: ignore[no-untyped-def]
        draw(build_page(content, "en", values=values))
        assert draw_kept.cache_info().currsize == 0

    def test_keeps_nothing_that_was_picked_in_a_letter(self, content) -> None:  # type: ignore[no-untyped-def]
        drawn = draw(build_page(content, "en", preselected="2"))
        assert "checked" in drawn
        assert draw_kept.cache_info().currsize == 0

    @pytest.mark.parametrize(
        "changes",
        [
            {"texts": {"en": "How was {{fact:date}} at {{fact:channel}}?"}},
            {"hints": {"en": "You came by {{ fact:channel }}."}},
            {"options": (OptionContent(1, 1, {"en": "{{fact:date}}"}),)},
        ],
    )
    def test_keeps_nothing_that_is_known_of_somebody(self, changes: dict[str, Any]) -> None:
        items = [item_content("visit", **changes), item_content("fair")]
        drawn = draw(build_page(questionnaire_content(*items), "en", circumstances=OF_SOMEBODY))

        assert any(told in drawn for told in OF_SOMEBODY.facts.values())
        assert draw_kept.cache_info().currsize == 1  # the other question

    def test_keeps_no_heading_that_is_filled_in(self) -> None:
        section = SectionContent("visit", {"en": "Your visit: {{fact:channel}}"})
        item = item_content("fair", section="visit")
        content = questionnaire_content(item, sections=(section,))

        assert "telephone" in draw(build_page(content, "en", circumstances=OF_SOMEBODY))
        assert draw_kept.cache_info().currsize == 0

    def test_keeps_only_so_many(self) -> None:
        assert draw_kept.cache_info().maxsize == MOST_KEPT
