"""Constructs, scales, items and questionnaires."""

from collections.abc import Sequence
from typing import Any

import factory
from factory.django import DjangoModelFactory

from survey.questionnaires.content import ItemContent, OptionContent, QuestionnaireContent
from survey.questionnaires.models import (
    Construct,
    Item,
    ItemKind,
    Questionnaire,
    Scale,
    ScaleItem,
)
from survey.questionnaires.services import create_questionnaire, publish_questionnaire

CHOSEN = (ItemKind.CHOICE, ItemKind.MULTIPLE, ItemKind.RANKING)
AGREEMENT = [
    {"value": value, "score": value, "texts": {"en": text}}
    for value, text in ((3, "Agree"), (2, "Neither"), (1, "Disagree"))
]


class ConstructFactory(DjangoModelFactory[Construct]):
    class Meta:
        model = Construct

    code = factory.Sequence(lambda n: f"construct_{n}")
    name = factory.LazyAttribute(lambda construct: construct.code)


class ItemFactory(DjangoModelFactory[Item]):
    class Meta:
        model = Item

    code = factory.Sequence(lambda n: f"item_{n}")
    texts = factory.LazyAttribute(lambda item: {"en": f"How is {item.code}?"})
    options = AGREEMENT


class StoryFactory(ItemFactory):
    code = factory.Sequence(lambda n: f"story_{n}")
    kind = ItemKind.TEXT
    options: list[dict[str, Any]] = []
    asks_for_playback = True


class ScaleFactory(DjangoModelFactory[Scale]):
    class Meta:
        model = Scale

    construct = factory.SubFactory(ConstructFactory)
    code = factory.Sequence(lambda n: f"scale_{n}")
    name = factory.LazyAttribute(lambda scale: scale.code)
    phrase = factory.LazyAttribute(lambda scale: f"how high {scale.code} is")
    minimum = 1
    maximum = 3
    favourable_from = 3


def make_scale(code: str, items: Sequence[Item], *, reversed_codes: Sequence[str] = ()) -> Scale:
    """Make a scale over items."""
    scale = ScaleFactory(code=code)
    for item in items:
        ScaleItem.objects.create(scale=scale, item=item, is_reversed=item.code in reversed_codes)
    return scale


def publish(
    items: Sequence[Item], *, code: str = "pulse", audience: str = "EMPLOYEE", **options: Any
) -> Questionnaire:
    """Make a questionnaire over items and publish it."""
    questionnaire = create_questionnaire(
        code=code, name=code.capitalize(), audience=audience, items=items, **options
    )
    publish_questionnaire(questionnaire_id=questionnaire.pk)
    questionnaire.refresh_from_db()
    return questionnaire


def item_content(code: str, **changes: Any) -> ItemContent:
    """Return an item without a database: a choice from 1 to 5 unless told otherwise."""
    kind = changes.pop("kind", ItemKind.CHOICE)
    values = range(11) if kind == ItemKind.RATING else range(1, 6) if kind in CHOSEN else ()
    fields: dict[str, Any] = {
        "version": 1,
        "kind": kind,
        "texts": {"en": f"How is {code}?"},
        "hints": {},
        "options": tuple(OptionContent(v, float(v), {"en": f"option {v}"}) for v in values),
        "allows_cant_say": True,
        "asks_for_playback": False,
        "is_required": False,
        "max_length": {ItemKind.TEXT: 1500, ItemKind.LINE: 200}.get(kind),
    }
    return ItemContent(code=code, **fields | changes)


def questionnaire_content(*items: ItemContent, **changes: Any) -> QuestionnaireContent:
    """Return a questionnaire without a database."""
    fields: dict[str, Any] = {
        "id": 1,
        "code": "pulse",
        "version": 3,
        "name": "Pulse",
        "audience": "EMPLOYEE",
        "languages": ("en",),
        "items": items,
        "scales": (),
    }
    return QuestionnaireContent(**fields | changes)
