"""What is looked at before a change, so that it overwrites nothing unseen."""

from dataclasses import replace

import pytest

from survey.questionnaires.exporting import export_document
from survey.questionnaires.models import Questionnaire, Section
from survey.questionnaires.services import (
    DraftChangedError,
    ItemNotAskedError,
    change_section,
    configure_draft,
    edit_item,
    import_document,
    place_item,
    see_draft,
    see_item,
    see_section,
)
from tests.questionnaires.services.test_transfer import DOCUMENT

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft() -> Questionnaire:
    return import_document(document=DOCUMENT).questionnaire


class TestSeeItem:
    def test_changes_with_its_wording_and_its_place_alone(self, draft: Questionnaire) -> None:
        first, other = (see_item(questionnaire_id=draft.pk, code=code) for code in ("warm", "why"))
        (entry, _) = export_document(questionnaire_id=draft.pk).items
        worded = replace(entry, texts={"en": "Warm enough?"})

        edit_item(questionnaire_id=draft.pk, entry=worded, section_code="one", seen=first)
        second = see_item(questionnaire_id=draft.pk, code="warm")
        place_item(
            questionnaire_id=draft.pk,
            code="warm",
            is_required=True,
            shown_when=None,
            section_code="two",
        )

        assert len({first, second, see_item(questionnaire_id=draft.pk, code="warm")}) == 3
        assert see_item(questionnaire_id=draft.pk, code="why") == other

    def test_refuses_what_is_not_asked(self, draft: Questionnaire) -> None:
        with pytest.raises(ItemNotAskedError):
            see_item(questionnaire_id=draft.pk, code="nobody")


class TestCheckSeen:
    def test_refuses_a_change_of_what_is_another_by_now(self, draft: Questionnaire) -> None:
        (entry, _) = export_document(questionnaire_id=draft.pk).items
        section = Section.objects.get(questionnaire=draft, code="one")
        head = {"name": "Other", "languages": ["en"], "settings": {}}
        changed = {"code": "one", "texts": {"en": "Other"}, "shown_when": None}
        before = export_document(questionnaire_id=draft.pk)

        with pytest.raises(DraftChangedError):
            edit_item(questionnaire_id=draft.pk, entry=entry, section_code="two", seen="old")
        with pytest.raises(DraftChangedError):
            change_section(questionnaire_id=draft.pk, **changed, seen="old")
        with pytest.raises(DraftChangedError):
            configure_draft(questionnaire_id=draft.pk, **head, seen="old")

        assert export_document(questionnaire_id=draft.pk) == before
        change_section(questionnaire_id=draft.pk, **changed, seen=see_section(section))
        configure_draft(questionnaire_id=draft.pk, **head, seen=see_draft(draft))
        assert export_document(questionnaire_id=draft.pk).name == "Other"
