"""Which questions can never come up: every way to answer what they hang on is tried out.

Answers that no comparison tells apart count as one. All questions share one allowance of work;
where it is used up, nothing is claimed.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, combinations, islice, product
from operator import eq
from typing import Any

from survey.questionnaires.content import Answer, Condition, ItemContent, QuestionnaireContent
from survey.questionnaires.models import ItemKind
from survey.questionnaires.routing import (
    Circumstances,
    is_met,
    list_items,
    list_leaves,
    list_shown,
)

MOST_WORK = 100_000  # questions gone through, for a whole questionnaire
MOST_FOR_ONE = MOST_WORK // 10
MOST_VALUES = 200  # of one question
LARGEST = 10**15
SOME_WORDS = "words nobody asks for"
SOME_DAY = "2000-02-29"

Subject = tuple[str, str]  # what a comparison looks at: "item", "attribute" or "language"; its code


@dataclass(frozen=True, slots=True)
class Comparison:
    """A leaf of a condition, and whether an item comes up sooner if it holds or if it does not."""

    leaf: Condition
    is_wanted: bool


def find_unreachable(content: QuestionnaireContent) -> tuple[str, ...]:
    """Return the codes of the items that were shown never to come up."""
    conditions = {item.code: _conditions_of(content, item) for item in content.items}
    involved = _list_involved(conditions)
    left, found = MOST_WORK, []
    for item in content.items:
        if not conditions[item.code] or left <= 0:
            continue
        codes = involved[item.code]
        small = replace(content, items=tuple(one for one in content.items if one.code in codes))
        told = chain.from_iterable(conditions[one.code] for one in small.items)
        comparisons = chain.from_iterable(_list_comparisons(condition) for condition in told)
        is_possible, n_done = _try_out(item.code, small, comparisons, min(left, MOST_FOR_ONE))
        left -= n_done
        if not is_possible:
            found.append(item.code)
    return tuple(found)


def _conditions_of(content: QuestionnaireContent, item: ItemContent) -> list[Condition]:
    section = content.section(item.section)
    both = (item.shown_when, section.shown_when if section else None)
    return [condition for condition in both if condition is not None]


def _list_involved(conditions: Mapping[str, Iterable[Condition]]) -> dict[str, frozenset[str]]:
    """Return each item with all that it hangs on, directly or through others before it."""
    involved: dict[str, frozenset[str]] = {}
    for code, own in conditions.items():
        direct = chain.from_iterable(map(list_items, own))
        involved[code] = frozenset({code}).union(*(involved[one] for one in direct))
    return involved


def _list_comparisons(condition: Condition, is_wanted: bool = True) -> Iterator[Comparison]:
    match condition:
        case {"all": list() as parts} | {"any": list() as parts}:
            for part in parts:
                yield from _list_comparisons(part, is_wanted)
        case {"not": part}:
            yield from _list_comparisons(part, not is_wanted)
        case _:
            yield from (Comparison(leaf, is_wanted) for leaf in list_leaves(condition))


def _try_out(
    code: str, content: QuestionnaireContent, comparisons: Iterable[Comparison], allowance: int
) -> tuple[bool, int]:
    """Return whether an item comes up, or may do so for all that was tried, and the work done."""
    told: dict[Subject, list[Comparison]] = defaultdict(list)
    for one in comparisons:
        told[_subject_of(one.leaf)].append(one)
    values = {subject: _list_values(subject, about, content) for subject, about in told.items()}
    tried = {subject: list(islice(some, MOST_VALUES)) for subject, some in values.items()}
    sorts = [_sort_out(subject, tried[subject], told[subject], content) for subject in told]
    n_done = sum(map(len, tried.values()))
    for chosen in product(*sorts):
        n_done += len(content.items)
        answers, known = _assemble(dict(zip(told, chosen, strict=True)), content)
        comes_up = any(item.code == code for item in list_shown(content, answers, known))
        if comes_up or n_done >= allowance:
            return True, n_done
    return any(len(some) == MOST_VALUES for some in tried.values()), n_done


def _subject_of(leaf: Condition) -> Subject:
    kinds = (kind for kind in ("item", "attribute") if isinstance(leaf.get(kind), str))
    kind = next(kinds, "language")
    return kind, leaf[kind] if kind != "language" else ""


def _assemble(
    values: Mapping[Subject, Answer], content: QuestionnaireContent
) -> tuple[dict[str, Answer], Circumstances]:
    told: dict[str, dict[str, Answer]] = {"item": {}, "attribute": {}, "language": {}}
    for (kind, code), value in values.items():
        if value is not None:
            told[kind][code] = value
    language = told["language"].get("", content.languages[0] if content.languages else "")
    attributes = {code: str(value) for code, value in told["attribute"].items()}
    return told["item"], Circumstances(language=str(language), attributes=attributes)


def _sort_out(
    subject: Subject,
    values: Iterable[Answer],
    about: Sequence[Comparison],
    content: QuestionnaireContent,
) -> list[Answer]:
    """Return one value for all that the comparisons do not tell apart, the most wanted first."""
    sorts: dict[tuple[bool, ...], Answer] = {}
    for value in values:
        answers, known = _assemble({subject: value}, content)
        sorts.setdefault(tuple(is_met(one.leaf, answers, known) for one in about), value)
    wanted = [one.is_wanted for one in about]
    return [sorts[held] for held in sorted(sorts, key=lambda held: -sum(map(eq, held, wanted)))]


def _list_values(
    subject: Subject, about: Iterable[Comparison], content: QuestionnaireContent
) -> Iterator[Answer]:
    kind, code = subject
    told = [one.leaf.get("value") for one in about]
    named = [one for value in told for one in (value if isinstance(value, list) else [value])]
    if kind == "language":
        yield from content.languages
        return
    yield None
    if kind == "attribute":
        yield from _list_words([str(one) for one in named], SOME_WORDS)
    else:
        lists = [value for value in told if isinstance(value, list)]
        yield from _list_answers(content.item(code), named, lists)


def _list_answers(
    item: ItemContent, named: Sequence[Any], lists: Iterable[list[Any]]
) -> Iterator[Answer]:
    """Yield an answer of every sort that comparisons with some values can tell apart."""
    if item.is_closed:
        yield from sorted(item.values, key=lambda value: value not in named)
    elif item.kind == ItemKind.MULTIPLE:
        yield list(item.values)
        yield from (
            value for value in lists if set(map(repr, value)) <= set(map(repr, item.values))
        )
        unnamed = [value for value in item.values if value not in named][:1]
        known = [value for value in item.values if value in named]
        yield from (list(some) for some in _list_parts([*known, *unnamed]) if some)
    elif item.kind == ItemKind.RANKING:
        yield list(item.values)
        yield from (
            value for value in lists if sorted(map(repr, value)) == sorted(map(repr, item.values))
        )
    elif item.kind == ItemKind.NUMBER:
        yield from _list_numbers(item, [one for one in named if isinstance(one, int | float)])
    else:
        usual = SOME_DAY if item.kind == ItemKind.DATE else SOME_WORDS
        yield from _list_words([one for one in named if isinstance(one, str)], usual)


def _list_parts(values: Sequence[Any]) -> Iterator[tuple[Any, ...]]:
    sizes = range(len(values) + 1)
    return chain.from_iterable(combinations(values, size) for size in sizes)


def _list_numbers(item: ItemContent, values: list[int | float]) -> Iterator[Answer]:
    low, high = item.settings.get("minimum"), item.settings.get("maximum")
    decimals = int(item.settings.get("decimals", 0))
    step = 10**-decimals
    ends = [end for end in (low, high) if end is not None]
    near = ((one - step, one, one + step) for one in values if abs(one) <= LARGEST)
    for value in (0, *ends, *chain.from_iterable(near)):
        is_allowed = (low is None or value >= low) and (high is None or value <= high)
        if is_allowed and round(value, decimals) == value:
            yield value


def _list_words(values: Sequence[str], usual: str) -> Iterator[Answer]:
    yield usual
    yield from values
    yield from ("0001-01-01", "9999-12-31") if usual == SOME_DAY else ()
    yield from (" ".join(some) for some in _list_parts(values) if len(some) > 1)
