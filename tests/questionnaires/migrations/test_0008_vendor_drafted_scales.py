"""A scale that only drafts count may go, though what it is made of was published."""

import pytest
from django.db import IntegrityError, transaction

from survey.questionnaires.models import ScaleItem
from survey.questionnaires.services import create_questionnaire
from tests.factories.questionnaires import ItemFactory, make_scale, publish

pytestmark = pytest.mark.django_db

ERROR = "published_questionnaire_never_changes"


class TestGuard:
    def test_lets_the_scale_of_a_draft_go_and_no_other(self) -> None:
        item = ItemFactory()
        scale = make_scale("own", [item])
        publish([item])
        draft = create_questionnaire(code="mine", name="Mine", audience="CUSTOMER", items=[item])

        with pytest.raises(IntegrityError, match=ERROR), transaction.atomic():
            ScaleItem.objects.all().delete()

        scale.drafted_in.add(draft)
        ScaleItem.objects.all().delete()
        assert not ScaleItem.objects.exists()
