"""Take a document in as a draft. A changed wording makes a new version of its item."""

from collections.abc import Mapping, Sequence
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
from survey.questionnaires.services.drafted_scales import claim_scales
from survey.questionnaires.services.publishing import start_draft
from survey.questionnaires.services.wording import keep_scales, wording_in, wording_of


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
    would be scored differently, CodeOfOthersError where only others are asked under its code.
    """
    document = read_document(document_to_json(document))
    questionnaire = start_draft(
        code=document.code,
        name=document.name,
        audience=document.audience,
        languages=document.languages,
    )
    questionnaire.settings = dict(document.settings)
    questionnaire.save(update_fields=["settings"])
    versions = _stored_versions(document)
    known = _find_known(document, versions)
    missing = [entry for entry in document.items if entry.code not in known]
    new = {
        entry.code: _draft_item(entry, versions.get(entry.code, []), questionnaire)
        for entry in missing
    }
    items = known | new
    _store_scales(document, items, questionnaire)
    _place(document, questionnaire, items)
    return DocumentReport(questionnaire, len(new), tuple(sorted(new.keys() & versions.keys())))


def _stored_versions(document: Document) -> dict[str, list[Item]]:
    """Return the stored versions of the items of a document by code, in `_rank`'s order."""
    versions: dict[str, list[Item]] = {}
    for item in Item.objects.filter(code__in=[entry.code for entry in document.items]):
        versions.setdefault(item.code, []).append(item)
    return {code: sorted(items, key=_rank) for code, items in versions.items()}


def _rank(item: Item) -> tuple[bool, int]:
    """Put what is settled before what a draft still words, and the newest first."""
    return item.drafted_in_id is not None, -item.version


def _find_known(document: Document, versions: Mapping[str, Sequence[Item]]) -> dict[str, Item]:
    """Return by code the items that are worded as a document says."""
    known = {}
    for entry in document.items:
        wording = wording_in(entry)
        same = (item for item in versions.get(entry.code, ()) if wording_of(item) == wording)
        item = next(same, None)
        if item is not None:
            known[entry.code] = item
    return known


def _draft_item(entry: DocumentItem, versions: Sequence[Item], draft: Questionnaire) -> Item:
    """Store a wording that belongs to a draft until that is published or discarded."""
    item = Item.objects.create(
        code=entry.code,
        version=max((other.version for other in versions), default=0) + 1,
        drafted_in=draft,
        **wording_in(entry),
    )
    if versions:
        keep_scales(versions[0], item)
    return item


def _store_scales(document: Document, items: Mapping[str, Item], draft: Questionnaire) -> None:
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
    claim_scales(
        draft=draft,
        codes=[scale.code for scale in document.scales],
        new=[scale.code for scale in new],
        items=items.values(),
    )


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
