"""Telling files apart, and the four real ones of the shared folder."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from survey.questionnaires.documents import document_to_json
from survey.questionnaires.importers import ImportedQuestionnaire, keep_apart, list_taken_codes
from survey.questionnaires.importers.files import read_file
from survey.questionnaires.models import QuestionnaireStatus
from survey.questionnaires.services import import_document, publish_questionnaire
from tests.questionnaires.importers.makers import asked, form, group, lss, qsf, question

DEFINITIONS = Path(__file__).parents[4] / "shared" / "data" / "definitions"
REAL = {
    "Better_Sample_Survey.qsf": ("qualtrics", 32),
    "example_xls__specify_other.xlsx": ("xlsform", 1),
    "example_xls__yes_or_no_question.xlsx": ("xlsform", 1),
    "ls205_sample_survey_english.lss": ("limesurvey", 300),
}


def real(name: str) -> bytes:
    """Return a real file; skip where the shared folder is not there."""
    path = DEFINITIONS / name
    if not path.is_file():
        pytest.skip(f"../shared/data/definitions/{name} is not here")
    return path.read_bytes()


def texts_of(stored: object) -> Iterator[str]:
    """Yield every text inside JSON."""
    if isinstance(stored, dict):
        stored = list(stored.values())
    if isinstance(stored, list):
        for each in stored:
            yield from texts_of(each)
    elif isinstance(stored, str):
        yield stored


class TestReadFile:
    @pytest.mark.parametrize(
        ("data", "kind"),
        [
            (lss(groups=[group()], questions=[question("1", "S", "a")]), "limesurvey"),
            (form({"type": "text", "name": "a", "label": "A"}), "xlsform"),
            (qsf(asked("QID1", "TE", "SL")), "qualtrics"),
        ],
    )
    def test_goes_by_what_is_inside(self, data: bytes, kind: str) -> None:
        assert read_file("misnamed.txt", data).kind == kind

    def test_reads_our_own_json(self) -> None:
        imported = read_file("a.lss", qsf(asked("QID1", "TE", "SL")))
        own = document_to_json(imported.document)

        again = read_file("own.json", __import__("json").dumps(own).encode())

        assert again == ImportedQuestionnaire(imported.document, (), "hearthline")

    def test_names_a_form_without_a_title_after_its_file(self) -> None:
        imported = read_file("C:\\temp\\Tea room.xlsx", form({"type": "text", "name": "a"}))

        assert (imported.document.name, imported.document.code) == ("Tea room", "tea_room")


@pytest.mark.django_db
class TestRealFiles:
    @pytest.mark.parametrize("name", REAL)
    def test_become_drafts_that_can_be_published(self, name: str) -> None:
        kind, n_items = REAL[name]

        imported = read_file(name, real(name))
        report = import_document(document=imported.document)

        assert (imported.kind, len(imported.document.items)) == (kind, n_items)
        assert imported.mends == ()
        publish_questionnaire(questionnaire_id=report.questionnaire.pk)
        report.questionnaire.refresh_from_db()
        assert report.questionnaire.status == QuestionnaireStatus.PUBLISHED

    @pytest.mark.parametrize("name", REAL)
    def test_leave_no_markup_behind(self, name: str) -> None:
        imported = read_file(name, real(name))

        texts = list(texts_of(document_to_json(imported.document)["sections"]))
        assert texts
        assert [text for text in texts if "</" in text or "<br" in text or "&nbsp" in text] == []

    def test_of_one_program_keep_out_of_each_others_way(self) -> None:
        first = read_file("a.qsf", qsf(asked("QID1", "TE", "SL"), SurveyName="One"))
        second = read_file("b.qsf", qsf(asked("QID1", "TE", "ML"), SurveyName="Two"))
        import_document(document=first.document)

        apart = keep_apart(second, list_taken_codes(second.document))
        report = import_document(document=apart.document)

        assert [item.code for item in apart.document.items] == ["two_qid1"]
        assert report.reworded == ()
        assert list_taken_codes(first.document) == frozenset()
