"""manage.py import_questionnaire."""

import io
import json
from dataclasses import replace
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from survey.questionnaires.documents import Document, document_to_json
from survey.questionnaires.models import Questionnaire
from tests.questionnaires.importers.makers import form
from tests.questionnaires.services.test_transfer import DOCUMENT, with_item

pytestmark = pytest.mark.django_db


def run(path: Path) -> str:
    out = io.StringIO()
    call_command("import_questionnaire", str(path), stdout=out)
    return out.getvalue()


def write(folder: Path, document: Document) -> Path:
    path = folder / "visit.json"
    path.write_text(json.dumps(document_to_json(document)))
    return path


class TestImportQuestionnaire:
    def test_drafts_and_says_which_trends_break(self, tmp_path: Path) -> None:
        first = run(write(tmp_path, DOCUMENT))
        second = run(write(tmp_path, with_item(texts={"en": "Warm enough?"})))

        assert first == "Drafted Visit v1: 2 new item wordings.\n"
        assert second.endswith("warm has a new wording: its trend breaks.\n")

    @pytest.mark.parametrize(
        ("content", "words"),
        [("{", "is no JSON"), ("[]", "must be an object"), ("[" * 100_000, "nested too deeply")],
    )
    def test_refuses_what_it_cannot_read(self, tmp_path: Path, content: str, words: str) -> None:
        path = tmp_path / "visit.json"
        path.write_text(content)

        with pytest.raises(CommandError, match=f"^visit.json: .*{words}"):
            run(path)
        assert not Questionnaire.objects.exists()

    def test_refuses_the_code_of_a_questionnaire_for_others(self, tmp_path: Path) -> None:
        run(write(tmp_path, DOCUMENT))

        with pytest.raises(CommandError, match="visit is the code of a questionnaire for others"):
            run(write(tmp_path, replace(DOCUMENT, audience="EMPLOYEE")))

    def test_refuses_a_file_that_is_not_there(self, tmp_path: Path) -> None:
        with pytest.raises(CommandError, match=r"nowhere\.json"):
            run(tmp_path / "nowhere.json")

    def test_takes_files_of_other_programs_and_says_what_it_leaves_out(
        self, tmp_path: Path
    ) -> None:
        path = tmp_path / "Tea.xlsx"
        lines = ({"type": "text", "name": "warm", "label": "Warm?"}, {"type": "image", "name": "i"})
        path.write_bytes(form(*lines, default_language="English (en)"))
        run(write(tmp_path, DOCUMENT))

        said = run(path)

        assert said.startswith("Drafted Tea v1: 1 new item wordings.\n")
        assert "line 3 “i”: all of it - files cannot be handed in here\n" in said
        assert "warm: its code - another questionnaire asks it; here it is “tea_warm”" in said
        assert "trend breaks" not in said

    def test_says_what_is_to_mend(self, tmp_path: Path) -> None:
        path = tmp_path / "Tea.xlsx"
        path.write_bytes(
            form(
                {"type": "text", "name": "a", "label::en": "A", "label::es": "A"},
                {"type": "text", "name": "b", "label::en": "B"},
            )
        )

        assert "To mend before it can be published: b is not worded in es\n" in run(path)

    def test_refuses_a_file_that_is_too_large(self, tmp_path: Path) -> None:
        path = tmp_path / "large.lss"
        path.write_bytes(b" " * 10_000_001)

        with pytest.raises(CommandError, match=r"large\.lss: the file: is larger than 10 MB"):
            run(path)
