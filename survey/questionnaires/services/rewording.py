"""Change the wording of an item of a draft, as a new version where the old one may be known."""

from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Max

from survey.questionnaires.content import COUNTED
from survey.questionnaires.differences import reads_alike
from survey.questionnaires.documents import DocumentItem, item_to_json
from survey.questionnaires.models import Item, Questionnaire, QuestionnaireStatus
from survey.questionnaires.reading import read_item
from survey.questionnaires.selectors import content_of
from survey.questionnaires.services.locking import lock_draft
from survey.questionnaires.services.outline import ItemNotAskedError
from survey.questionnaires.services.wording import (
    counts_alike,
    drop_unplaced,
    find_version,
    keep_scales,
    leave_scales,
    wording_in,
    wording_of,
)


@dataclass(frozen=True, slots=True)
class Rewording:
    """The item as it is worded now, and what that means for figures of the past."""

    item: Item
    is_new_version: bool
    breaks_trend: bool


@transaction.atomic
def change_item(*, questionnaire_id: int, entry: DocumentItem) -> Rewording:
    """Word an item of a draft as an entry says; its place and its conditions stay.

    It changes in place where nothing else knows it: neither another questionnaire nor the bank.
    Otherwise it gets a new version, or an old one back that was worded so. Raises DocumentError
    for what cannot be asked.
    """
    draft = lock_draft(questionnaire_id)
    entry = read_item(item_to_json(entry))
    places = draft.questionnaire_items.select_related("item").order_by("position")
    place = places.filter(item__code=entry.code).first()
    if place is None:
        raise ItemNotAskedError(entry.code)
    old, wording = place.item, wording_in(entry)
    if wording_of(old) == wording:
        return Rewording(old, is_new_version=False, breaks_trend=_breaks_trend(old))
    new = find_version(old.code, wording)
    is_new_version = new is None and not _is_open(old, draft)
    if new is None:
        new = _add_version(old, wording, draft) if is_new_version else _rewrite(old, wording)
    if new.pk != old.pk:
        place.item = new
        place.save(update_fields=["item"])
        drop_unplaced(draft)
    return Rewording(new, is_new_version, _breaks_trend(new))


def _is_open(item: Item, draft: Questionnaire) -> bool:
    """Say whether an item may change in place."""
    is_elsewhere = item.questionnaire_items.exclude(questionnaire=draft).exists()
    is_own = item.drafted_in_id == draft.pk or not item.scale_items.exists()
    return is_own and not is_elsewhere


def _rewrite(item: Item, wording: Mapping[str, Any]) -> Item:
    before = copy(item)
    for name, value in wording.items():
        setattr(item, name, value)
    item.save(update_fields=list(wording))
    if counts_alike(before, item):
        return item
    leave_scales([item])
    older = Item.objects.filter(code=item.code, drafted_in=None).exclude(pk=item.pk)
    base = older.order_by("-version").first()
    if base is not None:
        keep_scales(base, item)
    return item


def _add_version(old: Item, wording: Mapping[str, Any], draft: Questionnaire) -> Item:
    newest = Item.objects.filter(code=old.code).aggregate(newest=Max("version"))["newest"]
    item = Item.objects.create(code=old.code, version=newest + 1, drafted_in=draft, **wording)
    keep_scales(old, item)
    return item


def _breaks_trend(item: Item) -> bool:
    """Say whether the last published wording of an item reads otherwise, and has figures."""
    asked = Item.objects.filter(code=item.code).exclude(pk=item.pk)
    published = asked.filter(
        questionnaire_items__questionnaire__status__in=(
            QuestionnaireStatus.PUBLISHED,
            QuestionnaireStatus.RETIRED,
        )
    )
    last = published.order_by("-version").first()
    return (
        last is not None
        and last.kind in COUNTED
        and not reads_alike(content_of(last), content_of(item))
    )
