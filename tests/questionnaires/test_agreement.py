"""Random questionnaires with logic, random answers: all who ask agree with a model of their own.

The model knows beforehand what every posted value means and when every condition holds; the page,
the reader of answers and the dry evaluator find out each in their way.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from survey.questionnaires.answers import ReadAnswers, read_answers
from survey.questionnaires.arranging import arrange
from survey.questionnaires.content import (
    ItemContent,
    OptionContent,
    QuestionnaireContent,
    SectionContent,
)
from survey.questionnaires.models import ItemKind
from survey.questionnaires.routing import Circumstances, list_shown
from survey.questionnaires.steps import keep_fields
from survey.questionnaires.turns import begin, take_turn
from tests.factories.questionnaires import item_content, questionnaire_content

ABSENT, WRONG = "absent", "wrong"  # no answer has these words
Known = Mapping[str, Any]
Holds = Callable[[Known], bool]
ENGLISH = Circumstances(language="en")
OPTIONS = (
    *(OptionContent(value, value, {"en": f"option {value}"}) for value in (1, 2, 3)),
    OptionContent(4, None, {"en": "Other"}, is_other=True),
)
MEANINGS: dict[str, list[tuple[dict[str, Any], Any]]] = {
    ItemKind.CHOICE: [({"": "2"}, 2), ({"": "cant_say"}, None), ({".other": "cake"}, 4)],
    ItemKind.RATING: [({"": "0"}, 0), ({"": "10"}, 10), ({"": "11"}, WRONG)],
    ItemKind.MULTIPLE: [({"": ["3", "1"]}, [1, 3]), ({"": "2"}, [2]), ({"": ["9"]}, WRONG)],
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


@st.composite
def conditions(draw: st.DrawFn, earlier: list[ItemContent]) -> tuple[Any, Holds]:
    """Draw a condition and, apart from it, the function that says whether it holds."""
    leaves = [_leaf(draw, draw(st.sampled_from(earlier))) for _ in range(draw(st.integers(1, 3)))]
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


@st.composite
def trials(draw: st.DrawFn) -> Trial:
    items: list[ItemContent] = []
    posted: dict[str, Any] = {}
    meant: dict[str, Any] = {}
    rules: dict[str, Holds] = {}
    for number in range(draw(st.integers(1, 14))):
        item = _draw_item(draw, f"i{number}")
        asked = [one for one in items if one.has_answer]
        if asked and draw(st.booleans()):
            condition, rules[item.code] = draw(conditions(asked))
            item = replace(item, shown_when=condition)
        else:
            rules[item.code] = lambda known: True
        fields, meant[item.code] = draw(st.sampled_from([({}, ABSENT), *MEANINGS[item.kind]]))
        posted |= {f"{item.code}{name}": value for name, value in fields.items()}
        items.append(item)
    page = draw(st.sampled_from([None, "SCROLL", "SECTIONS", "ONE_BY_ONE"]))
    pool = [item.code for item in items[1:] if draw(st.integers(0, 3)) == 0]
    settings: dict[str, Any] = {"page": page} if page else {}
    settings |= {"sample": {"pool": pool, "n": 1}} if pool else {}
    settings |= {"shuffles_items": True} if draw(st.booleans()) else {}
    sections = (SectionContent("one"), SectionContent("two", {"en": "Two"}))
    content = questionnaire_content(*items, settings=settings, sections=sections)
    return Trial(content, posted, meant, rules)


def _draw_item(draw: st.DrawFn, code: str) -> ItemContent:
    kind = draw(st.sampled_from(list(MEANINGS)))
    changes: dict[str, Any] = {"section": draw(st.sampled_from(["one", "two"]))}
    if kind in (ItemKind.CHOICE, ItemKind.MULTIPLE):
        changes["options"] = OPTIONS
    if kind == ItemKind.RANKING:
        changes["options"] = OPTIONS[:3]
    if kind != ItemKind.NOTE:
        changes["is_required"] = draw(st.booleans())
    return item_content(code, kind=kind, **changes)


def go_through(trial: Trial, seed: int) -> tuple[list[str], ReadAnswers | None, set[str]]:
    """Answer page after page; return what was asked, what was taken, and where errors were."""
    page = begin(trial.content, "en", seed=seed)
    seen: list[str] = []
    for _ in range(40):
        names = [question.name for question in page.questions]
        seen += names
        items = tuple(trial.content.item(name) for name in names)
        sent = {page.state_field: page.state, **keep_fields(items, trial.posted)}
        turn = take_turn(trial.content, sent, "en")
        if turn.answers is not None:
            return seen, turn.answers, set()
        assert turn.page is not None
        if turn.page.errors:
            return seen, None, {one.name for one in turn.page.questions if one.error}
        page = turn.page
    raise AssertionError("the pages never end")


class TestAgreement:
    @given(trials(), st.integers(0, 2**48))
    def test_holds_between_page_reader_preview_and_model(self, trial: Trial, seed: int) -> None:
        content = arrange(trial.content, seed)
        shown, known, wrong = trial.expect(content)
        posted = keep_fields(content.items, trial.posted)

        read = read_answers(content=content, posted=posted, circumstances=ENGLISH)
        preview = [item.code for item in list_shown(content, known, ENGLISH)]
        seen, taken, refused = go_through(trial, seed)

        assert preview == shown
        assert {error.item for error in read.errors} - {""} == wrong
        own = {code: text for code, text in read.texts.items() if not code.endswith(".other")}
        assert {**read.answers, **own} == known
        assert seen == shown[: len(seen)]
        assert refused == wrong.intersection(seen)
        if taken is not None:
            assert (seen, taken) == (shown, read)
        elif not wrong:
            assert [error.code for error in read.errors] == ["empty"]

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
