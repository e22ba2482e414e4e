"""Draw what one respondent is asked, and in which order, from a seed that travels in the form.

The seed is drawn anew whenever the page is opened, never derived from a link, and kept nowhere.
"""

import random
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import TypeVar

from survey.questionnaires.content import ItemContent, OptionContent, QuestionnaireContent
from survey.questionnaires.models import ItemKind
from survey.questionnaires.piping import list_piped
from survey.questionnaires.routing import list_items

SHUFFLED_KINDS = (ItemKind.CHOICE, ItemKind.MULTIPLE, ItemKind.RANKING)
system_random = random.SystemRandom()

T = TypeVar("T")


def draw_seed() -> int:
    """Return a seed that nobody can foresee."""
    return system_random.getrandbits(48)


def arrange(content: QuestionnaireContent, seed: int) -> QuestionnaireContent:
    """Return what is asked with a seed: the drawn items, and items and options in their order.

    Items keep their place where logic or wording hangs on it, and so does the first of all, which
    letters ask; options keep it where they are fixed, "other" or exclusive.
    """
    rng = random.Random(seed)  # noqa: S311  # an order for fairness, not a secret
    items = _drawn(content, rng)
    if content.settings.get("shuffles_items"):
        items = _shuffle_items(content, items, rng)
    return replace(content, items=tuple(_shuffle_options(item, rng) for item in items))


def is_drawn(content: QuestionnaireContent) -> bool:
    """Say whether anything is drawn or shuffled at random."""
    settings = content.settings
    shuffles = any(item.settings.get("shuffles_options") for item in content.items)
    return bool(settings.get("sample") or settings.get("shuffles_items") or shuffles)


def list_needed(content: QuestionnaireContent, item: ItemContent) -> frozenset[str]:
    """Return the codes of the earlier items that decide whether or how an item is asked."""
    section = content.section(item.section)
    of_section = list_items(section.shown_when) if section else frozenset()
    return of_section | list_items(item.shown_when) | list_piped(item)


def _drawn(content: QuestionnaireContent, rng: random.Random) -> list[ItemContent]:
    sample = content.settings.get("sample")
    if not sample:
        return list(content.items)
    pool = [item.code for item in content.items if item.code in sample["pool"]]
    left_out = set(pool) - set(rng.sample(pool, min(sample["n"], len(pool))))
    return [item for item in content.items if item.code not in left_out]


def _shuffle_items(
    content: QuestionnaireContent, items: list[ItemContent], rng: random.Random
) -> list[ItemContent]:
    needed = {item.code: list_needed(content, item) for item in content.items}
    bound = {code for codes in needed.values() for code in codes}
    bound |= {code for code, codes in needed.items() if codes}
    bound |= {item.code for item in content.items if _is_placed(item)} | {content.items[0].code}
    sections = dict.fromkeys(item.section for item in items)
    for section in sections:
        free = [
            at
            for at, item in enumerate(items)
            if item.section == section and item.code not in bound
        ]
        items = _shuffle_places(items, free, rng)
    return items


def _is_placed(item: ItemContent) -> bool:
    is_fixed = bool(item.settings.get("is_fixed"))
    return is_fixed or not item.has_answer or item.shown_when is not None


def _shuffle_options(item: ItemContent, rng: random.Random) -> ItemContent:
    if not item.settings.get("shuffles_options") or item.kind not in SHUFFLED_KINDS:
        return item
    free = [at for at, option in enumerate(item.options) if not _is_at_its_place(option)]
    return replace(item, options=tuple(_shuffle_places(item.options, free, rng)))


def _is_at_its_place(option: OptionContent) -> bool:
    return option.is_fixed or option.is_other or option.is_exclusive


def _shuffle_places(values: Sequence[T], free: Collection[int], rng: random.Random) -> list[T]:
    """Return values with those at some places shuffled among these places."""
    shuffled = list(values)
    moved = [values[at] for at in free]
    rng.shuffle(moved)
    for at, value in zip(free, moved, strict=True):
        shuffled[at] = value
    return shuffled
