"""Conditions of other programs in our language."""

from typing import Any

import pytest

from survey.questionnaires.documents import DocumentItem, DocumentOption
from survey.questionnaires.importers.conditions import (
    Target,
    compare,
    depth_of,
    join,
    negate,
    translate,
)
from survey.questionnaires.importers.expressions import LIMESURVEY, XPATH, CannotSayError, parse

TWO = (DocumentOption(1, {"en": "Yes"}), DocumentOption(2, {"en": "No"}))
CODED = {"Y": 1, "N": 2}
BOXES = DocumentItem("boxes", {"en": "?"}, "MULTIPLE", options=TWO)
NAMES = {
    "one": Target(DocumentItem("one", {"en": "?"}, "CHOICE", options=TWO), CODED),
    "sized": Target(DocumentItem("sized", {"en": "?"}, "CHOICE", options=TWO), {"10": 1, "20": 2}),
    "rated": Target(DocumentItem("rated", {"en": "?"}, "CHOICE", options=TWO), {"1": 1, "2": 2}),
    "boxes": Target(BOXES, CODED),
    "boxes_Y": Target(BOXES, CODED, choice=1),
    "number": Target(DocumentItem("number", {"en": "?"}, "NUMBER")),
    "day": Target(DocumentItem("day", {"en": "?"}, "DATE")),
    "words": Target(DocumentItem("words", {"en": "?"}, "LINE")),
    "order": Target(DocumentItem("order", {"en": "?"}, "RANKING", options=TWO), CODED),
}


def leaf(code: str, op: str, value: Any = None) -> dict[str, Any]:
    return {"item": code, "op": op} | ({} if value is None else {"value": value})


class TestTranslate:
    @pytest.mark.parametrize(
        ("source", "said"),
        [
            ("one == 'Y'", leaf("one", "=", 1)),
            ("one != 'Y'", {"not": leaf("one", "=", 1)}),
            ("'Y' == one", leaf("one", "=", 1)),
            ("sized > 10", leaf("sized", "in", [2])),
            ("sized > 99", False),
            ("15 > sized", leaf("sized", "in", [1])),
            ("rated >= 2", leaf("rated", ">=", 2)),
            ("rated == 2.0", leaf("rated", "=", 2)),
            ("boxes_Y == 'Y'", leaf("boxes", "contains", 1)),
            ("boxes_Y != 'Y'", {"not": leaf("boxes", "contains", 1)}),
            ("boxes_Y == ''", {"not": leaf("boxes", "contains", 1)}),
            ("!is_empty(words)", leaf("words", "answered")),
            ("words == ''", leaf("words", "not_answered")),
            ("strlen(words) > 0", leaf("words", "answered")),
            ("number <= 3.5", leaf("number", "<=", 3.5)),
            ("number == '4'", leaf("number", "=", 4)),
            ("day >= '2026-01-31'", leaf("day", ">=", "2026-01-31")),
            ("words == 'tea'", leaf("words", "=", "tea")),
            ("!(number < 1 or words == 'a')",
             {"not": {"any": [leaf("number", "<", 1), leaf("words", "=", "a")]}}),
            ("1 and number < 1", leaf("number", "<", 1)),
            ("0 || 1", True),
            ("number", leaf("number", "answered")),
        ],
    )  # fmt: skip
    def test_says_what_limesurvey_says(self, source: str, said: Any) -> None:
        assert translate(parse(source, LIMESURVEY), NAMES) == said

    @pytest.mark.parametrize(
        ("source", "said"),
        [
            ("selected(boxes, 'N')", leaf("boxes", "contains", 2)),
            ("selected('Y N', one)", leaf("one", "in", [1, 2])),
            ("not(selected(one, 'Y'))", {"not": leaf("one", "=", 1)}),
            ("words != '' and words != 'a'", leaf("words", "!=", "a")),
            ("contains(words, 'a')", leaf("words", "contains", "a")),
            ("day < date('2026-01-31')", leaf("day", "<", "2026-01-31")),
            ("true() or number = 1", True),
            ("false()", False),
        ],
    )
    def test_says_what_xpath_says(self, source: str, said: Any) -> None:
        assert translate(parse(source, XPATH), NAMES) == said

    @pytest.mark.parametrize(
        ("source", "reason"),
        [
            ("nobody == 1", "no answer of this questionnaire"),
            ("one == 'Z'", "does not offer"),
            ("one == number", "two answers with each other"),
            ("one > 'x'", "what is none"),
            ("words > 3", "by size"),
            ("order == 'Y'", "several answers"),
            ("boxes_Y > 3", "ticked or not"),
            ("day == 'soon'", "what is none"),
            ("number == 99999999999999999999", "too large"),
            ("rand()", "rand"),
            ("contains(number, 'a')", "which has none"),
        ],
    )
    def test_tells_why_it_cannot(self, source: str, reason: str) -> None:
        with pytest.raises(CannotSayError, match=reason):
            translate(parse(source, LIMESURVEY), NAMES)


class TestJoin:
    def test_drops_what_says_nothing(self) -> None:
        one, two = leaf("a", "answered"), leaf("b", "answered")

        assert join("all", [True, one]) == one
        assert join("all", [one, False, two]) is False
        assert join("any", [False, one, two]) == {"any": [one, two]}
        assert join("any", []) is False
        assert join("all", []) is True


class TestNegate:
    def test_takes_two_back(self) -> None:
        assert negate(negate(leaf("a", "=", 1))) == leaf("a", "=", 1)
        assert negate(negate(leaf("a", "answered"))) == leaf("a", "answered")
        assert negate(True) is False


class TestCompare:
    def test_sees_unanswered_as_unequal_as_other_programs_do(self) -> None:
        assert compare(NAMES["number"], "!=", "3") == {"not": leaf("number", "=", 3)}


class TestDepthOf:
    def test_counts_objects_and_lists(self) -> None:
        assert depth_of({"all": [{"not": leaf("a", "in", [1])}]}) == 5
        assert depth_of(3) == 0
