"""manage.py publish_questionnaire."""

import io
from dataclasses import replace

import pytest
from django.core.management import CommandError, call_command

from survey.questionnaires.models import QuestionnaireStatus
from survey.questionnaires.services import import_document
from tests.questionnaires.services.test_transfer import DOCUMENT


@pytest.mark.django_db
class TestPublishQuestionnaire:
    def test_publishes_the_newest_draft(self) -> None:
        draft = import_document(document=DOCUMENT).questionnaire
        out = io.StringIO()

        call_command("publish_questionnaire", "visit", stdout=out)

        draft.refresh_from_db()
        assert (draft.status, out.getvalue()) == (
            QuestionnaireStatus.PUBLISHED,
            "Published Visit v1.\n",
        )
        with pytest.raises(CommandError, match="no draft"):
            call_command("publish_questionnaire", "visit")

    def test_lists_every_fault(self) -> None:
        import_document(document=replace(DOCUMENT, languages=("en", "es")))

        with pytest.raises(CommandError) as refused:
            call_command("publish_questionnaire", "visit")

        assert str(refused.value).splitlines() == [
            "warm is not worded in es",
            "why is not worded in es",
        ]
