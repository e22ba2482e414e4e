"""What is asked of whom: conditions over what was answered before.

The page, whoever reads answers and the preview all ask a `Route`. A condition is JSON:
{"all": [...]}, {"any": [...]}, {"not": ...}, {"item": code, "op": "=", "value": 3},
{"attribute": code, "op": "=", "value": "north"} or {"language": ["en", "es"]}. A comparison holds
only where there is an answer; "I can't say" is none.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from survey.questionnaires.content import (
    Answer,
    Condition,
    ItemContent,
    QuestionnaireContent,
)

Answers = Mapping[str, Answer]


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What is known of an occasion beside the answers.

    attributes: of the team, by code. facts: date (as in 2026-03-02), channel and team.
    """

    language: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)
    facts: Mapping[str, str] = field(default_factory=dict)


UNKNOWN = Circumstances()


class Route:
    """Goes through a questionnaire in order and knows what has been answered on the way."""

    def __init__(self, content: QuestionnaireContent, circumstances: Circumstances) -> None:
        self._sections = {section.code: section.shown_when for section in content.sections}
        self._circumstances = circumstances
        self.answers: dict[str, Answer] = {}

    def asks(self, item: ItemContent) -> bool:
        """Say whether an item is asked, after the answers so far."""
        return self._holds(self._sections.get(item.section)) and self._holds(item.shown_when)

    def take(self, code: str, answer: Answer) -> None:
        """Note the answer to an item that is asked."""
        self.answers[code] = answer

    def _holds(self, condition: Condition | None) -> bool:
        return condition is None or is_met(condition, self.answers, self._circumstances)


def list_shown(
    content: QuestionnaireContent, answers: Answers, circumstances: Circumstances = UNKNOWN
) -> tuple[ItemContent, ...]:
    """Return the items that are asked of whoever answers so; answers to others do not count."""
    route = Route(content, circumstances)
    shown = []
    for item in content.items:
        if route.asks(item):
            shown.append(item)
            if item.code in answers:
                route.take(item.code, answers[item.code])
    return tuple(shown)


def is_met(condition: Condition, answers: Answers, circumstances: Circumstances) -> bool:
    """Say whether a condition holds."""
    match condition:
        case {"all": list() as parts}:
            return all(is_met(part, answers, circumstances) for part in parts)
        case {"any": list() as parts}:
            return any(is_met(part, answers, circumstances) for part in parts)
        case {"not": part}:
            return not is_met(part, answers, circumstances)
        case {"item": str() as code, "op": str() as op}:
            return _compare(answers.get(code), op, condition.get("value"))
        case {"attribute": str() as code, "op": str() as op}:
            return _compare(circumstances.attributes.get(code), op, condition.get("value"))
        case {"language": list() as tags}:
            return circumstances.language in tags
    return False


def list_leaves(condition: Condition | None) -> Iterator[Condition]:
    """Yield the comparisons of a condition, without what joins them."""
    match condition:
        case None:
            return
        case {"all": list() as parts} | {"any": list() as parts}:
            for part in parts:
                yield from list_leaves(part)
        case {"not": part}:
            yield from list_leaves(part)
        case _:
            yield condition if isinstance(condition, Mapping) else {}


def list_items(condition: Condition | None) -> frozenset[str]:
    """Return the codes of the items that a condition asks about."""
    leaves = list_leaves(condition)
    return frozenset(leaf["item"] for leaf in leaves if isinstance(leaf.get("item"), str))


def _compare(answer: Answer, op: str, value: Any) -> bool:
    if op == "not_answered":
        return answer is None
    compare = COMPARISONS.get(op)
    return answer is not None and compare is not None and compare(answer, value)


def _is_in(answer: Answer, value: Any) -> bool:
    if not isinstance(value, list):
        return False
    return any(each in value for each in answer) if isinstance(answer, list) else answer in value


def _contains(answer: Answer, value: Any) -> bool:
    if isinstance(answer, str):
        return isinstance(value, str) and value.casefold() in answer.casefold()
    return isinstance(answer, list) and value in answer


def _ordered(compare: Callable[[Any, Any], bool]) -> Callable[[Answer, Any], bool]:
    """Return a comparison that holds only between two numbers, or between two days."""

    def holds(answer: Answer, value: Any) -> bool:
        kinds = (int, float) if isinstance(answer, int | float) else str
        is_alike = isinstance(answer, int | float | str) and isinstance(value, kinds)
        return is_alike and compare(answer, value)

    return holds


COMPARISONS: dict[str, Callable[[Answer, Any], bool]] = {
    "=": lambda answer, value: answer == value,
    "!=": lambda answer, value: answer != value,
    "<": _ordered(lambda answer, value: answer < value),
    "<=": _ordered(lambda answer, value: answer <= value),
    ">": _ordered(lambda answer, value: answer > value),
    ">=": _ordered(lambda answer, value: answer >= value),
    "in": _is_in,
    "contains": _contains,
    "answered": lambda answer, value: True,
}
OPS = frozenset({*COMPARISONS, "not_answered"})
