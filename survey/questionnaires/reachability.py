"""Whether a question can ever come up: every way to answer what it hangs on is tried out."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import chain, islice, product
from typing import Any

from survey.questionnaires.content import Answer, Condition, ItemContent, QuestionnaireContent
from survey.questionnaires.models import ItemKind
from survey.questionnaires.routing import Circumstances, list_items, list_leaves, list_shown

MOST_TRIED = 20_000  # beyond that nothing is claimed
SOME_WORDS = "words nobody asks for"
SOME_DAY = "2000-02-29"


def can_come_up(content: QuestionnaireContent, item: ItemContent) -> bool:
    """Say whether some answers and circumstances bring an item up, so far as can be tried."""
    involved = _involved(content, item)
    small = replace(content, items=tuple(one for one in content.items if one.code in involved))
    conditions = list(_conditions(small, small.items))
    if not any(conditions):
        return True
    leaves = list(chain.from_iterable(map(list_leaves, conditions)))
    asked = [one for one in small.items if one.has_answer and one.code != item.code]
    domains = [list(_answers(one, leaves)) for one in asked]
    occasions = list(islice(_circumstances(content, leaves), MOST_TRIED))
    ways = ((known, answers) for answers in product(*domains) for known in occasions)
    n_tried = 0
    for known, answers in islice(ways, MOST_TRIED):
        n_tried += 1
        chosen = {one.code: value for one, value in zip(asked, answers, strict=True)}
        given = {code: value for code, value in chosen.items() if value is not None}
        if any(one.code == item.code for one in list_shown(small, given, known)):
            return True
    return n_tried == MOST_TRIED


def _conditions(
    content: QuestionnaireContent, items: Iterable[ItemContent]
) -> Iterator[Condition | None]:
    for item in items:
        section = content.section(item.section)
        yield item.shown_when
        yield section.shown_when if section else None


def _involved(content: QuestionnaireContent, item: ItemContent) -> set[str]:
    """Return the codes of an item and of all that it hangs on, directly or through others."""
    found = {item.code}
    for earlier in reversed(content.items):
        if earlier.code in found:
            for condition in _conditions(content, [earlier]):
                found |= list_items(condition)
    return found


def _answers(item: ItemContent, leaves: Iterable[Condition]) -> Iterator[Answer]:
    """Yield an answer of every sort that the comparisons tell apart; None is no answer."""
    told = [leaf.get("value") for leaf in leaves if leaf.get("item") == item.code]
    values = [one for value in told for one in (value if isinstance(value, list) else [value])]
    yield None
    if item.is_closed:
        yield from item.values
    elif item.kind == ItemKind.MULTIPLE:
        yield from ([value] for value in item.values)
        yield from ([one, two] for one, two in product(item.values, repeat=2) if one < two)
        yield list(item.values)
    elif item.kind == ItemKind.RANKING:
        yield list(item.values)
        yield list(reversed(item.values))
    elif item.kind == ItemKind.NUMBER:
        yield from _numbers(item, [one for one in values if isinstance(one, int | float)])
    else:
        usual = SOME_DAY if item.kind == ItemKind.DATE else SOME_WORDS
        yield from _words([str(one) for one in values if isinstance(one, str)], usual)


def _numbers(item: ItemContent, values: list[int | float]) -> Iterator[Answer]:
    low, high = item.settings.get("minimum"), item.settings.get("maximum")
    step = 10 ** -int(item.settings.get("decimals", 0))
    ends = [end for end in (low, high) if end is not None]
    for value in (0, *ends, *chain.from_iterable((one - step, one, one + step) for one in values)):
        is_allowed = (low is None or value >= low) and (high is None or value <= high)
        if is_allowed and round(value, item.settings.get("decimals", 0)) == value:
            yield value


def _words(values: list[str], usual: str) -> Iterator[Answer]:
    yield usual
    yield from values
    yield " ".join(values)
    yield from ("0001-01-01", "9999-12-31") if usual == SOME_DAY else ()


def _circumstances(
    content: QuestionnaireContent, leaves: Iterable[Condition]
) -> Iterator[Circumstances]:
    told: dict[str, list[str]] = {}
    for leaf in leaves:
        if isinstance(leaf.get("attribute"), str):
            value: Any = leaf.get("value")
            several = value if isinstance(value, list) else [value]
            told.setdefault(leaf["attribute"], ["", SOME_WORDS]).extend(map(str, several))
    for language in content.languages:
        for chosen in product(*told.values()):
            attributes: Mapping[str, str] = {
                code: value for code, value in zip(told, chosen, strict=True) if value
            }
            yield Circumstances(language=language, attributes=attributes)
