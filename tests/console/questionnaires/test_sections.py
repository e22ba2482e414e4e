from django.test import Client

from survey.questionnaires.models import Questionnaire, Section
from survey.questionnaires.services import add_section, place_item
from tests.console.questionnaires.drafts import SIX


def page(draft: Questionnaire, end: str) -> str:
    return f"/console/questionnaires/{draft.pk}/sections/{end}/"


class TestNewSection:
    def test_stands_at_the_end(self, hr: Client, six_items: Questionnaire) -> None:
        Questionnaire.objects.filter(pk=six_items.pk).update(languages=["en", "ar"])

        hr.post(page(six_items, "new"), {"text_en": "Pay", "text_ar": "الأجر"})

        section = Section.objects.get(questionnaire=six_items)
        assert section.texts == {"en": "Pay", "ar": "الأجر"}

    def test_needs_no_heading(self, hr: Client, six_items: Questionnaire) -> None:
        hr.post(page(six_items, "new"), {})

        assert Section.objects.get(questionnaire=six_items).texts == {}

    def test_holds_no_character_that_cannot_be_shown(
        self, hr: Client, six_items: Questionnaire
    ) -> None:
        answer = hr.post(page(six_items, "new"), {"text_en": "A bell \x07"})

        assert answer.status_code == 422
        assert not Section.objects.filter(questionnaire=six_items).exists()


class TestSection:
    def test_is_asked_only_where_its_condition_holds(
        self, hr: Client, six_items: Questionnaire
    ) -> None:
        add_section(questionnaire_id=six_items.pk, code="pay", texts={"en": "Pay"})
        filled = {
            "text_en": "Your pay",
            "when-subject_0": f"item:{SIX[0]}",
            "when-op_0": "=",
            "when-value_0": "Agree",
        }

        hr.post(page(six_items, "pay/change"), filled)

        section = Section.objects.get(questionnaire=six_items)
        assert section.texts == {"en": "Your pay"}
        assert section.shown_when == {"item": SIX[0], "op": "=", "value": 4}

    def test_hangs_on_nothing_inside_or_after_it(
        self, hr: Client, six_items: Questionnaire
    ) -> None:
        add_section(questionnaire_id=six_items.pk, code="pay", texts={"en": "Pay"})
        for code in SIX[3:]:
            place_item(
                questionnaire_id=six_items.pk,
                code=code,
                is_required=False,
                shown_when=None,
                section_code="pay",
            )

        shown = hr.get(page(six_items, "pay/change")).text

        assert f'value="item:{SIX[2]}"' in shown
        assert f'value="item:{SIX[3]}"' not in shown

    def test_says_what_cannot_be_compared(self, hr: Client, six_items: Questionnaire) -> None:
        add_section(questionnaire_id=six_items.pk, code="pay", texts={"en": "Pay"})
        filled = {"when-subject_0": f"item:{SIX[0]}", "when-op_0": "=", "when-value_0": "Maybe"}

        answer = hr.post(page(six_items, "pay/change"), filled)

        assert answer.status_code == 422
        assert "is none of its answers" in answer.text

    def test_of_another_draft_is_not_found(self, hr: Client, six_items: Questionnaire) -> None:
        assert hr.get(page(six_items, "gone/change")).status_code == 404
