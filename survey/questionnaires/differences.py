"""What two versions of a questionnaire differ in, and where that breaks a trend."""

from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, fields, replace

from survey.questionnaires.content import ItemContent, QuestionnaireContent, Texts

PLACE_FIELDS = ("is_required", "section", "shown_when")
IGNORED = ("code", "version", "max_length")


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that changed; where is an item, a section, or empty for the whole.

    what: a field's name, or added, removed, moved (from one place to another), section (added or
    removed) or heading.
    """

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
    )


def reads_alike(old: ItemContent, new: ItemContent) -> bool:
    """Say whether whoever answers in a language of both versions meets the same question."""
    common = [tag for tag in old.texts if tag in new.texts]
    return bool(common) and _read_in(common, old) == _read_in(common, new)


def _of_whole(old: QuestionnaireContent, new: QuestionnaireContent) -> Iterator[Difference]:
    for name in ("name", "audience", "languages", "settings"):
        before, after = getattr(old, name), getattr(new, name)
        if before != after:
            yield Difference("", name, before, after)


def _of_sections(old: QuestionnaireContent, new: QuestionnaireContent) -> Iterator[Difference]:
    before = {section.code: section for section in old.sections}
    after = {section.code: section for section in new.sections}
    for code in dict.fromkeys([*after, *before]):
        one, two = before.get(code), after.get(code)
        if one is None or two is None:
            yield Difference(code, "section", one, two)
            continue
        if one.texts != two.texts:
            yield Difference(code, "heading", one.texts, two.texts)
        if one.shown_when != two.shown_when:
            yield Difference(code, "shown_when", one.shown_when, two.shown_when)


def _of_items(old: QuestionnaireContent, new: QuestionnaireContent) -> Iterator[Difference]:
    before = {item.code: item for item in old.items}
    after = {item.code: item for item in new.items}
    places = [
        [code for code in codes if code in before and code in after] for codes in (before, after)
    ]
    moved = _moved(*places)
    for code, item in after.items():
        if code not in before:
            yield Difference(code, "added", None, item.texts)
            continue
        if code in moved:
            old_place, new_place = (order.index(code) + 1 for order in places)
            yield Difference(code, "moved", old_place, new_place)
        yield from _of_item(before[code], item)
    for code, item in before.items():
        if code not in after:
            yield Difference(code, "removed", item.texts, None, breaks_trend=item.is_closed)


def _of_item(old: ItemContent, new: ItemContent) -> Iterator[Difference]:
    is_broken = old.is_closed and not reads_alike(old, new)
    for name in (each.name for each in fields(ItemContent)):
        before, after = getattr(old, name), getattr(new, name)
        if before != after and name not in IGNORED:
            is_wording = name not in PLACE_FIELDS
            yield Difference(new.code, name, before, after, is_wording and is_broken)


def _moved(old: Sequence[str], new: Sequence[str]) -> Collection[str]:
    """Return the fewest codes whose moving makes one order the other."""
    places = [old.index(code) for code in new]
    ends: list[int] = []  # the lowest end of a rising run, by its length
    lengths = []
    for place in places:
        length = bisect_left(ends, place)
        ends[length : length + 1] = [place]
        lengths.append(length)
    stayed, wanted = set(), len(ends) - 1
    for code, length in reversed(list(zip(new, lengths, strict=True))):
        if length == wanted:
            stayed.add(code)
            wanted -= 1
    return {code for code in new if code not in stayed}


def _read_in(tags: Sequence[str], item: ItemContent) -> list[object]:
    """Return all that people meet who read in these languages; own messages only on an error."""
    settings = {name: value for name, value in item.settings.items() if name != "messages"}
    options = [replace(option, texts=_only(tags, option.texts)) for option in item.options]
    words = [_only(tags, item.texts), _only(tags, item.hints)]
    return [*words, item.kind, options, settings, item.allows_cant_say]


def _only(tags: Sequence[str], texts: Texts) -> Texts:
    return {tag: texts[tag] for tag in tags if tag in texts}
