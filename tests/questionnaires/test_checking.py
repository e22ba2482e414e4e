"""What keeps a questionnaire from being published."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from survey.questionnaires.arranging import arrange
from survey.questionnaires.checking import find_faults
from survey.questionnaires.content import (
    ItemContent,
    OptionContent,
    QuestionnaireContent,
    ScaleContent,
    SectionContent,
)
from survey.questionnaires.models import ItemKind
from survey.questionnaires.routing import list_shown
from tests.factories.questionnaires import item_content, questionnaire_content

FIRST = item_content("first")
NOTE = item_content("note", kind=ItemKind.NOTE)


def b(shown_when: Any = None, **changes: Any) -> QuestionnaireContent:
    """Return three questions, of which the second is the one to be checked."""
    item = item_content("b", shown_when=shown_when, **changes)
    number = item_content("number", kind=ItemKind.NUMBER)
    return questionnaire_content(FIRST, NOTE, number, item, item_content("last"))


def on(code: str, op: str = "=", value: Any = 1) -> dict[str, Any]:
    return {"item": code, "op": op, "value": value}


def of_options(kind: str, *options: OptionContent, **settings: Any) -> QuestionnaireContent:
    return b(kind=kind, options=options, settings=settings)


def option(value: int, **flags: bool) -> OptionContent:
    return OptionContent(value, None, {"en": str(value)}, **flags)


LOOP: tuple[ItemContent, ...] = (
    item_content("x", shown_when=on("y")),
    item_content("y", shown_when=on("x")),
)
SAMPLED = (FIRST, item_content("a"), item_content("b"))
FAULTS: list[tuple[QuestionnaireContent, str]] = [
    (questionnaire_content(), "It has no questions"),
    (questionnaire_content(NOTE), "It has no questions"),
    (questionnaire_content(FIRST, FIRST), "Asked twice: first"),
    (questionnaire_content(FIRST, languages=("en", "es")), "first is not worded in es"),
    (questionnaire_content(FIRST, languages=("en", "en")), "The language en stands twice"),
    (b(on("nowhere")), "b hangs on what is not asked: nowhere"),
    (b(on("last")), "b hangs on what is asked later: last"),
    (b(on("b")), "b hangs on what is asked only later, and in a loop: b"),
    (questionnaire_content(*LOOP), "x hangs on what is asked only later, and in a loop: y"),
    (b(on("note", "answered")), "b hangs on what has no answer: note"),
    (b(on("first", "~")), "b compares by an unknown sign: ~"),
    (b({"attribute": "r", "op": "~"}), "b compares by an unknown sign: ~"),
    (b(on("first", "in", 1)), "b needs a list to compare with"),
    (b(on("first", "=", 7)), "b waits for an answer that first does not offer: 7"),
    (b(on("first", "in", [1, 7])), "b waits for an answer that first does not offer: 7"),
    (b(on("number", "=", "x")), "b waits for an answer that number does not offer: x"),
    (b(on("first", "<", "x")), "b compares first with what has no order to it: x"),
    (b({"language": ["tlh"]}), "b hangs on a language that is not offered: tlh"),
    (b({"always": True}), "b has a condition that cannot be read"),
    (b({"all": [on("first"), on("first", "=", 2)]}), "b can never come up"),
    (b(texts={"en": "{{item:last}}"}), "b repeats what is asked later: last"),
    (b(texts={"en": "{{item:nobody}}"}), "b repeats what is not asked: nobody"),
    (b(texts={"en": "{{fact:weather}}"}), "b repeats what nobody knows: weather"),
    (of_options("CHOICE"), "b has too few answers to choose from"),
    (of_options("MULTIPLE", option(1), option(1)), "b has two answers of one number"),
    (
        of_options("CHOICE", option(1, is_other=True), option(2, is_other=True)),
        "b has more than one answer with own words",
    ),
    (
        of_options("CHOICE", option(1), option(2, is_exclusive=True)),
        "b has an exclusive answer, but only one can be chosen",
    ),
    (
        of_options("RANKING", option(1), option(2, is_other=True)),
        "b cannot rank an answer with own words",
    ),
    (
        of_options("MULTIPLE", option(1), option(2), min_choices=3),
        "b cannot have from 3 to 999 answers",
    ),
    (
        b(kind="NUMBER", settings={"minimum": 3, "maximum": 2}),
        "b allows nothing between 3 and 2",
    ),
    (b(kind="DATE", settings={"minimum": 3}), "b has a bound of another kind than its answers"),
    (
        b(kind="DATE", settings={"minimum": "2026-13-45"}),
        "b has a bound of another kind than its answers",
    ),
    (b(kind="NOTE", is_required=True), "b has nothing to answer and cannot be required"),
    (
        questionnaire_content(*SAMPLED, settings={"sample": {"pool": ["a", "x"], "n": 1}}),
        "Drawn at random but not asked: x",
    ),
    (
        questionnaire_content(*SAMPLED, settings={"sample": {"pool": ["a", "b"], "n": 3}}),
        "3 of 2 questions cannot be drawn",
    ),
    (
        questionnaire_content(*SAMPLED, settings={"sample": {"pool": ["first", "b"], "n": 1}}),
        "The first question is always asked and cannot be drawn at random",
    ),
]


VALUES = st.recursive(
    st.sampled_from([None, True, 1, 1.5, "=", "in", "first", "b", "note", "number", "en"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["all", "item", "op"]), inner, max_size=2)
    ),
    max_leaves=4,
)
NAMES = st.sampled_from(["all", "any", "not", "item", "attribute", "op", "value", "language"])
CONDITIONS = st.dictionaries(NAMES, VALUES, max_size=4)


class TestFindFaults:
    @pytest.mark.parametrize(("content", "words"), FAULTS, ids=[words for _, words in FAULTS])
    def test_names_what_to_mend(self, content: QuestionnaireContent, words: str) -> None:
        assert any(str(fault).startswith(words) for fault in find_faults(content))

    def test_finds_nothing_wrong_with_a_good_one(self) -> None:
        content = questionnaire_content(
            FIRST,
            NOTE,
            item_content("day", kind=ItemKind.DATE),
            item_content("b", shown_when=on("first", "<=", 2), section="s"),
            item_content("c", texts={"en": "{{item:b}} {{fact:team}}"}, section="s"),
            item_content("r", kind=ItemKind.RATING, options=_ends()),
            sections=(SectionContent("s", {}, on("day", ">", "2026-01-01")),),
            settings={"sample": {"pool": ["b", "c"], "n": 1}},
        )

        assert find_faults(content) == ()

    def test_refuses_a_section_that_hangs_on_itself(self) -> None:
        content = questionnaire_content(
            FIRST,
            item_content("inside", section="s"),
            sections=(SectionContent("s", {}, on("inside")),),
        )

        assert [fault.where for fault in find_faults(content)] == ["s"]

    def test_refuses_words_in_a_scale(self) -> None:
        scale = ScaleContent("s", "S", "s", "MEAN", 1, 5, None, ("n",), frozenset())
        number = item_content("n", kind=ItemKind.NUMBER)

        faults = find_faults(questionnaire_content(number, scales=(scale,)))

        assert [str(fault) for fault in faults] == ["n cannot count in the scale s"]

    @given(CONDITIONS)
    @example({"item": "first", "op": "=", "value": 1, "attribute": {}})
    @example({"attribute": "site", "op": "=", "value": {"a": 1}})
    @example({"item": "first", "op": []})
    @example({"language": [{}]})
    @example({"item": "number", "op": "<", "value": 10**400})
    @example({"item": "number", "op": "=", "value": float("inf")})
    def test_reads_whatever_stands_in_a_condition(self, condition: Any) -> None:
        content = b(condition)

        find_faults(content)
        list_shown(content, {"first": 1})
        arrange(replace(content, settings={"shuffles_items": True}), seed=1)


def _ends() -> tuple[OptionContent, ...]:
    """Return the numbers of a rating, worded at its ends only."""
    return tuple(
        OptionContent(value, value, {"en": "end"} if value in (0, 10) else {})
        for value in range(11)
    )
