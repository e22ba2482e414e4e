"""Random questionnaires with logic, random answers: all who ask agree with a model of their own.

The model knows beforehand what every posted value means and when every condition holds; the pages
with the fields of their forms, the dry evaluator, the machine interface and the preview find out
each in their way.
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import pytest
from django.template.loader import render_to_string
from hypothesis import given, settings
from hypothesis import strategies as st

from survey.api.v1.questionnaires import try_answers
from survey.questionnaires.answers import ReadAnswers, read_answers
from survey.questionnaires.arranging import arrange
from survey.questionnaires.content import (
    ItemContent,
    OptionContent,
    QuestionnaireContent,
    SectionContent,
)
from survey.questionnaires.evaluating import Evaluation, evaluate
from survey.questionnaires.kinds import list_fields
from survey.questionnaires.models import ItemKind
from survey.questionnaires.pages import Page
from survey.questionnaires.routing import Circumstances, list_shown
from survey.questionnaires.steps import keep_fields
from survey.questionnaires.turns import begin, take_turn
from tests.factories.questionnaires import item_content, questionnaire_content

ABSENT, WRONG = "absent", "wrong"  # no answer has these words
Known = Mapping[str, Any]
Holds = Callable[[Known], bool]
NORTH = Circumstances(language="en", attributes={"region": "north"})
FIELD = re.compile(r'<(?:input|textarea|select)\b[^>]*?\bname="([^"]+)"')
OPTIONS = (
    *(OptionContent(value, value, {"en": f"option {value}"}) for value in (1, 2, 3)),
    OptionContent(4, None, {"en": "Other"}, is_other=True),
)
MEANINGS: dict[str, list[tuple[dict[str, Any], Any]]] = {
    ItemKind.CHOICE: [({"": "2"}, 2), ({"": "cant_say"}, None), ({".other": "cake"}, 4)],
    ItemKind.RATING: [({"": "0"}, 0), ({"": "10"}, 10), ({"": "11"}, WRONG)],
    ItemKind.MULTIPLE: [
        ({"": ["3", "1"]}, [1, 3]),
        ({"": ["cant_say"]}, None),
        ({"": ["cant_say", "1"]}, WRONG),
        ({"": "2"}, [2]),
        ({"": ["9"]}, WRONG),
    ],
    ItemKind.RANKING: [
        ({".1": "3", ".2": "1", ".3": "2"}, [2, 3, 1]),
        ({".1": "3", ".2": "3", ".3": "2"}, WRONG),
        ({".cant_say": "cant_say"}, None),
    ],
    ItemKind.NUMBER: [({"": "7"}, 7), ({"": "x"}, WRONG), ({"": " "}, ABSENT)],
    ItemKind.DATE: [({"": "2026-05-01"}, "2026-05-01"), ({"": "2026-02-30"}, WRONG)],
    ItemKind.LINE: [({"": " warm "}, "warm"), ({"": "x" * 201}, WRONG)],
    ItemKind.TEXT: [({"": "warm\r\nbread"}, "warm\nbread"), ({"": " "}, ABSENT)],
    ItemKind.NOTE: [],
}
COMPARED = {"=": lambda one, two: one == two, "!=": lambda one, two: one != two}


@dataclass(frozen=True)
class Trial:
    """A questionnaire, what one person posts of it, and what that means."""

    content: QuestionnaireContent
    posted: dict[str, Any]
    meant: dict[str, Any]
    conditions: dict[str, Holds]

    def expect(self, content: QuestionnaireContent) -> tuple[list[str], dict[str, Any], set[str]]:
        """Return what the model says: who is asked what, what is stored, where errors are."""
        shown, known, wrong = [], {}, set()
        for item in content.items:
            if not self.conditions[item.code](known):
                continue
            shown.append(item.code)
            meaning = self.meant[item.code]
            if meaning is WRONG or (meaning is ABSENT and item.is_required):
                wrong.add(item.code)
            elif meaning is not ABSENT:
                known[item.code] = meaning
        return shown, known, wrong


OCCASIONS: list[tuple[dict[str, Any], Holds]] = [
    ({"attribute": "region", "op": "=", "value": "north"}, lambda known: True),
    ({"attribute": "region", "op": "in", "value": ["south"]}, lambda known: False),
    ({"attribute": "size", "op": "answered"}, lambda known: False),
    ({"language": ["en"]}, lambda known: True),
    ({"language": ["ar", "es"]}, lambda known: False),
]


@st.composite
def conditions(draw: st.DrawFn, earlier: list[ItemContent]) -> tuple[Any, Holds]:
    """Draw a condition and, apart from it, the function that says whether it holds."""
    leaves = [
        _leaf(draw, draw(st.sampled_from(earlier)))
        if earlier and draw(st.integers(0, 4))
        else draw(st.sampled_from(OCCASIONS))
        for _ in range(draw(st.integers(1, 3)))
    ]
    told, holds = [leaf[0] for leaf in leaves], [leaf[1] for leaf in leaves]
    match draw(st.sampled_from(["all", "any", "not", "leaf"])):
        case "all":
            return {"all": told}, lambda known: all(each(known) for each in holds)
        case "any":
            return {"any": told}, lambda known: any(each(known) for each in holds)
        case "not":
            return {"not": told[0]}, lambda known: not holds[0](known)
    return told[0], holds[0]


def _leaf(draw: st.DrawFn, item: ItemContent) -> tuple[dict[str, Any], Holds]:
    code = item.code
    values = [meaning for _, meaning in MEANINGS[item.kind] if meaning not in (WRONG, None, ABSENT)]
    op = draw(st.sampled_from(["=", "!=", "answered", "not_answered"]))
    if op == "answered":
        return {"item": code, "op": op}, lambda known: known.get(code) is not None
    if op == "not_answered":
        return {"item": code, "op": op}, lambda known: known.get(code) is None
    value = draw(st.sampled_from(values))
    leaf = {"item": code, "op": op, "value": value}
    return leaf, lambda known: known.get(code) is not None and COMPARED[op](known[code], value)


ALWAYS = st.just((None, lambda known: True))


@st.composite
def trials(draw: st.DrawFn) -> Trial:
    items: list[ItemContent] = []
    posted: dict[str, Any] = {}
    meant: dict[str, Any] = {}
    rules: dict[str, Holds] = {}
    for number in range(draw(st.integers(1, 14))):
        item = _draw_item(draw, f"i{number}")
        asked = [one for one in items if one.has_answer]
        condition, rules[item.code] = draw(ALWAYS | conditions(asked))
        item = replace(item, shown_when=condition)
        fields, meant[item.code] = draw(st.sampled_from([({}, ABSENT), *MEANINGS[item.kind]]))
        posted |= {f"{item.code}{name}": value for name, value in fields.items()}
        items.append(item)
    page = draw(st.sampled_from([None, "SCROLL", "SECTIONS", "ONE_BY_ONE"]))
    pool = [item.code for item in items[1:] if draw(st.integers(0, 3)) == 0]
    settings: dict[str, Any] = {"page": page} if page else {}
    settings |= {"sample": {"pool": pool, "n": 1}} if pool else {}
    settings |= {"shuffles_items": True} if draw(st.booleans()) else {}
    condition, of_two = draw(ALWAYS | conditions(_before_section(items, "two")))
    sections = (SectionContent("one"), SectionContent("two", {"en": "Two"}, condition))
    for item in items:
        if item.section == "two":
            rules[item.code] = _both(of_two, rules[item.code])
    content = questionnaire_content(*items, settings=settings, sections=sections)
    return Trial(content, posted, meant, rules)


def _before_section(items: list[ItemContent], section: str) -> list[ItemContent]:
    """Return the items with an answer that are asked before all of a section."""
    first = next((at for at, item in enumerate(items) if item.section == section), 0)
    return [item for item in items[:first] if item.has_answer]


def _both(one: Holds, other: Holds) -> Holds:
    return lambda known: one(known) and other(known)


def _draw_item(draw: st.DrawFn, code: str) -> ItemContent:
    kind = draw(st.sampled_from(list(MEANINGS)))
    changes: dict[str, Any] = {"section": draw(st.sampled_from(["one", "two"]))}
    if kind in (ItemKind.CHOICE, ItemKind.MULTIPLE):
        changes["options"] = OPTIONS
    if kind == ItemKind.RANKING:
        changes["options"] = OPTIONS[:3]
    if "options" in changes and draw(st.booleans()):
        changes["settings"] = {"shuffles_options": True}
    if kind != ItemKind.NOTE:
        changes["is_required"] = draw(st.booleans())
    return item_content(code, kind=kind, **changes)


def list_form(page: Page) -> set[str]:
    """Return the fields that the page's form has, as it is rendered."""
    html = render_to_string("components/questionnaire.html", {"page": page})
    return set(FIELD.findall(html)) - {page.state_field}


