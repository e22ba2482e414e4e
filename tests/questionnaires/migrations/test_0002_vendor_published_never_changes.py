"""Published questionnaires do not change, not even past the services."""

from collections.abc import Callable

import pytest
from django.db import IntegrityError, transaction

from survey.questionnaires.models import (
    Item,
    Questionnaire,
    QuestionnaireItem,
    QuestionnaireStatus,
    Scale,
    ScaleItem,
)
from survey.questionnaires.services import create_questionnaire
from tests.factories.questionnaires import ItemFactory, make_scale, publish

pytestmark = pytest.mark.django_db

ERROR = "published_questionnaire_never_changes"
ATTEMPTS: dict[str, Callable[[Questionnaire], object]] = {
    "rename": lambda q: Questionnaire.objects.filter(pk=q.pk).update(name="Other"),
    "new code": lambda q: Questionnaire.objects.filter(pk=q.pk).update(code="other"),
    "new version": lambda q: Questionnaire.objects.filter(pk=q.pk).update(version=9),
    "new audience": lambda q: Questionnaire.objects.filter(pk=q.pk).update(audience="CUSTOMER"),
    "new language": lambda q: Questionnaire.objects.filter(pk=q.pk).update(languages=["es"]),
    "back to draft": lambda q: Questionnaire.objects.filter(pk=q.pk).update(status="DRAFT"),
    "delete": lambda q: q.delete(),
    "one more item": lambda q: QuestionnaireItem.objects.create(
        questionnaire=q, item=ItemFactory(), position=9
    ),
    "one item fewer": lambda q: q.questionnaire_items.all().delete(),
    "another order": lambda q: q.questionnaire_items.update(position=7),
    "new wording": lambda q: Item.objects.update(texts={"en": "Other"}),
    "new options": lambda q: Item.objects.update(options=[]),
    "another key": lambda q: ScaleItem.objects.update(is_reversed=True),
    "out of the scale": lambda q: ScaleItem.objects.all().delete(),
    "another range": lambda q: Scale.objects.update(maximum=9),
}


@pytest.fixture
def item() -> Item:
    item = ItemFactory()
    make_scale("fairness", [item])
    return item


class TestGuards:
    @pytest.mark.parametrize("attempt", ATTEMPTS.values(), ids=ATTEMPTS.keys())
    def test_refuse_a_change_by_name(
        self, attempt: Callable[[Questionnaire], object], item: Item
    ) -> None:
        questionnaire = publish([item])

        with pytest.raises(IntegrityError, match=ERROR), transaction.atomic():
            attempt(questionnaire)

    @pytest.mark.parametrize("attempt", ATTEMPTS.values(), ids=ATTEMPTS.keys())
    def test_let_a_draft_change(
        self, attempt: Callable[[Questionnaire], object], item: Item
    ) -> None:
        draft = create_questionnaire(code="d", name="D", audience="EMPLOYEE", items=[item])

        attempt(draft)

    def test_guard_retired_ones_too(self, item: Item) -> None:
        questionnaire = publish([item])
        Questionnaire.objects.update(status=QuestionnaireStatus.RETIRED)

        with pytest.raises(IntegrityError, match=ERROR), transaction.atomic():
            questionnaire.questionnaire_items.all().delete()
        with pytest.raises(IntegrityError, match=ERROR), transaction.atomic():
            Questionnaire.objects.update(status=QuestionnaireStatus.DRAFT)

    def test_refuse_an_item_moved_in_from_a_draft(self, item: Item) -> None:
        published = publish([item])
        draft = create_questionnaire(code="d", name="D", audience="EMPLOYEE", items=[ItemFactory()])

        with pytest.raises(IntegrityError, match=ERROR), transaction.atomic():
            draft.questionnaire_items.update(questionnaire=published, position=2)

    def test_refuse_to_delete_an_item_that_only_sql_could(self, item: Item) -> None:
        publish([item])

        with pytest.raises(IntegrityError, match=ERROR), transaction.atomic():
            Item.objects.filter(pk=item.pk)._raw_delete("default")


@pytest.mark.django_db(transaction=True)
class TestFlush:
    @pytest.mark.parametrize("time", ["first", "second"])
    def test_empties_the_tables_between_tests(self, time: str) -> None:
        assert not Item.objects.exists()

        publish([ItemFactory()])
