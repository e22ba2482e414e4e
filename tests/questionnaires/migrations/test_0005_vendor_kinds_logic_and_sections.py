"""What is published keeps its settings, its logic and its sections."""

from collections.abc import Callable

import pytest
from django.db import IntegrityError, transaction

from survey.questionnaires.models import Item, Questionnaire, QuestionnaireItem, Section
from survey.questionnaires.services import create_questionnaire, publish_questionnaire
from tests.factories.questionnaires import ItemFactory

pytestmark = pytest.mark.django_db

ERROR = "published_questionnaire_never_changes"
ATTEMPTS: dict[str, Callable[[Questionnaire], object]] = {
    "new settings": lambda q: Questionnaire.objects.update(settings={"page": "SCROLL"}),
    "another bound": lambda q: Item.objects.update(settings={"maximum": 3}),
    "another condition": lambda q: q.questionnaire_items.update(shown_when={"language": ["en"]}),
    "out of the section": lambda q: q.questionnaire_items.update(section=None),
    "another heading": lambda q: q.sections.update(texts={"en": "Other"}),
    "one section more": lambda q: Section.objects.create(questionnaire=q, position=2, code="b"),
    "one section fewer": lambda q: q.sections.all()._raw_delete("default"),
    "another order of items": lambda q: q.questionnaire_items.update(position=7),
}


def draft(code: str = "d") -> Questionnaire:
    questionnaire = create_questionnaire(
        code=code, name="D", audience="EMPLOYEE", items=[ItemFactory()]
    )
    section = Section.objects.create(questionnaire=questionnaire, position=1, code="a")
    questionnaire.questionnaire_items.update(section=section)
    return questionnaire


class TestGuards:
    @pytest.mark.parametrize("attempt", ATTEMPTS.values(), ids=ATTEMPTS.keys())
    def test_refuse_a_change_by_name(self, attempt: Callable[[Questionnaire], object]) -> None:
        questionnaire = draft()
        publish_questionnaire(questionnaire_id=questionnaire.pk)

        with pytest.raises(IntegrityError, match=ERROR), transaction.atomic():
            attempt(questionnaire)

    @pytest.mark.parametrize("name", [name for name in ATTEMPTS if name != "one section fewer"])
    def test_let_a_draft_change(self, name: str) -> None:
        ATTEMPTS[name](draft())

    def test_keep_items_in_sections_of_their_own_questionnaire(self) -> None:
        first, second = draft("one"), draft("two")
        places = QuestionnaireItem.objects.filter(questionnaire=first)

        with (
            pytest.raises(IntegrityError, match="section_of_another_questionnaire"),
            transaction.atomic(),
        ):
            places.update(section=second.sections.get())
