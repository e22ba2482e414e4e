import re
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from survey.questionnaires.models import Item, Questionnaire, QuestionnaireStatus
from survey.questionnaires.services import import_document
from survey.questionnaires.services.translating import remove_language
from survey.questionnaires.translations import read_translations
from tests.questionnaires.importers.makers import xlsx
from tests.questionnaires.translations.samples import PIPED, visit

HEAD = ("where", "source", "es")
GOOD = ("item/why/text", PIPED, "¿Dijo {{item:ease}}?")
SCRIPT = ("section/visit", "Your visit", "<script>alert(1)</script>")

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(db: None) -> Questionnaire:
    return import_document(document=visit()).questionnaire


def page(draft: Questionnaire, name: str, *more: str) -> str:
    return reverse(f"console:questionnaires:{name}", args=[draft.pk, *more])


def send(client: Client, draft: Questionnaire, *rows: tuple[str, ...]) -> tuple[int, str]:
    """Send a table in and return the answer's status and page."""
    data = SimpleUploadedFile("texts.xlsx", xlsx(texts=[HEAD, *rows]))
    answered = client.post(page(draft, "translate"), {"file": data}, follow=True)
    return answered.status_code, answered.text


def hidden(shown: str) -> dict[str, str]:
    """Return what the form of a difference would send."""
    found = re.findall(r'name="(packed|seen)" value="([^"]*)"', shown)
    return {name: unescape(value) for name, value in found}


def worded(code: str = "why") -> dict[str, str]:
    texts: dict[str, str] = Item.objects.filter(code=code).latest("version").texts
    return texts


class TestLanguages:
    def test_tell_how_much_is_worded(self, hr: Client, draft: Questionnaire) -> None:
        shown = hr.get(page(draft, "languages")).text

        for words in ("7 of 7 texts", "3 of 7 texts", "1 of 7 text", "español", "العربيّة"):
            assert words in shown

    def test_offer_the_next_version_of_what_is_published(
        self, hr: Client, draft: Questionnaire
    ) -> None:
        _publish(draft)

        shown = hr.get(page(draft, "languages")).text

        assert "Make the next version" in shown
        assert "Bring translations in" not in shown
        assert page(draft, "table") in shown


class TestAdd:
    def test_writes_the_tag_in_one_way(self, hr: Client, draft: Questionnaire) -> None:
        answered = hr.post(page(draft, "add_language"), {"tag": "PT_br"}, follow=True)

        draft.refresh_from_db()
        assert draft.languages == ["en", "es", "ar", "pt-BR"]
        assert "0 of 7 texts" in answered.text

    def test_refuses_what_is_no_language(self, hr: Client, draft: Questionnaire) -> None:
        answered = hr.post(page(draft, "add_language"), {"tag": "<b>klingon"})

        assert answered.status_code == 422
        assert "“&lt;b&gt;klingon” is no language we know" in answered.text

    def test_leaves_what_is_published_alone(self, hr: Client, draft: Questionnaire) -> None:
        _publish(draft)

        answered = hr.post(page(draft, "add_language"), {"tag": "de"}, follow=True)

        assert "What is published never changes" in answered.text


class TestRemove:
    def test_offers_it_no_more(self, hr: Client, draft: Questionnaire) -> None:
        hr.post(page(draft, "remove_language"), {"tag": "es"})

        draft.refresh_from_db()
        assert draft.languages == ["en", "ar"]


class TestTable:
    def test_can_be_read_again(self, hr: Client, draft: Questionnaire) -> None:
        answered = hr.get(page(draft, "table"))

        found, _left_out = read_translations(answered.content, draft.languages)
        assert "visit-v1-texts.xlsx" in answered.headers["Content-Disposition"]
        assert len(found) == 4


