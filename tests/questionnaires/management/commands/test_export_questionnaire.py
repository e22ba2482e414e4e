"""manage.py export_questionnaire."""

import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from survey.questionnaires.importers import read_file
from survey.questionnaires.reading import read_document
from survey.questionnaires.services import import_document
from tests.questionnaires.services.test_transfer import DOCUMENT


@pytest.mark.django_db
class TestExportQuestionnaire:
    def test_writes_what_can_be_read(self) -> None:
        import_document(document=DOCUMENT)
        out = io.StringIO()

        call_command("export_questionnaire", "visit", stdout=out)

        assert read_document(json.loads(out.getvalue())) == DOCUMENT

    def test_knows_no_other_code(self) -> None:
        with pytest.raises(CommandError, match="no questionnaire “visit”"):
            call_command("export_questionnaire", "visit")

    def test_writes_a_form_and_says_what_that_cannot_say(self, tmp_path: Path) -> None:
        import_document(document=DOCUMENT)
        path, out = tmp_path / "visit.xlsx", io.StringIO()

        call_command("export_questionnaire", "visit", xlsform=path, stdout=out)

        read = read_file(path.name, path.read_bytes()).document
        assert [item.code for item in read.items] == [item.code for item in DOCUMENT.items]
        assert "XLSForm has no word for who is asked" in out.getvalue()

    def test_says_where_it_cannot_write(self, tmp_path: Path) -> None:
        import_document(document=DOCUMENT)

        with pytest.raises(CommandError, match="nowhere"):
            call_command("export_questionnaire", "visit", xlsform=tmp_path / "nowhere" / "a.xlsx")