def go_through(trial: Trial, seed: int) -> tuple[list[str], ReadAnswers | None, set[str]]:
    """Fill in page after page; return what was asked, what was taken, and where errors were."""
    page = begin(trial.content, "en", circumstances=NORTH, seed=seed)
    seen: list[str] = []
    for _ in range(40):
        names = [question.name for question in page.questions]
        seen += names
        asked = [trial.content.item(name) for name in names]
        form = list_form(page)
        assert form <= {field for item in asked for field in list_fields(item)}
        assert {field.split(".")[0] for field in form} == {i.code for i in asked if i.has_answer}
        assert [one.is_required for one in page.questions] == [one.is_required for one in asked]
        sent = {name: value for name, value in trial.posted.items() if name in form}
        turn = take_turn(
            trial.content, {page.state_field: page.state, **sent}, "en", circumstances=NORTH
        )
        if turn.answers is not None:
            return seen, turn.answers, set()
        assert turn.page is not None
        if turn.page.errors:
            return seen, None, {one.name for one in turn.page.questions if one.error}
        page = turn.page
    raise AssertionError("the pages never end")


def ask_machine(trial: Trial, posted: Mapping[str, Any], seed: int) -> dict[str, Any]:
    """Return what the machine interface answers, both ways through JSON."""
    occasion = {"attributes": dict(NORTH.attributes), "language": NORTH.language, "seed": seed}
    body = json.loads(json.dumps({"answers": posted, **occasion}))
    return json.loads(json.dumps(try_answers(trial.content, body)))  # type: ignore[no-any-return]