class TestCatalogue:
    def test_can_be_read_again(self, hr: Client, draft: Questionnaire) -> None:
        answered = hr.get(page(draft, "catalogue", "ar"))

        found, _left_out = read_translations(answered.content, draft.languages)
        assert [one.text for one in found] == ["سهل"]

    def test_is_there_for_its_own_languages_alone(self, hr: Client, draft: Questionnaire) -> None:
        assert hr.get(page(draft, "catalogue", "fr")).status_code == 404


class TestTranslate:
    def test_shows_the_difference_and_changes_nothing(
        self, hr: Client, draft: Questionnaire
    ) -> None:
        status, shown = send(hr, draft, GOOD, SCRIPT, ("item/gone/text", "x", "y"))

        assert status == 200
        assert "2 texts change" in shown
        assert "1 line is left aside" in shown
        assert "this questionnaire has no text of this name" in shown
        assert "&lt;script&gt;alert(1)" in shown
        assert "<script>alert" not in shown
        assert worded() == {"en": PIPED}

    def test_names_the_row_of_what_is_wrong_and_offers_nothing(
        self, hr: Client, draft: Questionnaire
    ) -> None:
        status, shown = send(hr, draft, SCRIPT, ("item/why/text", PIPED, "¿Por qué?"))

        assert status == 422
        assert "row 3" in shown
        assert "missing {{item:ease}}" in shown
        assert "Take them over" not in shown

    def test_refuses_a_file_that_is_none(self, hr: Client, draft: Questionnaire) -> None:
        data = SimpleUploadedFile("texts.po", b'msgid "')

        answered = hr.post(page(draft, "translate"), {"file": data})

        assert answered.status_code == 422
        assert "Nothing was taken over: line 1: is no line of a PO file" in answered.text


class TestTake:
    def test_takes_over_what_was_shown(self, hr: Client, draft: Questionnaire) -> None:
        _status, shown = send(hr, draft, GOOD, SCRIPT)

        answered = hr.post(page(draft, "take"), hidden(shown), follow=True)

        assert "2 texts are changed." in answered.text
        assert worded()["es"] == GOOD[2]
        assert draft.sections.get().texts["es"] == SCRIPT[2]

    def test_shows_the_difference_again_where_something_changed(
        self, hr: Client, draft: Questionnaire
    ) -> None:
        _status, shown = send(hr, draft, GOOD, SCRIPT)
        draft.sections.update(texts={"en": "Your visit", "es": "Visita"})

        answered = hr.post(page(draft, "take"), hidden(shown))

        assert "Something changed meanwhile" in answered.text
        assert worded() == {"en": PIPED}
        hr.post(page(draft, "take"), hidden(answered.text))
        assert worded()["es"] == GOOD[2]

    def test_says_when_a_language_went_away_meanwhile(
        self, hr: Client, draft: Questionnaire
    ) -> None:
        _status, shown = send(hr, draft, GOOD)
        remove_language(questionnaire_id=draft.pk, tag="es")

        answered = hr.post(page(draft, "take"), hidden(shown))

        assert "es is no language of this questionnaire" in answered.text
        assert worded() == {"en": PIPED}

    @pytest.mark.parametrize("packed", ["", "made:up", "x" * 5000])
    def test_believes_no_page_but_its_own(
        self, hr: Client, draft: Questionnaire, packed: str
    ) -> None:
        answered = hr.post(page(draft, "take"), {"packed": packed, "seen": "x"}, follow=True)

        assert "Send the file once more" in answered.text

    def test_believes_no_page_of_another_questionnaire(
        self, hr: Client, draft: Questionnaire
    ) -> None:
        _status, shown = send(hr, draft, GOOD)
        other = import_document(document=visit(code="other")).questionnaire

        answered = hr.post(page(other, "take"), hidden(shown), follow=True)

        assert "Send the file once more" in answered.text


def _publish(draft: Questionnaire) -> None:
    Questionnaire.objects.filter(pk=draft.pk).update(status=QuestionnaireStatus.PUBLISHED)
