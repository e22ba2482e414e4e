"""Two who change the same thing, or one who publishes meanwhile: nothing is lost unseen."""

from typing import Any

import pytest
from django import forms
from django.test import Client

from survey.console.questionnaires.conflicts import list_stored
from survey.questionnaires.models import Questionnaire, Section
from survey.questionnaires.selectors import get_content
from survey.questionnaires.services import add_section, publish_questionnaire
from tests.console.questionnaires.drafts import SIX
from tests.console.questionnaires.test_items import fields_of

CHANGED = "Something changed meanwhile; this is how things stand now."


@pytest.fixture
def asked(six_items: Questionnaire) -> str:
    """Return the address of the first question of a draft with a section."""
    add_section(questionnaire_id=six_items.pk, code="pay", texts={"en": "Pay"})
    return f"/console/questionnaires/{six_items.pk}/questions/{SIX[0]}/change/"


def seen_at(client: Client, page: str) -> dict[str, str]:
    """Return the hidden field that a form sends along."""
    answer = client.get(page)
    seen = str(answer.context["seen"])
    assert f'name="seen" value="{seen}"' in answer.text
    return {"seen": seen}


def wording_of(draft: Questionnaire) -> str:
    return get_content(questionnaire_id=draft.pk).item(SIX[0]).texts["en"]


class TestQuestion:
    def opened(self, hr: Client, page: str, text: str) -> dict[str, Any]:
        return fields_of(hr, page) | seen_at(hr, page) | {"text_en": text}

    def test_shows_both_texts_instead_of_losing_one(
        self, hr: Client, six_items: Questionnaire, asked: str
    ) -> None:
        first, second = (self.opened(hr, asked, text) for text in ("First tab?", "Second tab?"))
        hr.post(asked, first)

        answer = hr.post(asked, second)

        assert answer.status_code == 409
        for words in (CHANGED, '<dd dir="auto">First tab?</dd>', "Second tab?</textarea>"):
            assert words in answer.text
        assert wording_of(six_items) == "First tab?"

    def test_is_saved_once_somebody_has_seen_both(
        self, hr: Client, six_items: Questionnaire, asked: str
    ) -> None:
        first, second = (self.opened(hr, asked, text) for text in ("First tab?", "Second tab?"))
        hr.post(asked, first)
        shown = hr.post(asked, second)

        answer = hr.post(asked, second | {"seen": shown.context["seen"]})

        assert answer.status_code == 302
        assert wording_of(six_items) == "Second tab?"

    def test_remembers_what_was_seen_while_rows_come_and_go(self, hr: Client, asked: str) -> None:
        first, second = (self.opened(hr, asked, text) for text in ("First tab?", "Second tab?"))
        hr.post(asked, first)

        grown = hr.post(asked, second | {"do": "add"})

        assert grown.context["seen"] == second["seen"]
        assert hr.post(asked, second).status_code == 409

    def test_tells_of_another_place(self, hr: Client, asked: str) -> None:
        first = self.opened(hr, asked, "First tab?")
        hr.post(asked, first | {"section": "pay", "text_en": fields_of(hr, asked)["text_en"]})

        answer = hr.post(asked, first)

        assert answer.status_code == 409
        assert [label for label, _ in answer.context["stored"]] == [
            "In the section",
            "The question, English",
        ]


class TestSection:
    def test_shows_both_headings(self, hr: Client, six_items: Questionnaire, asked: str) -> None:
        page = f"/console/questionnaires/{six_items.pk}/sections/pay/change/"
        seen = seen_at(hr, page)
        hr.post(page, seen | {"text_en": "First tab"})

        answer = hr.post(page, seen | {"text_en": "Second tab"})
        stored = Section.objects.get(code="pay").texts

        assert (answer.status_code, stored) == (409, {"en": "First tab"})
        for words in (CHANGED, "First tab</dd>", 'value="Second tab"'):
            assert words in answer.text
        again = hr.post(page, {"seen": answer.context["seen"], "text_en": "Second tab"})
        assert again.status_code == 302


class TestSettings:
    def test_show_both_names(self, hr: Client, six_items: Questionnaire) -> None:
        page = f"/console/questionnaires/{six_items.pk}/settings/"
        filled = seen_at(hr, page) | {"languages": "en"}
        hr.post(page, filled | {"name": "First tab", "page": "ONE_BY_ONE"})

        answer = hr.post(page, filled | {"name": "Second tab"})
        six_items.refresh_from_db()

        assert (answer.status_code, six_items.name) == (409, "First tab")
        for words in (CHANGED, "First tab</dd>", 'value="Second tab"'):
            assert words in answer.text
        again = filled | {"name": "Second tab", "seen": answer.context["seen"]}
        assert hr.post(page, again).status_code == 302


class TestPublishedMeanwhile:
    def test_hands_back_what_was_typed(
        self, hr: Client, six_items: Questionnaire, asked: str
    ) -> None:
        filled = fields_of(hr, asked) | {"text_en": "Typed too late?"}
        publish_questionnaire(questionnaire_id=six_items.pk)

        answer = hr.post(asked, filled)

        assert answer.status_code == 409
        assert "Typed too late?</textarea>" in answer.text
        assert f'action="/console/questionnaires/{six_items.pk}/next/"' in answer.text

    def test_only_leads_on_where_nothing_was(self, hr: Client, six_items: Questionnaire) -> None:
        publish_questionnaire(questionnaire_id=six_items.pk)

        answer = hr.post(f"/console/questionnaires/{six_items.pk}/rearrange/", {"up": SIX[1]})

        assert answer.status_code == 302


class Filled(forms.Form):
    """A form with every kind of value."""

    text = forms.CharField(label="Text", required=False)
    tick = forms.BooleanField(label="Tick", required=False)
    n = forms.FloatField(label="N", required=False)
    some = forms.MultipleChoiceField(label="Some", choices=[("a", "Apples"), ("b", "Bread")])
    value = forms.IntegerField(widget=forms.HiddenInput)


class TestListStored:
    def test_tells_in_words_what_differs(self) -> None:
        stored = Filled(initial={"text": "A", "tick": True, "n": 1.0, "some": ["a", "b"]})
        same = {"text": "A", "tick": "on", "n": "1", "some": ["a", "b"], "value": "7"}

        assert list_stored([stored], [Filled(same)]) == []
        assert list_stored([stored], [Filled({"text": "B"})]) == [
            ("Text", "A"),
            ("Tick", "yes"),
            ("N", "1"),
            ("Some", "Apples, Bread"),
        ]
        assert list_stored([Filled()], [Filled({"text": "B", "n": "0"})]) == [
            ("Text", "–"),
            ("N", "–"),
        ]
        assert list_stored([Filled(initial={"n": 0})], [Filled({})]) == [("N", "0")]
