"""Stored questionnaires as documents, and back."""

import json

import pytest

from survey.questionnaires.documents import document_to_json
from survey.questionnaires.exporting import export_document
from survey.questionnaires.models import Item
from survey.questionnaires.reading import read_document
from survey.questionnaires.selectors import find_newest, get_content
from survey.questionnaires.services import add_section, import_document, load_item_bank
from tests.factories.drafts import draft_in_sections
from tests.questionnaires.services.test_transfer import DOCUMENT

pytestmark = pytest.mark.django_db


class TestExportDocument:
    def test_gives_back_what_was_imported(self) -> None:
        stored = import_document(document=DOCUMENT).questionnaire

        assert export_document(questionnaire_id=stored.pk) == DOCUMENT

    @pytest.mark.parametrize("code", ["pulse", "pulse_long", "treatment"])
    def test_takes_every_shipped_questionnaire_there_and_back(self, code: str) -> None:
        load_item_bank()
        shipped = find_newest(code=code)
        assert shipped is not None
        n_items = Item.objects.count()

        written = json.dumps(document_to_json(export_document(questionnaire_id=shipped.pk)))
        report = import_document(document=read_document(json.loads(written)))

        old, new = (
            get_content(questionnaire_id=one) for one in (shipped.pk, report.questionnaire.pk)
        )
        assert (report.n_new_items, Item.objects.count()) == (0, n_items)
        assert [item.code for item in old.items] == [item.code for item in new.items]
        assert old.scales == new.scales

    def test_keeps_sections_that_are_still_empty_and_what_stands_before_all(self) -> None:
        draft = draft_in_sections()
        add_section(questionnaire_id=draft.pk, code="part_1", texts={})

        sections = export_document(questionnaire_id=draft.pk).sections

        assert [(each.code, len(each.items)) for each in sections] == [
            ("part_1_2", 2),
            ("one", 2),
            ("two", 1),
            ("part_1", 0),
        ]
