"""Take a document in as a draft. A changed wording makes a new version of its item."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction

from survey.questionnaires.bank import ScaleEntry
from survey.questionnaires.content import COUNTED
from survey.questionnaires.documents import (
    Document,
    DocumentItem,
    DocumentOption,
    DocumentScale,
    document_to_json,
)
from survey.questionnaires.models import (
    Construct,
    Item,
    Questionnaire,
    QuestionnaireItem,
    Scale,
    ScaleItem,
    Section,
)
from survey.questionnaires.reading import DocumentError, read_document
from survey.questionnaires.scales import ScaleChangedError, store_scales
from survey.questionnaires.services.publishing import start_draft

FLAGS = ("is_other", "is_exclusive", "is_fixed")


@dataclass(frozen=True, slots=True)
class DocumentReport:
    """What taking a document in has made; the trend of reworded items breaks."""

    questionnaire: Questionnaire
    n_new_items: int
    reworded: tuple[str, ...]


@transaction.atomic
def import_document(*, document: Document) -> DocumentReport:
    """Draft the next version of a questionnaire from a document.

    Raises DocumentError where it does not fit its schema, ScaleChangedError where a stored scale
    would be scored differently.
    """
    document = read_document(document_to_json(document))
    newest = _newest_items(document)
    items = {entry.code: _store_item(entry, newest.get(entry.code)) for entry in document.items}
    new = {code for code, item in items.items() if item != newest.get(code)}
    _store_scales(document, items)
    questionnaire = start_draft(
        code=document.code,
        name=document.name,
        audience=document.audience,
        languages=document.languages,
    )
    questionnaire.settings = dict(document.settings)
    questionnaire.save(update_fields=["settings"])
    _place(document, questionnaire, items)
    return DocumentReport(questionnaire, len(new), tuple(sorted(new & newest.keys())))


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


def _newest_items(document: Document) -> dict[str, Item]:
    codes = [entry.code for entry in document.items]
    stored = Item.objects.filter(code__in=codes).order_by("version")
    return {item.code: item for item in stored}


def _store_item(entry: DocumentItem, newest: Item | None) -> Item:
    wording = {
        "kind": entry.kind,
        "texts": dict(entry.texts),
        "hints": dict(entry.hints),
        "options": [_stored_option(option) for option in entry.options],
        "settings": dict(entry.settings),
        "allows_cant_say": entry.allows_cant_say,
        "asks_for_playback": entry.asks_for_playback,
    }
    if newest is not None and wording_of(newest) == wording:
        return newest
    version = newest.version + 1 if newest else 1
    item = Item.objects.create(code=entry.code, version=version, **wording)
    if newest is not None and _counts_alike(newest, item):
        _keep_scales(newest, item)
    return item


def _stored_option(option: DocumentOption) -> dict[str, Any]:
    return _usual_option(asdict(option) | {"texts": dict(option.texts)})


def _usual_option(option: Mapping[str, Any]) -> dict[str, Any]:
    """Return an option as it is stored: flags only where they hold."""
    flags = {name: True for name in FLAGS if option.get(name)}
    told = {"value": option["value"], "score": option.get("score"), "texts": option["texts"]}
    return told | flags


def _counts_alike(old: Item, new: Item) -> bool:
    """Say whether a new wording is answered with the same numbers, scored in the same way."""
    scores = [
        {option["value"]: option.get("score") for option in item.options} for item in (old, new)
    ]
    return old.kind == new.kind and new.kind in COUNTED and scores[0] == scores[1]


def _keep_scales(old: Item, new: Item) -> None:
    places = ScaleItem.objects.filter(item=old)
    ScaleItem.objects.bulk_create(
        ScaleItem(scale_id=place.scale_id, item=new, is_reversed=place.is_reversed)
        for place in places
    )


def _store_scales(document: Document, items: Mapping[str, Item]) -> None:
    stored = {
        scale.code: scale
        for scale in Scale.objects.filter(
            code__in=[scale.code for scale in document.scales]
        ).prefetch_related("scale_items__item")
    }
    new = [scale for scale in document.scales if scale.code not in stored]
    for scale in document.scales:
        _check_scale(scale, stored.get(scale.code), items)
    known = set(Construct.objects.values_list("code", flat=True))
    missing = {scale.construct: scale.name for scale in new if scale.construct not in known}
    Construct.objects.bulk_create(Construct(code=code, name=missing[code]) for code in missing)
    if new:
        store_scales([_entry(scale) for scale in new], items)


def _check_scale(scale: DocumentScale, stored: Scale | None, items: Mapping[str, Item]) -> None:
    for code in {*scale.items, *scale.reversed}:
        if code not in items or items[code].kind not in COUNTED:
            raise DocumentError("scales", f"{scale.code} cannot count the item “{code}”")
    if stored is not None:
        codes = {place.item.code for place in stored.scale_items.all()}
        if codes != set(scale.items):
            raise ScaleChangedError(f"{scale.code} is stored with other items: use a new code")


def _entry(scale: DocumentScale) -> ScaleEntry:
    return ScaleEntry(**asdict(scale) | {"reversed": frozenset(scale.reversed)})


def _place(document: Document, questionnaire: Questionnaire, items: Mapping[str, Item]) -> None:
    places = []
    for number, entry in enumerate(document.sections, start=1):
        section = Section.objects.create(
            questionnaire=questionnaire,
            position=number,
            code=entry.code,
            texts=dict(entry.texts),
            shown_when=entry.shown_when,
        )
        places += [(section, item) for item in entry.items]
    QuestionnaireItem.objects.bulk_create(
        QuestionnaireItem(
            questionnaire=questionnaire,
            item=items[item.code],
            section=section,
            position=position,
            is_required=item.is_required,
            shown_when=item.shown_when,
        )
        for position, (section, item) in enumerate(places, start=1)
    )
