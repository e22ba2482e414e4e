import html
from typing import Any

import pytest
from django.test import Client

from survey.console.questionnaires.items import list_hints
from survey.questionnaires.exporting import export_document
from survey.questionnaires.models import Item, Questionnaire, QuestionnaireItem
from survey.questionnaires.selectors import get_content
from survey.questionnaires.services import add_section
from tests.console.questionnaires.drafts import SIX, codes_of

YES_NO = {
    "option-0-value": "1",
    "option-0-text_en": "Yes",
    "option-0-score": "1",
    "option-1-value": "2",
    "option-1-text_en": "No",
    "option-1-score": "0",
}


def address(draft: Questionnaire, end: str) -> str:
    return f"/console/questionnaires/{draft.pk}/questions/{end}/"


def fields_of(client: Client, page: str) -> dict[str, Any]:
    """Return a question's form as it stands, as a browser would send it."""
    editor = client.get(page).context["editor"]
    data = {"do": "save"}
    for form in (editor.form, editor.condition, *editor.options.forms):
        for name in form.fields:
            value = form[name].value()
            if value is not None and value is not False and value != "":
                data[form.add_prefix(name)] = "on" if value is True else str(value)
    return data


class TestChange:
    def test_saves_nothing_new_where_nothing_changed(
        self, hr: Client, six_items: Questionnaire
    ) -> None:
        page = address(six_items, f"{SIX[0]}/change")

        answer = hr.post(page, fields_of(hr, page), follow=True)

        assert "Saved." in answer.text
        assert Item.objects.filter(code=SIX[0]).count() == 1

    def test_says_before_and_after_that_the_trend_breaks(
        self, hr: Client, six_items: Questionnaire
    ) -> None:
        page = address(six_items, f"{SIX[0]}/change")
        assert "makes version 2 of the wording" in hr.get(page).text

        filled = fields_of(hr, page) | {"text_en": "I am treated fairly."}
        answer = hr.post(page, filled, follow=True)

        assert "Saved as version 2 of the wording: its trend starts again." in answer.text
        assert get_content(questionnaire_id=six_items.pk).item(SIX[0]).version == 2

    def test_places_the_question(self, hr: Client, six_items: Questionnaire) -> None:
        add_section(questionnaire_id=six_items.pk, code="pay", texts={"en": "Pay"})
        page = address(six_items, f"{SIX[1]}/change")
        filled = fields_of(hr, page) | {
            "section": "pay",
            "is_required": "on",
            "when-subject_0": f"item:{SIX[0]}",
            "when-op_0": "<",
            "when-value_0": "Agree",
        }

        hr.post(page, filled)

        item = get_content(questionnaire_id=six_items.pk).item(SIX[1])
        assert (item.section, item.is_required) == ("pay", True)
        assert item.shown_when == {"item": SIX[0], "op": "<", "value": 4}
        assert codes_of(six_items)[-1] == SIX[1]

    def test_is_not_there_for_a_question_that_is_not_asked(
        self, hr: Client, six_items: Questionnaire
    ) -> None:
        assert hr.get(address(six_items, "story/change")).status_code == 404

    def test_offers_no_condition_on_what_is_asked_later(
        self, hr: Client, six_items: Questionnaire
    ) -> None:
        shown = hr.get(address(six_items, f"{SIX[1]}/change")).text

        assert f'value="item:{SIX[0]}"' in shown
        assert f'value="item:{SIX[2]}"' not in shown

    def test_adds_rows_without_saving(self, hr: Client, six_items: Questionnaire) -> None:
        page = address(six_items, f"{SIX[0]}/change")
        filled = fields_of(hr, page) | {"text_en": "Half a thought", "do": "add"}

        answer = hr.post(page, filled)

        assert answer.status_code == 200
        assert "option-5-text_en" in answer.text
        assert "Half a thought" in answer.text
        assert get_content(questionnaire_id=six_items.pk).item(SIX[0]).version == 1


