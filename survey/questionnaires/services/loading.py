"""Store the item bank: constructs, wordings, scales and ready questionnaires."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.db import transaction
from django.db.models import Max

from survey.questionnaires.bank import Bank, ItemEntry, QuestionnaireEntry, read_bank
from survey.questionnaires.models import (
    Construct,
    Item,
    QuestionnaireItem,
    QuestionnaireStatus,
)
from survey.questionnaires.scales import store_scales
from survey.questionnaires.services.publishing import create_questionnaire, publish_questionnaire


@dataclass(frozen=True, slots=True)
class BankReport:
    """How many rows loading a bank has added."""

    n_constructs: int
    n_items: int
    n_scales: int
    n_questionnaires: int


def load_item_bank() -> BankReport:
    """Store the shipped instruments and ready questionnaires; a second time adds nothing."""
    return load_bank(bank=read_bank())


@transaction.atomic
def load_bank(*, bank: Bank) -> BankReport:
    """Store what a bank adds: new constructs, wordings, scales and questionnaires.

    What says how a scale is shown holds for waves launched from then on. Raises ScaleChangedError
    where a scale of the same code is scored differently, NotAFacetError for a facet that figures of
    its whole could be held against to tell on somebody.
    """
    known = set(Construct.objects.values_list("code", flat=True))
    new = [Construct(**asdict(entry)) for entry in bank.constructs if entry.code not in known]
    Construct.objects.bulk_create(new)
    items, n_items = _store_items(bank.items)
    return BankReport(
        n_constructs=len(new),
        n_items=n_items,
        n_scales=store_scales(bank.scales, items),
        n_questionnaires=_store_questionnaires(bank.questionnaires, items),
    )


def _store_items(entries: Sequence[ItemEntry]) -> tuple[dict[str, Item], int]:
    """Add the wordings that are new; return by code the items that are worded so.

    A version that somebody words otherwise later does not make the bank's own wording new again.
    """
    stored = list(Item.objects.filter(drafted_in=None).order_by("version"))
    newest = {item.code: item for item in stored}
    highest = _highest_versions()
    same = {(item.code, json.dumps(_told(item), sort_keys=True)): item for item in stored}
    items: dict[str, Item] = {}
    new = []
    for entry in entries:
        item = same.get((entry.code, json.dumps(entry.wording, sort_keys=True)))
        if item is None:
            version = highest.get(entry.code, 0) + 1
            new.append(Item(code=entry.code, version=version, **entry.wording))
        else:
            items[entry.code] = item
    items |= {item.code: item for item in Item.objects.bulk_create(new)}
    return newest | items, len(new)


def _told(item: Item) -> dict[str, Any]:
    return {name: getattr(item, name) for name in ItemEntry("", {}).wording}


def _highest_versions() -> dict[str, int]:
    """Return by code the highest version of every item, those of drafts too."""
    return dict(Item.objects.values_list("code").annotate(highest=Max("version")).order_by())


def _store_questionnaires(entries: Sequence[QuestionnaireEntry], items: Mapping[str, Item]) -> int:
    """Publish what is new or asks something else than every version of its code so far."""
    n_new = 0
    for entry in entries:
        wanted = [(items[code].pk, code in entry.required) for code in entry.items]
        if wanted not in _places_so_far(entry.code):
            questionnaire = create_questionnaire(
                code=entry.code,
                name=entry.name,
                audience=entry.audience,
                languages=entry.languages,
                items=[items[code] for code in entry.items],
                required=entry.required,
            )
            publish_questionnaire(questionnaire_id=questionnaire.pk)
            n_new += 1
    return n_new


def _places_so_far(code: str) -> list[list[tuple[int, bool]]]:
    """Return what every published version asks, in order, and whether it is required."""
    places = (
        QuestionnaireItem.objects.filter(questionnaire__code=code)
        .exclude(questionnaire__status=QuestionnaireStatus.DRAFT)
        .order_by("questionnaire__version", "position")
        .values_list("questionnaire_id", "item_id", "is_required")
    )
    versions = groupby(places, key=itemgetter(0))
    return [[(item, is_required) for _, item, is_required in asked] for _, asked in versions]
