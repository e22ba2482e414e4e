import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from survey.campaigns.models import Wave
from survey.questionnaires.models import Questionnaire, Section
from survey.questionnaires.services import add_section, publish_questionnaire, remove_item
from tests.console.questionnaires.drafts import SIX, codes_of


def page(draft: Questionnaire, end: str = "") -> str:
    return f"/console/questionnaires/{draft.pk}/{end}"


class TestBuilder:
    def test_shows_the_questions_beside_the_page(
        self, hr: Client, six_items: Questionnaire
    ) -> None:
        answer = hr.get(page(six_items))

        assert "6 questions, about 1 min" in answer.text
        assert f'<iframe class="phone-frame" src="{page(six_items, "preview/")}?lang=en"' in (
            answer.text
        )
        assert "frame-src 'self'" in answer.headers["Content-Security-Policy"]

    def test_shows_what_is_published_without_a_button_to_change_it(
        self, hr: Client, six_items: Questionnaire
    ) -> None:
        publish_questionnaire(questionnaire_id=six_items.pk)

        shown = hr.get(page(six_items)).text

        assert 'name="up"' not in shown
        assert "Make the next version" in shown
        assert page(six_items, "retire/") in shown

    def test_is_reached_from_the_questions_of_a_pulse(self, hr: Client, draft: Wave) -> None:
        shown = hr.get(f"/console/waves/{draft.pk}/questions/").text

        assert f'href="/console/questionnaires/{draft.questionnaire_id}/"' in shown

    def test_asks_the_database_as_often_however_many_questions_there_are(
        self,
        hr: Client,
        six_items: Questionnaire,
        django_assert_max_num_queries: DjangoAssertNumQueries,
    ) -> None:
        long = Questionnaire.objects.get(code="pulse_long")

        with django_assert_max_num_queries(24):
            hr.get(page(long))


class TestRearrange:
    def test_moves_a_question_and_keeps_the_focus_on_it(
        self, hr: Client, six_items: Questionnaire
    ) -> None:
        answer = hr.post(page(six_items, "rearrange/"), {"down": SIX[0], "lang": "en"})
        shown = hr.get(answer.headers["Location"]).text

        assert codes_of(six_items)[:2] == [SIX[1], SIX[0]]
        [focused] = re.findall(r"<button[^>]*autofocus[^>]*>", shown)
        assert f'name="down" value="{SIX[0]}"' in focused
        assert 'aria-describedby="moved"' in focused
        assert "is now question 2." in shown

    def test_focuses_the_other_button_at_the_end_of_the_list(
        self, hr: Client, six_items: Questionnaire
    ) -> None:
        answer = hr.post(page(six_items, "rearrange/"), {"up": SIX[1]})
        shown = hr.get(answer.headers["Location"]).text

        [focused] = re.findall(r"<button[^>]*autofocus[^>]*>", shown)
        assert f'name="down" value="{SIX[1]}"' in focused

    def test_takes_a_question_out(self, hr: Client, six_items: Questionnaire) -> None:
        hr.post(page(six_items, "rearrange/"), {"out": SIX[3]})

        assert SIX[3] not in codes_of(six_items)

    def test_moves_and_removes_sections(self, hr: Client, six_items: Questionnaire) -> None:
        for code in ("pay", "rota"):
            add_section(questionnaire_id=six_items.pk, code=code, texts={"en": code})

        hr.post(page(six_items, "rearrange/"), {"section_up": "rota"})
        order = Section.objects.filter(questionnaire=six_items).order_by("position")
        assert list(order.values_list("code", flat=True)) == ["rota", "pay"]

        hr.post(page(six_items, "rearrange/"), {"section_out": "rota"})
        assert list(order.values_list("code", flat=True)) == ["pay"]

    @pytest.mark.parametrize("name", ["up", "down", "out", "section_up", "section_out"])
    def test_says_when_somebody_else_was_faster(
        self, hr: Client, six_items: Questionnaire, name: str
    ) -> None:
        remove_item(questionnaire_id=six_items.pk, code=SIX[2])

        answer = hr.post(page(six_items, "rearrange/"), {name: SIX[2]}, follow=True)

        assert "not in the list any more" in answer.text

    def test_leaves_alone_what_is_published(self, hr: Client, six_items: Questionnaire) -> None:
        publish_questionnaire(questionnaire_id=six_items.pk)

        answer = hr.post(page(six_items, "rearrange/"), {"out": SIX[0]}, follow=True)

        assert codes_of(six_items) == list(SIX)
        assert "What is published never changes" in answer.text