def expect_of_machine(dry: Evaluation) -> dict[str, Any]:
    """Return what the machine interface has to say where the dry evaluator is right."""
    stored = {
        "answers": dry.stored_answers,
        "texts": dry.stored_texts,
        "leaves": dry.stored_leaves,
    }
    return {
        "shown": list(dry.shown),
        "required": list(dry.required),
        "wording": {code: f"How is {code}?" for code in dry.shown},
        "stored": None if dry.errors else stored,
    }


def check_agreement(trial: Trial, seed: int) -> None:
    """Let everybody who asks answer the same questionnaire, and compare."""
    content = arrange(trial.content, seed)
    shown, known, wrong = trial.expect(content)
    posted = keep_fields(content.items, trial.posted)

    dry = evaluate(content, posted, circumstances=NORTH, language="en")
    preview = [item.code for item in list_shown(content, known, NORTH)]
    machine = ask_machine(trial, posted, seed)
    seen, taken, refused = go_through(trial, seed)

    assert machine | expect_of_machine(dry) == machine
    assert [(one["field"], one["code"]) for one in machine["errors"]] == [
        (error.item, error.code) for error in dry.errors
    ]
    assert preview == list(dry.shown) == shown
    assert list(dry.required) == [code for code in shown if content.item(code).is_required]
    assert {error.item for error in dry.errors} - {""} == wrong
    own = {code: text for code, text in dry.stored_texts.items() if not code.endswith(".other")}
    assert {**dry.stored_answers, **own} == known
    assert seen == shown[: len(seen)]
    assert refused == wrong.intersection(seen)
    if taken is not None:
        kept = (taken.answers, taken.texts, taken.errors)
        assert (seen, kept) == (shown, (dry.stored_answers, dry.stored_texts, ()))
    elif not wrong:
        assert [error.code for error in dry.errors] == ["empty"]


class TestAgreement:
    @given(trials(), st.integers(0, 2**48))
    def test_holds_between_pages_evaluator_machines_preview_and_model(
        self, trial: Trial, seed: int
    ) -> None:
        check_agreement(trial, seed)

    @pytest.mark.soak
    @settings(max_examples=2000)
    @given(trials(), st.integers(0, 2**48))
    def test_holds_for_long(self, trial: Trial, seed: int) -> None:
        check_agreement(trial, seed)

    def test_would_notice_a_reader_that_keeps_what_is_hidden(self) -> None:
        hidden = item_content("b", shown_when={"item": "a", "op": "=", "value": 1})
        trial = Trial(
            questionnaire_content(item_content("a"), hidden),
            {"a": "2", "b": "2"},
            {"a": 2, "b": 2},
            {"a": lambda known: True, "b": lambda known: known.get("a") == 1},
        )
        careless = replace(trial.content, items=(trial.content.items[0], item_content("b")))

        read = read_answers(content=careless, posted=trial.posted)

        assert trial.expect(trial.content)[1] == {"a": 2} != read.answers
