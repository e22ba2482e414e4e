"""Take a document in as a draft. A changed wording makes a new version of its item."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from survey.questionnaires.bank import ScaleEntry
from survey.questionnaires.content import COUNTED
from survey.questionnaires.documents import (
    Document,
    DocumentItem,
    DocumentScale,
    document_to_json,
)
from survey.questionnaires.models import (
    Construct,
    Item,
    Questionnaire,
    QuestionnaireItem,
    Scale,
    Section,
)
from survey.questionnaires.reading import DocumentError, read_document
from survey.questionnaires.scales import ScaleChangedError, store_scales
from survey.questionnaires.services.publishing import start_draft
from survey.questionnaires.services.wording import find_version, keep_scales, wording_in


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
    new = {code for code, item in items.items() if _is_new(item, newest.get(code))}
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


def _newest_items(document: Document) -> dict[str, Item]:
    codes = [entry.code for entry in document.items]
    stored = Item.objects.filter(code__in=codes).order_by("version")
    return {item.code: item for item in stored}


def _is_new(item: Item, newest: Item | None) -> bool:
    return newest is None or item.version > newest.version


def _store_item(entry: DocumentItem, newest: Item | None) -> Item:
    wording = wording_in(entry)
    known = find_version(entry.code, wording) if newest is not None else None
    if known is not None:
        return known
    version = newest.version + 1 if newest else 1
    item = Item.objects.create(code=entry.code, version=version, **wording)
    if newest is not None:
        keep_scales(newest, item)
    return item


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
            told = {"scale": scale.code, "code": code}
            why = _("%(scale)s cannot count the item “%(code)s”") % told
            raise DocumentError("scales", why)
    if stored is not None:
        codes = {place.item.code for place in stored.scale_items.all()}
        if codes != set(scale.items):
            why = _("%(scale)s is stored with other items: use a new code")
            raise ScaleChangedError(why % {"scale": scale.code})


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