class TestListHints:
    def test_tells_what_is_wrong_with_this_question_in_any_language(
        self, hr: Client, six_items: Questionnaire
    ) -> None:
        Questionnaire.objects.filter(pk=six_items.pk).update(languages=["en", "es"])
        text = {"text_en": "My rota is fair.", "text_es": "Mi turno es justo y llega a tiempo."}
        page = address(six_items, "new")
        hr.post(page, {"kind": "CHOICE", "do": "save"} | text | YES_NO)
        document = export_document(questionnaire_id=six_items.pk)

        hints = list_hints(document, document.items[-1].code)

        shown = html.unescape(hr.get(address(six_items, f"{document.items[-1].code}/change")).text)
        assert any("“y”" in hint for hint in hints)
        assert all(hint in shown for hint in hints)
        assert list_hints(document, SIX[0]) == []
        assert list_hints(document, "") == []


class TestWrite:
    def test_adds_a_question_of_ones_own(self, hr: Client, six_items: Questionnaire) -> None:
        filled = {"kind": "CHOICE", "text_en": "Do you like it?", "do": "save"} | YES_NO

        answer = hr.post(address(six_items, "new"), filled, follow=True)

        place = QuestionnaireItem.objects.filter(questionnaire=six_items).latest("position")
        assert "The question is in the list." in answer.text
        assert place.item.texts == {"en": "Do you like it?"}
        assert [option["score"] for option in place.item.options] == [1, 0]

    @pytest.mark.parametrize(
        ("kind", "fields", "settings"),
        [
            ("NUMBER", {"minimum": "0", "maximum": "10"}, {"minimum": 0, "maximum": 10}),
            ("DATE", {"maximum": "2026-12-31"}, {"maximum": "2026-12-31"}),
            ("MULTIPLE", {"max_choices": "1"} | YES_NO, {"max_choices": 1}),
            ("RANKING", {"shuffles_options": "on"} | YES_NO, {"shuffles_options": True}),
            ("LINE", {}, {}),
            ("NOTE", {}, {}),
            ("TEXT", {}, {}),
            ("RATING", {}, {}),
        ],
    )
    def test_takes_every_kind(
        self,
        hr: Client,
        six_items: Questionnaire,
        kind: str,
        fields: dict[str, str],
        settings: dict[str, Any],
    ) -> None:
        filled = {"kind": kind, "text_en": f"A {kind} of it", "do": "save"} | fields

        assert hr.post(address(six_items, "new"), filled).status_code == 302

        item = QuestionnaireItem.objects.filter(questionnaire=six_items).latest("position").item
        assert (item.kind, item.settings) == (kind, settings)

    def test_comes_into_the_last_section_unless_told_otherwise(
        self, hr: Client, six_items: Questionnaire
    ) -> None:
        add_section(questionnaire_id=six_items.pk, code="pay", texts={"en": "Pay"})
        page = address(six_items, "new")
        assert '<option value="pay" selected>' in hr.get(page).text

        for section in ("pay", ""):
            text = {"text_en": f"In {section or 'none'}", "section": section}
            hr.post(page, {"kind": "LINE", "do": "save"} | text)

        items = get_content(questionnaire_id=six_items.pk).items
        assert [(item.texts["en"], item.section) for item in items[6:]] == [
            ("In none", ""),
            ("In pay", "pay"),
        ]

    def test_comes_before_all_sections_where_told_so(
        self, hr: Client, six_items: Questionnaire
    ) -> None:
        add_section(questionnaire_id=six_items.pk, code="pay", texts={"en": "Pay"})
        page = address(six_items, "new")
        own = {"section": "", "text_en": "Is that all?"}

        hr.post(f"{page}?kind=LINE", fields_of(hr, f"{page}?kind=LINE") | own)

        place = QuestionnaireItem.objects.get(item__code="is_that_all")
        assert place.section is None

    def test_says_what_is_missing(self, hr: Client, six_items: Questionnaire) -> None:
        answer = hr.post(address(six_items, "new"), {"kind": "TEXT", "do": "save"})

        assert answer.status_code == 422
        assert "The question, English" in answer.text
        assert codes_of(six_items) == list(SIX)

    def test_shows_what_another_kind_needs(self, hr: Client, six_items: Questionnaire) -> None:
        answer = hr.post(address(six_items, "new"), {"kind": "NUMBER", "do": "kind"})

        assert answer.status_code == 200
        assert "The least that can be answered" in answer.text

    def test_says_what_no_document_can_hold(self, hr: Client, six_items: Questionnaire) -> None:
        filled = {"kind": "LINE", "text_en": "A bell \x07?", "do": "save"}

        answer = hr.post(address(six_items, "new"), filled)

        assert answer.status_code == 422
        assert codes_of(six_items) == list(SIX)
