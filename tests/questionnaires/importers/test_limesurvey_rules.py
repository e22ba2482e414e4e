"""Conditions and repeated answers of LimeSurvey."""

import pytest

from survey.questionnaires.documents import DocumentItem
from survey.questionnaires.importers.conditions import Target
from survey.questionnaires.importers.expressions import CannotSayError
from survey.questionnaires.importers.limesurvey_rules import (
    condition_rules,
    relevance_rules,
    repeat_answers,
)
from survey.questionnaires.importers.wording import mark

AGE = Target(DocumentItem("age", {"en": "?"}, "NUMBER"))
NAMES = {"age": AGE, "7X1X3": AGE}


class TestRelevanceRules:
    def test_say_nothing_where_a_question_is_always_asked(self) -> None:
        assert relevance_rules("") == relevance_rules(" 1 ") == ()

    def test_look_through_the_endings_of_names(self) -> None:
        (rule,) = relevance_rules("age.NAOK > 3 and 7X1X3.value < 9")

        assert rule.translate(NAMES) == {
            "all": [
                {"item": "age", "op": ">", "value": 3},
                {"item": "age", "op": "<", "value": 9},
            ]
        }


class TestConditionRules:
    def test_join_scenarios_questions_and_values(self) -> None:
        rows = [
            {"scenario": "1", "cfieldname": "7X1X3", "method": "==", "value": "3"},
            {"scenario": "1", "cfieldname": "7X1X3", "method": "==", "value": "4"},
            {"scenario": "2", "cfieldname": "age", "method": ">", "value": "90"},
        ]

        (rule,) = condition_rules(rows)

        assert rule.translate(NAMES) == {
            "any": [
                {"any": [{"item": "age", "op": "=", "value": n} for n in (3, 4)]},
                {"item": "age", "op": ">", "value": 90},
            ]
        }

    def test_do_not_know_patterns(self) -> None:
        (rule,) = condition_rules([{"cfieldname": "age", "method": "RX", "value": "/x/"}])

        with pytest.raises(CannotSayError, match="RX"):
            rule.translate(NAMES)


class TestRepeatAnswers:
    def test_marks_names_and_leaves_other_brackets(self) -> None:
        said = repeat_answers("{age.shown} {INSERTANS:7X1X3} { no } {if(age<3,'a','b')}")

        assert said == " ".join([mark("age"), mark("7X1X3"), "{ no }", mark("if(age 3,'a','b')")])
