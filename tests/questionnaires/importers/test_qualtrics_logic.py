"""Conditions and repeated answers of Qualtrics."""

from typing import Any

import pytest

from survey.questionnaires.documents import DocumentItem, DocumentOption
from survey.questionnaires.importers.conditions import Target
from survey.questionnaires.importers.expressions import CannotSayError
from survey.questionnaires.importers.qualtrics_logic import (
    logic_rules,
    negated,
    repeat_answers,
)
from survey.questionnaires.importers.wording import mark
from tests.questionnaires.importers.makers import when

TWO = (DocumentOption(1, {"en": "Yes"}), DocumentOption(2, {"en": "No"}))
ONE = Target(DocumentItem("one", {"en": "?"}, "CHOICE", options=TWO), {"1": 1, "2": 2})
BOXES = Target(DocumentItem("boxes", {"en": "?"}, "MULTIPLE", options=TWO), {"1": 1, "2": 2})
WORDS = Target(DocumentItem("words", {"en": "?"}, "LINE"))
NUMBER = Target(DocumentItem("number", {"en": "?"}, "NUMBER"))
NAMES = {"QID1": ONE, "QID2": BOXES, "QID3": WORDS, "QID4/2": NUMBER, "QID5/1": ONE}


def said(locator: str, operator: str = "Selected", **more: Any) -> Any:
    (rule,) = logic_rules(when(locator, operator, **more))
    return rule.translate(NAMES)


class TestLogicRules:
    @pytest.mark.parametrize(
        ("locator", "operator", "value", "condition"),
        [
            ("QID1/SelectableChoice/2", "Selected", "", {"item": "one", "op": "=", "value": 2}),
            ("QID2/SelectableChoice/2", "Selected", "",
             {"item": "boxes", "op": "contains", "value": 2}),
            ("QID1/SelectableChoice/2", "NotSelected", "",
             {"not": {"item": "one", "op": "=", "value": 2}}),
            ("QID5/SelectableChoice/1/2", "Selected", "", {"item": "one", "op": "=", "value": 2}),
            ("QID3/ChoiceTextEntryValue", "EqualTo", "tea",
             {"item": "words", "op": "=", "value": "tea"}),
            ("QID3/ChoiceTextEntryValue", "Contains", "te",
             {"item": "words", "op": "contains", "value": "te"}),
            ("QID3/ChoiceTextEntryValue", "NotEmpty", "", {"item": "words", "op": "answered"}),
            ("QID3/ChoiceTextEntryValue", "Empty", "", {"item": "words", "op": "not_answered"}),
            ("QID4/ChoiceNumericEntryValue/2", "GreaterThan", "7",
             {"item": "number", "op": ">", "value": 7}),
        ],
    )  # fmt: skip
    def test_say_what_qualtrics_says(
        self, locator: str, operator: str, value: str, condition: Any
    ) -> None:
        assert said(f"q://{locator}", operator, RightOperand=value) == condition

    def test_bind_and_before_or(self) -> None:
        one = when("q://QID1/SelectableChoice/1")["0"]["0"]
        logic = {
            "0": {"0": one, "1": {**one, "Conjuction": "Or"}, "2": {**one, "Conjuction": "And"}}
        }

        (rule,) = logic_rules(logic)

        leaf = {"item": "one", "op": "=", "value": 1}
        assert rule.translate(NAMES) == {"any": [leaf, {"all": [leaf, leaf]}]}

    @pytest.mark.parametrize(
        ("locator", "more", "reason"),
        [
            ("q://QID9/SelectableChoice/1", {}, "no answer of this questionnaire"),
            ("q://QID1/SelectableChoice/7", {}, "does not offer"),
            ("nowhere", {}, "which answer"),
            ("q://QID1/SelectableChoice/1", {"LogicType": "EmbeddedField"}, "EmbeddedField"),
        ],
    )
    def test_tell_why_they_cannot(self, locator: str, more: dict[str, str], reason: str) -> None:
        with pytest.raises(CannotSayError, match=reason):
            said(locator, **more)

    def test_say_nothing_where_there_is_no_logic(self) -> None:
        assert logic_rules(None) == logic_rules([]) == logic_rules("x") == ()


class TestNegated:
    def test_holds_where_not_all_rules_do(self) -> None:
        rules = logic_rules(when("q://QID1/SelectableChoice/1"))

        assert negated(rules).translate(NAMES) == {"not": {"item": "one", "op": "=", "value": 1}}


class TestRepeatAnswers:
    def test_marks_answers_and_all_else(self) -> None:
        text = "${q://QID1/ChoiceGroup/SelectedChoices} ${q://QID4/ChoiceTextEntryValue/2} ${e://Field/x}"

        assert repeat_answers(text) == " ".join(map(mark, ["QID1", "QID4/2", "e://Field/x"]))
