"""Drafts change one at a time."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from survey.questionnaires.models import Questionnaire
from survey.questionnaires.services import QuestionnaireNotDraftError, draft_questionnaire
from survey.questionnaires.services.locking import lock_draft
from tests.factories.questionnaires import ItemFactory, publish

pytestmark = pytest.mark.django_db


class TestLockDraft:
    def test_holds_the_row_until_the_end(self) -> None:
        draft = draft_questionnaire(name="D", audience="EMPLOYEE", languages=["en"])

        with (
            transaction.atomic(),
            CaptureQueriesContext(
                connection,
            ) as queries,
        ):
            assert lock_draft(draft.pk) == draft

        if connection.vendor == "postgresql":  # SQLite lets one writer in at a time anyway
            assert "FOR UPDATE" in queries[0]["sql"]

    def test_refuses_what_is_published_or_not_there(self) -> None:
        published = publish([ItemFactory()])

        with transaction.atomic(), pytest.raises(QuestionnaireNotDraftError):
            lock_draft(published.pk)
        with transaction.atomic(), pytest.raises(Questionnaire.DoesNotExist):
            lock_draft(published.pk + 1)
