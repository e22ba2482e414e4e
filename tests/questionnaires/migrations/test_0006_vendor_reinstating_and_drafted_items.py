"""What is retired may be offered again, and nothing else."""

import pytest
from django.db import IntegrityError, transaction

from survey.questionnaires.models import Item, Questionnaire, QuestionnaireStatus
from tests.factories.questionnaires import ItemFactory, publish

pytestmark = pytest.mark.django_db

ERROR = "published_questionnaire_never_changes"


class TestGuard:
    def test_lets_a_retired_one_be_offered_again(self) -> None:
        publish([ItemFactory()])

        for status in (QuestionnaireStatus.RETIRED, QuestionnaireStatus.PUBLISHED):
            Questionnaire.objects.update(status=status)

    @pytest.mark.parametrize("status", [QuestionnaireStatus.RETIRED, QuestionnaireStatus.PUBLISHED])
    def test_makes_no_draft_of_what_was_published(self, status: QuestionnaireStatus) -> None:
        publish([ItemFactory()])
        Questionnaire.objects.update(status=status)

        with pytest.raises(IntegrityError, match=ERROR), transaction.atomic():
            Questionnaire.objects.update(status=QuestionnaireStatus.DRAFT)

    def test_lets_no_other_change_come_with_it(self) -> None:
        publish([ItemFactory()])
        Questionnaire.objects.update(status=QuestionnaireStatus.RETIRED)

        with pytest.raises(IntegrityError, match=ERROR), transaction.atomic():
            Questionnaire.objects.update(status=QuestionnaireStatus.PUBLISHED, name="Other")


class TestDraftedItems:
    def test_are_still_guarded_once_published(self) -> None:
        publish([ItemFactory()])
        Item.objects.update(drafted_in=None)

        with pytest.raises(IntegrityError, match=ERROR), transaction.atomic():
            Item.objects.update(texts={"en": "Other"})
