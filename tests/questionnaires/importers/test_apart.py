"""Codes of strangers beside those that are stored."""

import pytest

from survey.questionnaires.documents import Document, DocumentItem, DocumentSection
from survey.questionnaires.importers.apart import keep_apart, list_taken_codes, rename
from survey.questionnaires.importers.reports import ImportedQuestionnaire
from survey.questionnaires.services import import_document

ASKED = DocumentItem("q1", {"en": "Well?"}, "LINE")
FOLLOWS = DocumentItem(
    "q2",
    {"en": "Why “{{item:q1}}” on {{fact:date}}?"},
    "TEXT",
    shown_when={"all": [{"item": "q1", "op": "in", "value": ["q1"]}, {"language": ["en"]}]},
)
SECTION = DocumentSection(
    "s", (ASKED, FOLLOWS), shown_when={"not": {"item": "q1", "op": "answered"}}
)
DOCUMENT = Document("visit", "Visit", "EMPLOYEE", ("en",), (SECTION,))


class TestRename:
    def test_changes_conditions_and_wording_but_no_values(self) -> None:
        document = rename(DOCUMENT, {"q1": "new"})

        first, second = document.items
        assert first.code == "new"
        assert second.texts == {"en": "Why “{{item:new}}” on {{fact:date}}?"}
        assert second.shown_when == {
            "all": [{"item": "new", "op": "in", "value": ["q1"]}, {"language": ["en"]}]
        }
        assert document.sections[0].shown_when == {"not": {"item": "new", "op": "answered"}}


class TestKeepApart:
    def test_renames_what_is_taken_and_tells_it(self) -> None:
        imported = keep_apart(ImportedQuestionnaire(DOCUMENT, (), "xlsform"), {"q1", "visit_q1"})

        assert [item.code for item in imported.document.items] == ["visit_q1_2", "q2"]
        assert [one.where for one in imported.left_out] == ["q1"]

    def test_leaves_our_own_files_as_they_are(self) -> None:
        own = ImportedQuestionnaire(DOCUMENT, (), "hearthline")

        assert keep_apart(own, {"q1"}) is own


@pytest.mark.django_db
class TestListTakenCodes:
    def test_names_items_of_others_but_not_of_earlier_versions(self) -> None:
        import_document(document=DOCUMENT)

        assert list_taken_codes(DOCUMENT) == frozenset()
        assert list_taken_codes(Document("b", "B", "EMPLOYEE", ("en",), (SECTION,))) == {"q1", "q2"}
