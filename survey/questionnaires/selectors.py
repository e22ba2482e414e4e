"""Read questionnaires as they are asked."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import replace
from typing import Any

from django.db.models import Q

from survey.questionnaires.content import (
    LONGEST_LINE,
    LONGEST_TEXT,
    ItemContent,
    OptionContent,
    ProfileContent,
    QuestionnaireContent,
    ScaleContent,
    SectionContent,
)
from survey.questionnaires.models import (
    Item,
    ItemKind,
    Questionnaire,
    QuestionnaireItem,
    QuestionnaireStatus,
    ScaleItem,
    Section,
)

RATINGS = range(11)
LONGEST = {ItemKind.TEXT.value: LONGEST_TEXT, ItemKind.LINE.value: LONGEST_LINE}

_published: dict[int, QuestionnaireContent] = {}


def get_content(
    *, questionnaire_id: int, scale_codes: Collection[str] = ()
) -> QuestionnaireContent:
    """Return what a questionnaire asks, of all its scales or only of some.

    Published ones never change and are read once.
    """
    content = _published.get(questionnaire_id)
    if content is None:
        questionnaire = Questionnaire.objects.get(pk=questionnaire_id)
        content = _read_content(questionnaire)
        if questionnaire.status != QuestionnaireStatus.DRAFT:
            _published[questionnaire_id] = content
    return content.asking_only(scale_codes) if scale_codes else content


def list_constructs(*, content: QuestionnaireContent) -> tuple[str, ...]:
    """Return the codes of what a questionnaire asks about, in the order in which it does."""
    asked = {item.code: place for place, item in enumerate(content.items)}
    found = ScaleItem.objects.filter(item__code__in=asked).order_by("item__code")
    counted = found.filter(counted_in(content.id))
    rows = set(counted.values_list("scale__construct__code", "item__code"))
    in_order = sorted(rows, key=lambda row: (asked[row[1]], row[0]))
    return tuple(dict.fromkeys(construct for construct, _item in in_order))


def forget_content(*, questionnaire_id: int) -> None:
    """Drop what was kept under an id that SQLite gave away a second time after a rollback."""
    _published.pop(questionnaire_id, None)


def list_published(*, audience: str) -> list[Questionnaire]:
    """Return what an audience can be asked, by name, the newest version first."""
    return list(
        Questionnaire.objects.filter(
            audience=audience, status=QuestionnaireStatus.PUBLISHED
        ).order_by("name", "-version")
    )


def find_newest(*, code: str, status: str | None = None) -> Questionnaire | None:
    """Return the newest version of a questionnaire, of any status or of one."""
    versions = Questionnaire.objects.filter(code=code).order_by("-version")
    return (versions.filter(status=status) if status else versions).first()


def list_versions(questionnaire: Questionnaire) -> list[Questionnaire]:
    """Return all versions of a questionnaire for its audience, the newest first."""
    same = Questionnaire.objects.filter(code=questionnaire.code, audience=questionnaire.audience)
    return list(same.order_by("-version"))


def _read_content(questionnaire: Questionnaire) -> QuestionnaireContent:
    placed = list(
        QuestionnaireItem.objects.filter(questionnaire=questionnaire)
        .select_related("item", "section")
        .order_by("position")
    )
    sections = {place.section for place in placed if place.section is not None}
    return QuestionnaireContent(
        id=questionnaire.pk,
        code=questionnaire.code,
        version=questionnaire.version,
        name=questionnaire.name,
        audience=questionnaire.audience,
        languages=tuple(questionnaire.languages),
        items=tuple(map(_placed_content, placed)),
        scales=_whole_scales(questionnaire.pk, {place.item_id: place.position for place in placed}),
        sections=tuple(map(_section_content, sorted(sections, key=_position))),
        settings=questionnaire.settings,
    )


def _position(section: Section) -> int:
    return section.position


def _section_content(section: Section) -> SectionContent:
    return SectionContent(section.code, section.texts, section.shown_when)


def content_of(item: Item) -> ItemContent:
    """Return an item by itself, as it is worded, without a place in a questionnaire."""
    return ItemContent(
        code=item.code,
        version=item.version,
        kind=item.kind,
        texts=item.texts,
        hints=item.hints,
        options=_options(item),
        allows_cant_say=item.allows_cant_say,
        asks_for_playback=item.asks_for_playback,
        is_required=False,
        max_length=LONGEST.get(item.kind),
        settings=item.settings,
    )


def _placed_content(place: QuestionnaireItem) -> ItemContent:
    return replace(
        content_of(place.item),
        is_required=place.is_required,
        section=place.section.code if place.section else "",
        shown_when=place.shown_when,
    )


def _options(item: Item) -> tuple[OptionContent, ...]:
    """Return the options in the order shown; a rating has eleven and words only at its ends."""
    given: dict[int, dict[str, Any]] = {option["value"]: option for option in item.options}
    if item.kind == ItemKind.RATING:
        return tuple(
            OptionContent(value, float(value), given.get(value, {}).get("texts", {}))
            for value in RATINGS
        )
    return tuple(_option(option) for option in given.values())


def _option(stored: dict[str, Any]) -> OptionContent:
    return OptionContent(
        stored["value"],
        stored.get("score"),
        stored["texts"],
        is_other=stored.get("is_other", False),
        is_exclusive=stored.get("is_exclusive", False),
        is_fixed=stored.get("is_fixed", False),
    )


def _whole_scales(questionnaire_id: int, positions: dict[int, int]) -> tuple[ScaleContent, ...]:
    """Return the scales of which every item is asked: a part of a scale is not that scale.

    A short form counts only where no longer scale with all its items is asked, unless it is a facet
    of that one.
    """
    touched = ScaleItem.objects.filter(item__in=positions).values("scale")
    places = defaultdict(list)
    found = ScaleItem.objects.filter(scale__in=touched).select_related("scale__mirrors", "item")
    for place in found.filter(counted_in(questionnaire_id)):
        places[place.scale_id].append(place)
    whole = []
    for group in places.values():
        asked = sorted(
            (place for place in group if place.item_id in positions),
            key=lambda place: positions[place.item_id],
        )
        if {place.item.code for place in asked} == {place.item.code for place in group}:
            whole.append(asked)
    whole.sort(key=lambda asked: (positions[asked[0].item_id], -len(asked), asked[0].scale.code))
    codes = {asked[0].scale_id: asked[0].scale.code for asked in whole}
    parts = [(asked, codes.get(asked[0].scale.facet_of_id or 0)) for asked in whole]
    return tuple(
        _scale_content(asked, facet_of)
        for asked, facet_of in parts
        if facet_of or not _is_doubled(asked, whole)
    )


def counted_in(questionnaire_id: int) -> Q:
    """Return which places in scales count in a questionnaire: not those of others' drafts."""
    return Q(scale__drafted_in=None) | Q(scale__drafted_in=questionnaire_id)


