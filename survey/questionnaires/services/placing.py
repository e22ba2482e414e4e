"""Put items and sections into a draft, and move them about in it.

A condition or a placeholder may come to refer to what is asked later or no more: a draft may be
unfinished, and publishing says what has to be mended.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.db import transaction

from survey.questionnaires.codes import make_code
from survey.questionnaires.documents import MOST_ITEMS, DocumentItem, item_to_json
from survey.questionnaires.models import Item, QuestionnaireItem, Section
from survey.questionnaires.reading import read_item, read_place
from survey.questionnaires.services.locking import lock_draft
from survey.questionnaires.services.outline import (
    ItemNotAskedError,
    Outline,
    Part,
    SectionUnknownError,
)
from survey.questionnaires.services.seen import check_seen, see_section
from survey.questionnaires.services.wording import drop_unplaced, wording_in

Condition = Mapping[str, Any]


class ItemAskedAlreadyError(Exception):
    """The draft asks an item of this code, in this or another version."""


class ItemCodeTakenError(Exception):
    """There is an item of this code; a new one needs another."""


class SectionCodeTakenError(Exception):
    """The draft has a section of this code."""


class QuestionnaireFullError(Exception):
    """More items than one questionnaire may have."""


@transaction.atomic
def add_items(
    *, questionnaire_id: int, item_ids: Sequence[int], section_code: str | None = None
) -> None:
    """Ask items of the bank at the end of a section, or of the whole where none is named."""
    outline = Outline(lock_draft(questionnaire_id))
    part = _end(outline, section_code)
    stored = Item.objects.in_bulk(item_ids)
    for item_id in item_ids:
        if item_id not in stored:
            raise ItemNotAskedError(str(item_id))
        _append(outline, part, stored[item_id])
    outline.save()


@transaction.atomic
def add_new_item(
    *, questionnaire_id: int, entry: DocumentItem, section_code: str | None = None
) -> Item:
    """Write a new item and ask it at the end of a section; without a code, its words make one.

    An empty section_code names what stands before all sections, None the end of the whole.
    Raises DocumentError for what cannot be asked.
    """
    outline = Outline(lock_draft(questionnaire_id))
    part = _end(outline, section_code)
    entry = read_item(item_to_json(replace(entry, code=entry.code or _free_code(entry))))
    if Item.objects.filter(code=entry.code).exists():
        raise ItemCodeTakenError(entry.code)
    item = Item.objects.create(code=entry.code, drafted_in=outline.draft, **wording_in(entry))
    place = _append(outline, part, item)
    place.is_required, place.shown_when = entry.is_required, entry.shown_when
    outline.save()
    return item


@transaction.atomic
def remove_item(*, questionnaire_id: int, code: str) -> None:
    """Ask an item no more; it stays in the bank, or goes where it was only written here."""
    outline = Outline(lock_draft(questionnaire_id))
    at, place = outline.find(code)
    outline.parts[at].places.remove(place)
    place.delete()
    outline.save()
    drop_unplaced(outline.draft)


@transaction.atomic
def move_item(*, questionnaire_id: int, code: str, step: int) -> None:
    """Move an item one place up (-1) or down (+1), over the border of its section at its end."""
    outline = Outline(lock_draft(questionnaire_id))
    at, place = outline.find(code)
    places = outline.parts[at].places
    old = places.index(place)
    if 0 <= old + step < len(places):
        places.insert(old + step, places.pop(old))
    elif 0 <= at + step < len(outline.parts) and _can_hold(outline, at + step):
        places.remove(place)
        others = outline.parts[at + step].places
        others.insert(len(others) if step < 0 else 0, place)
    outline.save()


@transaction.atomic
def place_item(
    *,
    questionnaire_id: int,
    code: str,
    is_required: bool,
    shown_when: Condition | None,
    section_code: str,
) -> None:
    """Set when an item is asked, and where: in another section it comes last.

    An empty section_code names what stands before all sections.
    """
    outline = Outline(lock_draft(questionnaire_id))
    at, place = outline.find(code)
    place.is_required = read_place("is_required", is_required)
    place.shown_when = read_place("shown_when", shown_when)
    part = outline.part(section_code)
    if part is not outline.parts[at]:
        outline.parts[at].places.remove(place)
        part.places.append(place)
    outline.save()


@transaction.atomic
def add_section(*, questionnaire_id: int, code: str, texts: Mapping[str, str]) -> Section:
    """Add an empty section at the end; without a code it gets one."""
    outline = Outline(lock_draft(questionnaire_id))
    taken = {part.code for part in outline.parts}
    code = read_place("code", code or make_code("section", fallback="section", taken=taken))
    if code in taken:
        raise SectionCodeTakenError(code)
    section = Section(questionnaire=outline.draft, code=code, texts=read_place("texts", texts))
    outline.parts.append(Part(section))
    outline.save()
    return section


@transaction.atomic
def change_section(
    *,
    questionnaire_id: int,
    code: str,
    texts: Mapping[str, str],
    shown_when: Condition | None,
    seen: str | None = None,
) -> None:
    """Set a section's heading, and when it is asked.

    Raises DocumentError for what cannot be, DraftChangedError where it is not as it was seen.
    """
    outline = Outline(lock_draft(questionnaire_id))
    section = _section(outline, code)
    check_seen(seen, see_section(section))
    section.texts = read_place("texts", texts)
    section.shown_when = read_place("shown_when", shown_when)
    outline.save()


@transaction.atomic
def move_section(*, questionnaire_id: int, code: str, step: int) -> None:
    """Move a section with its items one place up (-1) or down (+1)."""
    outline = Outline(lock_draft(questionnaire_id))
    _section(outline, code)
    old = next(at for at, part in enumerate(outline.parts) if part.code == code)
    if 1 <= old + step < len(outline.parts):
        outline.parts.insert(old + step, outline.parts.pop(old))
    outline.save()


@transaction.atomic
def remove_section(*, questionnaire_id: int, code: str) -> None:
    """Take a section's heading away; its items join the section before."""
    outline = Outline(lock_draft(questionnaire_id))
    section = _section(outline, code)
    at = next(at for at, part in enumerate(outline.parts) if part.code == code)
    outline.parts[at - 1].places += outline.parts.pop(at).places
    outline.save()
    section.delete()


def _end(outline: Outline, section_code: str | None) -> Part:
    return outline.parts[-1] if section_code is None else outline.part(section_code)


def _append(outline: Outline, part: Part, item: Item) -> QuestionnaireItem:
    codes = outline.codes
    if item.code in codes:
        raise ItemAskedAlreadyError(item.code)
    if len(codes) >= MOST_ITEMS:
        raise QuestionnaireFullError(str(MOST_ITEMS))
    return outline.append(part, item)


def _free_code(entry: DocumentItem) -> str:
    words = next(iter(entry.texts.values()), "")
    taken = Item.objects.values_list("code", flat=True).distinct()
    return make_code(words, fallback="question", taken=set(taken))


def _section(outline: Outline, code: str) -> Section:
    section = outline.part(code).section
    if section is None:
        raise SectionUnknownError(code)
    return section


def _can_hold(outline: Outline, at: int) -> bool:
    """Say whether items can be moved into a part: before all sections only where some stand."""
    return at > 0 or bool(outline.parts[0].places)
