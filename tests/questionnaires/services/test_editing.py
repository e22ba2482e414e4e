"""Saving an item of a draft as its page shows it."""

from dataclasses import replace
from typing import Any

import pytest

from survey.questionnaires.documents import DocumentItem
from survey.questionnaires.exporting import export_document
from survey.questionnaires.models import Questionnaire
from survey.questionnaires.selectors import get_content
from survey.questionnaires.services import SectionUnknownError, edit_item, import_document
from tests.questionnaires.services.test_transfer import DOCUMENT

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft() -> Questionnaire:
    return import_document(document=DOCUMENT).questionnaire


def entry_of(draft: Questionnaire, **changes: Any) -> DocumentItem:
    """Return the first item of a draft as it stands, with some changes."""
    return replace(export_document(questionnaire_id=draft.pk).items[0], **changes)


class TestEditItem:
    def test_words_and_places_it(self, draft: Questionnaire) -> None:
        entry = entry_of(draft, texts={"en": "Warm enough?"}, is_required=False)

        edit_item(questionnaire_id=draft.pk, entry=entry, section_code="two")

        item = get_content(questionnaire_id=draft.pk).item("warm")
        assert (item.texts, item.is_required) == ({"en": "Warm enough?"}, False)
        assert item.section == "two"

    def test_changes_nothing_where_it_cannot_be_placed(self, draft: Questionnaire) -> None:
        entry = entry_of(draft, texts={"en": "Warm enough?"})

        with pytest.raises(SectionUnknownError):
            edit_item(questionnaire_id=draft.pk, entry=entry, section_code="nine")

        assert get_content(questionnaire_id=draft.pk).item("warm").texts == {"en": "Warm?"}
