"""What the database refuses to keep of items, scales and questionnaires."""

from datetime import UTC, datetime

import pytest

from survey.questionnaires.models import (
    Questionnaire,
    QuestionnaireItem,
    QuestionnaireStatus,
    ReadingLease,
    Scale,
    ScaleItem,
    Section,
)
from survey.questionnaires.services import create_questionnaire
from tests.constraints import Write, assert_refused, constraints_of, twice
from tests.factories.questionnaires import ItemFactory, ScaleFactory, publish

VALUES = {"code": "pulse", "name": "Pulse", "audience": "EMPLOYEE"}


def make(**fields: object) -> Write:
    return lambda: Questionnaire.objects.create(**(VALUES | fields))


def place(*, same_item: bool) -> Write:
    """Put two items at one place, or one item at two places."""

    def write() -> object:
        draft = create_questionnaire(**VALUES, items=[first := ItemFactory()])
        item, position = (first, 2) if same_item else (ItemFactory(), 1)
        return QuestionnaireItem.objects.create(questionnaire=draft, item=item, position=position)

    return write


def lease() -> object:
    return ReadingLease.objects.create(reader_id=1, until=datetime(2026, 3, 2, tzinfo=UTC))


def divide(*, same_code: bool) -> Write:
    """Make two sections of one code, or at one place."""

    def write() -> object:
        draft = create_questionnaire(**VALUES, items=[])
        Section.objects.create(questionnaire=draft, position=1, code="first")
        code, position = ("first", 2) if same_code else ("second", 1)
        return Section.objects.create(questionnaire=draft, position=position, code=code)

    return write


def put_into_a_scale_twice() -> object:
    scale, item = ScaleFactory(), ItemFactory()
    return twice(lambda: ScaleItem.objects.create(scale=scale, item=item))()


def point_at_itself(field: str) -> object:
    scale = ScaleFactory()
    return Scale.objects.filter(pk=scale.pk).update(**{field: scale})


REFUSED: dict[str, Write] = {
    "scale_maximum_above_minimum": lambda: ScaleFactory(minimum=3, maximum=3),
    "scale_method_is_known": lambda: ScaleFactory(method="GUESS"),
    "scale_is_not_its_own_facet": lambda: point_at_itself("facet_of"),
    "scale_does_not_mirror_itself": lambda: point_at_itself("mirrors"),
    "item_code_and_version_once": twice(lambda: ItemFactory(code="fair_1")),
    "item_kind_is_known": lambda: ItemFactory(kind="SONG"),
    "item_only_text_asks_for_playback": lambda: ItemFactory(asks_for_playback=True),
    "scale_item_once": put_into_a_scale_twice,
    "questionnaire_code_and_version_once": twice(make()),
    "questionnaire_status_is_known": make(status="LOST"),
    "questionnaire_audience_is_known": make(audience="NOBODY"),
    "questionnaire_item_once": place(same_item=True),
    "questionnaire_position_once": place(same_item=False),
    "section_code_once": divide(same_code=True),
    "section_position_once": divide(same_code=False),
    "reading_lease_once_for_each_reader": twice(lease),
}


@pytest.mark.django_db
class TestConstraints:
    @pytest.mark.parametrize("name", REFUSED)
    def test_are_held_by_the_database(self, name: str) -> None:
        assert_refused(name, REFUSED[name])

    def test_are_all_tried_here(self) -> None:
        assert set(REFUSED) == constraints_of("questionnaires")

    def test_let_versions_stand_side_by_side(self) -> None:
        make()()
        make(version=2)()

        assert Questionnaire.objects.count() == 2


@pytest.mark.django_db
class TestPublished:
    NEVER = "published_questionnaire_never_changes"

    def test_never_change(self) -> None:
        questionnaire = publish([item := ItemFactory()])

        for rows, fields in (
            (Questionnaire.objects.filter(pk=questionnaire.pk), {"name": "Other"}),
            (type(item).objects.filter(pk=item.pk), {"texts": {"en": "Other?"}}),
        ):
            assert_refused(self.NEVER, lambda rows=rows, fields=fields: rows.update(**fields))

    def test_may_be_retired(self) -> None:
        questionnaire = publish([ItemFactory()])
        Questionnaire.objects.update(status=QuestionnaireStatus.RETIRED)

        questionnaire.refresh_from_db()
        assert questionnaire.status == QuestionnaireStatus.RETIRED

    def test_were_free_to_change_as_drafts(self) -> None:
        draft = create_questionnaire(**VALUES, items=[ItemFactory()])

        assert Questionnaire.objects.filter(pk=draft.pk).update(name="Other") == 1
