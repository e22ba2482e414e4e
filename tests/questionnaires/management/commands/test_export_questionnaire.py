"""manage.py export_questionnaire."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

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
