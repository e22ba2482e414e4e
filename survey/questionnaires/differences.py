"""What two versions of a questionnaire differ in, and where that breaks a trend."""

from collections.abc import Iterator
from dataclasses import dataclass, fields

from survey.questionnaires.content import ItemContent, QuestionnaireContent

PLACE_FIELDS = ("is_required", "section", "shown_when")
IGNORED = ("code", "version", "max_length")


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that changed; where is an item, a section, or empty for the whole."""

    where: str
    what: str
    old: object
    new: object
    breaks_trend: bool = False


def difference(old: QuestionnaireContent, new: QuestionnaireContent) -> tuple[Difference, ...]:
    """Return what a newer version changes, in the order asked; what left comes last."""
    return (
        *_of_whole(old, new),
        *_of_sections(old, new),
        *_of_items(old, new),
        *_of_order(old, new),
    )


def _of_whole(old: QuestionnaireContent, new: QuestionnaireContent) -> Iterator[Difference]:
    for name in ("name", "audience", "languages", "settings"):
        before, after = getattr(old, name), getattr(new, name)
        if before != after:
            yield Difference("", name, before, after)


def _of_sections(old: QuestionnaireContent, new: QuestionnaireContent) -> Iterator[Difference]:
    before = {section.code: section for section in old.sections}
    after = {section.code: section for section in new.sections}
    for code in dict.fromkeys([*after, *before]):
        if before.get(code) != after.get(code):
            yield Difference(code, "section", before.get(code), after.get(code))


def _of_items(old: QuestionnaireContent, new: QuestionnaireContent) -> Iterator[Difference]:
    before = {item.code: item for item in old.items}
    after = {item.code: item for item in new.items}
    for code, item in after.items():
        if code not in before:
            yield Difference(code, "added", None, item.texts)
        else:
            yield from _of_item(before[code], item)
    for code, item in before.items():
        if code not in after:
            yield Difference(code, "removed", item.texts, None, breaks_trend=item.is_closed)


def _of_item(old: ItemContent, new: ItemContent) -> Iterator[Difference]:
    for name in (each.name for each in fields(ItemContent)):
        before, after = getattr(old, name), getattr(new, name)
        if before != after and name not in IGNORED:
            is_wording = name not in PLACE_FIELDS and new.is_closed
            yield Difference(new.code, name, before, after, breaks_trend=is_wording)


def _of_order(old: QuestionnaireContent, new: QuestionnaireContent) -> Iterator[Difference]:
    both = {item.code for item in old.items} & {item.code for item in new.items}
    before = tuple(item.code for item in old.items if item.code in both)
    after = tuple(item.code for item in new.items if item.code in both)
    if before != after:
        yield Difference("", "order", before, after)