def _is_doubled(asked: list[ScaleItem], whole: list[list[ScaleItem]]) -> bool:
    """Say whether a short form is asked within a longer scale."""
    items = {place.item_id for place in asked}
    longer = (other for other in whole if len(other) > len(asked))
    return asked[0].scale.is_short_form and any(
        items.issubset(place.item_id for place in other) for other in longer
    )


def _scale_content(places: list[ScaleItem], facet_of: str | None) -> ScaleContent:
    scale = places[0].scale
    return ScaleContent(
        code=scale.code,
        name=scale.name,
        phrase=scale.phrase,
        method=scale.method,
        minimum=scale.minimum,
        maximum=scale.maximum,
        favourable_from=scale.favourable_from,
        item_codes=tuple(place.item.code for place in places),
        reversed_codes=frozenset(place.item.code for place in places if place.is_reversed),
        facet_of=facet_of,
        mirrors=scale.mirrors.code if scale.mirrors else None,
        profiles=tuple(_profile(stored) for stored in scale.profiles),
        shows_items=scale.shows_items,
        is_linked=scale.is_linked,
    )


def _profile(stored: dict[str, Any]) -> ProfileContent:
    return ProfileContent(
        code=stored["code"],
        name=stored["name"],
        definition=stored["definition"],
        at_least=stored.get("at_least", {}),
        below=stored.get("below", {}),
    )
