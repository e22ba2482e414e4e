"""Write a stored questionnaire as a document."""

from collections import defaultdict
from typing import Any

from survey.questionnaires.codes import make_code
from survey.questionnaires.documents import (
    Document,
    DocumentItem,
    DocumentOption,
    DocumentScale,
    DocumentSection,
)
from survey.questionnaires.models import Questionnaire, QuestionnaireItem, Scale
from survey.questionnaires.selectors import get_content


def export_document(*, questionnaire_id: int) -> Document:
    """Return a questionnaire with its sections, items and scales.

    What scales are to each other, and profiles told by them, stay in the item bank.
    """
    questionnaire = Questionnaire.objects.get(pk=questionnaire_id)
    return Document(
        code=questionnaire.code,
        name=questionnaire.name,
        audience=questionnaire.audience,
        languages=tuple(questionnaire.languages),
        settings=questionnaire.settings,
        sections=_sections(questionnaire),
        scales=_scales(questionnaire_id),
    )


def _sections(questionnaire: Questionnaire) -> tuple[DocumentSection, ...]:
    """Return all sections, those of a draft that are still empty too."""
    items: dict[int | None, list[DocumentItem]] = defaultdict(list)
    placed = QuestionnaireItem.objects.filter(questionnaire=questionnaire).select_related("item")
    for place in placed.order_by("position"):
        items[place.section_id].append(_item(place))
    sections = [
        DocumentSection(each.code, tuple(items[each.pk]), each.texts, each.shown_when)
        for each in questionnaire.sections.order_by("position")
    ]
    if items[None]:
        taken = {section.code for section in sections}
        code = make_code("part_1", fallback="part", taken=taken)
        sections.insert(0, DocumentSection(code, tuple(items[None])))
    return tuple(sections)


def _item(place: QuestionnaireItem) -> DocumentItem:
    item = place.item
    return DocumentItem(
        code=item.code,
        version=item.version,
        kind=item.kind,
        texts=item.texts,
        hints=item.hints,
        options=tuple(map(_option, item.options)),
        settings=item.settings,
        allows_cant_say=item.allows_cant_say,
        is_required=place.is_required,
        shown_when=place.shown_when,
        asks_for_playback=item.asks_for_playback,
    )


def _option(stored: dict[str, Any]) -> DocumentOption:
    return DocumentOption(**stored)


def _scales(questionnaire_id: int) -> tuple[DocumentScale, ...]:
    asked = {scale.code: scale for scale in get_content(questionnaire_id=questionnaire_id).scales}
    stored = Scale.objects.filter(code__in=asked).select_related("construct").order_by("code")
    return tuple(
        DocumentScale(
            code=scale.code,
            construct=scale.construct.code,
            name=scale.name,
            phrase=scale.phrase,
            minimum=scale.minimum,
            maximum=scale.maximum,
            items=asked[scale.code].item_codes,
            reversed=tuple(sorted(asked[scale.code].reversed_codes)),
            favourable_from=scale.favourable_from,
            method=scale.method,
            is_short_form=scale.is_short_form,
        )
        for scale in stored
    )
