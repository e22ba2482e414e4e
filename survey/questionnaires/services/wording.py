"""Wordings of items: when two are the same, and which of them count alike."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from survey.questionnaires.content import COUNTED
from survey.questionnaires.documents import DocumentItem, DocumentOption
from survey.questionnaires.models import (
    Item,
    Questionnaire,
    QuestionnaireStatus,
    Scale,
    ScaleItem,
)

FLAGS = ("is_other", "is_exclusive", "is_fixed")


def wording_of(item: Item) -> dict[str, Any]:
    """Return everything of an item whose change makes a new version."""
    return {
        "kind": item.kind,
        "texts": item.texts,
        "hints": item.hints,
        "options": [_usual_option(option) for option in item.options],
        "settings": item.settings,
        "allows_cant_say": item.allows_cant_say,
        "asks_for_playback": item.asks_for_playback,
    }


def wording_in(entry: DocumentItem) -> dict[str, Any]:
    """Return the same of an item in a document, as it is stored."""
    return {
        "kind": entry.kind,
        "texts": dict(entry.texts),
        "hints": dict(entry.hints),
        "options": [_stored_option(option) for option in entry.options],
        "settings": dict(entry.settings),
        "allows_cant_say": entry.allows_cant_say,
        "asks_for_playback": entry.asks_for_playback,
    }


def find_version(code: str, wording: Mapping[str, Any]) -> Item | None:
    """Return the newest version of an item that is worded so, drafted ones aside."""
    versions = Item.objects.filter(code=code, drafted_in=None).order_by("-version")
    return next((item for item in versions if wording_of(item) == wording), None)


def counts_alike(old: Item, new: Item) -> bool:
    """Say whether a new wording is answered with the same numbers, scored in the same way."""
    scores = [
        {option["value"]: option.get("score") for option in item.options} for item in (old, new)
    ]
    return old.kind == new.kind and new.kind in COUNTED and scores[0] == scores[1]


def keep_scales(old: Item, new: Item) -> None:
    """Give a new version the places of an old one in scales, where the two count alike."""
    if counts_alike(old, new):
        ScaleItem.objects.bulk_create(
            ScaleItem(scale_id=place.scale_id, item=new, is_reversed=place.is_reversed)
            for place in ScaleItem.objects.filter(item=old)
        )


def leave_scales(items: Iterable[Item]) -> None:
    """Take items out of their scales, and drop each scale that lacks one of its codes then.

    Such a scale was never asked whole: its other items by themselves would pass for it.
    """
    places = list(ScaleItem.objects.filter(item__in=list(items)).select_related("item"))
    ScaleItem.objects.filter(pk__in=[place.pk for place in places]).delete()
    for place in places:
        others = ScaleItem.objects.filter(scale_id=place.scale_id, item__code=place.item.code)
        if not others.exists():
            Scale.objects.filter(pk=place.scale_id).delete()


def drop_unplaced(draft: Questionnaire) -> None:
    """Delete what was written in a draft and stands in no questionnaire any more."""
    unplaced = draft.drafted_items.filter(questionnaire_items=None)
    leave_scales(unplaced)
    unplaced.delete()


def hand_on(draft: Questionnaire) -> None:
    """Leave what a draft worded, and others ask, to the oldest draft that does."""
    for item in draft.drafted_items.all():
        places = item.questionnaire_items.exclude(questionnaire=draft)
        drafts = places.filter(questionnaire__status=QuestionnaireStatus.DRAFT)
        heir = drafts.order_by("questionnaire").first()
        item.drafted_in_id = heir.questionnaire_id if heir else None
        item.save(update_fields=["drafted_in"])


def _stored_option(option: DocumentOption) -> dict[str, Any]:
    return _usual_option(asdict(option) | {"texts": dict(option.texts)})


def _usual_option(option: Mapping[str, Any]) -> dict[str, Any]:
    """Return an option as it is stored: flags only where they hold."""
    flags = {name: True for name in FLAGS if option.get(name)}
    told = {"value": option["value"], "score": option.get("score"), "texts": option["texts"]}
    return told | flags
