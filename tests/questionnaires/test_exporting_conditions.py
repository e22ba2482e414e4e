"""Conditions as XLSForm writes them."""

from typing import Any

import pytest

from survey.questionnaires.documents import DocumentItem, DocumentOption
from survey.questionnaires.exporting_conditions import UnsayableError, quote, write_condition

TWO = (DocumentOption(1, {"en": "Yes"}), DocumentOption(2, {"en": "No"}))
ITEMS = {
    item.code: item
    for item in (
        DocumentItem("one", {"en": "?"}, "CHOICE", options=TWO),
        DocumentItem("boxes", {"en": "?"}, "MULTIPLE", options=TWO),
        DocumentItem("order", {"en": "?"}, "RANKING", options=TWO),
        DocumentItem("number", {"en": "?"}, "NUMBER"),
        DocumentItem("day", {"en": "?"}, "DATE"),
        DocumentItem("words", {"en": "?"}, "LINE"),
    )
}


def leaf(code: str, op: str, value: Any = None) -> dict[str, Any]:
    return {"item": code, "op": op, "value": value}


class TestWriteCondition:
    @pytest.mark.parametrize(
        ("condition", "said"),
        [
            (leaf("one", "=", 1), "${one} = '1'"),
            (leaf("one", "!=", 1), "${one} != '' and ${one} != '1'"),
            (leaf("one", "in", [1, 2]), "selected('1 2', ${one})"),
            (leaf("boxes", "contains", 2), "selected(${boxes}, '2')"),
            (leaf("boxes", "in", [1, 2]), "selected(${boxes}, '1') or selected(${boxes}, '2')"),
            (leaf("number", "<", 0.5), "${number} < 0.5"),
            (leaf("number", "in", [1, 2]), "${number} = 1 or ${number} = 2"),
            (leaf("day", ">=", "2026-01-31"), "${day} >= date('2026-01-31')"),
            (leaf("words", "contains", "it's"), '''contains(${words}, "it's")'''),
            (leaf("words", "not_answered"), "${words} = ''"),
            ({"not": {"any": [leaf("words", "answered"), leaf("one", "!=", 1)]}},
             "not(${words} != '' or (${one} != '' and ${one} != '1'))"),
        ],
    )  # fmt: skip
    def test_says_it_in_xpath(self, condition: Any, said: str) -> None:
        assert write_condition(condition, ITEMS) == said

    @pytest.mark.parametrize(
        "condition",
        [
            leaf("nobody", "answered"),
            leaf("order", "contains", 1),
            leaf("boxes", "=", [1]),
            leaf("one", "in", []),
            {"attribute": "region", "op": "answered"},
            {"language": ["en"]},
            {"all": [{"language": ["en"]}, leaf("words", "answered")]},
        ],
    )
    def test_refuses_what_xlsform_has_no_words_for(self, condition: Any) -> None:
        with pytest.raises(UnsayableError, match="XLSForm"):
            write_condition(condition, ITEMS)


class TestQuote:
    def test_cannot_hold_both_kinds_of_quotes(self) -> None:
        with pytest.raises(UnsayableError, match="quotation marks"):
            quote("""it's "so" """)
