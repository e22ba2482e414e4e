"""Which answers would tell in which circumstances somebody was asked: pure arithmetic.

An item that is asked in one language only, or in teams with some attribute, stands in the responses
of those people and in no others. Where they are fewer than k of those stored together, or all but
fewer than k, whoever knows the people knows the response.
"""

import json
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from survey.questionnaires.content import Condition, ItemContent, QuestionnaireContent
from survey.questionnaires.routing import list_items, list_leaves
from survey.responses.boxes import BoxContent

Attributes = Mapping[int, Mapping[str, str]]  # of each group


@dataclass(frozen=True, slots=True)
class Gate:
    """Items that are asked under one condition which hangs on more than what was answered."""

    codes: frozenset[str]
    attributes: frozenset[str]
    hangs_on_language: bool

    def was_passed(self, content: BoxContent) -> bool:
        """Say whether any of its items is answered."""
        return any(code in content.answers or code in content.texts for code in self.codes)

    def can_part(self, contents: Iterable[BoxContent], attributes: Attributes) -> bool:
        """Say whether it can have been open for some of these people and shut for others."""
        if self.hangs_on_language:
            return True
        groups = {content.group_id for content in contents}
        asked = sorted(self.attributes)
        known = {tuple(attributes[group].get(code) for code in asked) for group in groups}
        return len(known) > 1


def list_gates(content: QuestionnaireContent) -> tuple[Gate, ...]:
    """Return what in a questionnaire hangs on language or attributes, be it over other items."""
    codes: dict[str, set[str]] = {}
    traits: dict[str, tuple[frozenset[str], bool]] = {}
    for item in content.items:
        together = _conditions(content, item)
        traits[item.code] = _traits(together, traits)
        if any(traits[item.code]) and item.has_answer:
            codes.setdefault(json.dumps(together, sort_keys=True), set()).add(item.code)
    return tuple(Gate(frozenset(of_one), *traits[min(of_one)]) for of_one in codes.values())


def list_telling(
    *, gates: Iterable[Gate], contents: Sequence[BoxContent], attributes: Attributes, k: int
) -> frozenset[str]:
    """Return the codes whose answers must go, so that every pattern left is that of at least k.

    contents are all those stored together at one group.
    """
    parting = [gate for gate in gates if gate.can_part(contents, attributes)]
    patterns = Counter(
        frozenset(at for at, gate in enumerate(parting) if gate.was_passed(content))
        for content in contents
    )
    telling: set[str] = set()
    while len(patterns) > 1 and min(patterns.values()) < k:
        rarest = _find_rarest(patterns)
        telling |= parting[rarest].codes
        patterns = _leave_out(patterns, rarest)
    return frozenset(telling)


def leave_out(content: BoxContent, codes: Collection[str]) -> BoxContent:
    """Return what somebody answered without some items: no number, no word of theirs."""
    return replace(
        content,
        answers={code: value for code, value in content.answers.items() if code not in codes},
        texts={
            name: text
            for name, text in content.texts.items()
            if name.removesuffix(".other") not in codes
        },
        leaves={code: leave for code, leave in content.leaves.items() if code not in codes},
    )


def _conditions(content: QuestionnaireContent, item: ItemContent) -> list[Condition | None]:
    section = content.section(item.section)
    return [section.shown_when if section else None, item.shown_when]


def _traits(
    conditions: Iterable[Condition | None], known: Mapping[str, tuple[frozenset[str], bool]]
) -> tuple[frozenset[str], bool]:
    """Return on which attributes conditions hang, and whether they do on language."""
    attributes: set[str] = set()
    hangs_on_language = False
    for condition in conditions:
        for leaf in list_leaves(condition):
            hangs_on_language |= "language" in leaf
            attributes |= {leaf["attribute"]} if isinstance(leaf.get("attribute"), str) else set()
        for code in list_items(condition):
            of_item, of_language = known.get(code, (frozenset(), False))
            attributes |= of_item
            hangs_on_language |= of_language
    return frozenset(attributes), hangs_on_language


def _find_rarest(patterns: Counter[frozenset[int]]) -> int:
    """Return the gate that parts the fewest people from all others."""
    n_people = patterns.total()
    passed = Counter[int]()
    for pattern, n in patterns.items():
        passed.update(dict.fromkeys(pattern, n))
    parted = {at: min(n, n_people - n) for at, n in passed.items() if n < n_people}
    return min(parted, key=lambda at: (parted[at], at))


def _leave_out(patterns: Counter[frozenset[int]], gate: int) -> Counter[frozenset[int]]:
    merged = Counter[frozenset[int]]()
    for pattern, n in patterns.items():
        merged[pattern - {gate}] += n
    return merged
