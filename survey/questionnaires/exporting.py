"""Write a stored questionnaire as a document."""

from itertools import groupby
from typing import Any

from survey.questionnaires.documents import (
    Document,
    DocumentItem,
    DocumentOption,
    DocumentScale,
    DocumentSection,
)
from survey.questionnaires.models import Questionnaire, QuestionnaireItem, Scale, Section
from survey.questionnaires.selectors import get_content


def export_document(*, questionnaire_id: int) -> Document:
    """Return a questionnaire with its sections, items and scales.

    What scales are to each other, and profiles told by them, stay in the item bank.
    """
    questionnaire = Questionnaire.objects.get(pk=questionnaire_id)
    placed = (
        QuestionnaireItem.objects.filter(questionnaire=questionnaire)
        .select_related("item", "section")
        .order_by("position")
    )
    return Document(
        code=questionnaire.code,
        name=questionnaire.name,
        audience=questionnaire.audience,
        languages=tuple(questionnaire.languages),
        settings=questionnaire.settings,
        sections=tuple(
            _section(number, section, list(places))
            for number, (section, places) in enumerate(groupby(placed, _section_of), start=1)
        ),
        scales=_scales(questionnaire_id),
    )


def _section_of(place: QuestionnaireItem) -> Section | None:
    return place.section


def _section(
    number: int, section: Section | None, places: list[QuestionnaireItem]
) -> DocumentSection:
    items = tuple(map(_item, places))
    if section is None:
        return DocumentSection(f"part_{number}", items)
    return DocumentSection(section.code, items, section.texts, section.shown_when)


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
