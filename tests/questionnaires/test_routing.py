"""What is asked of whom."""

from typing import Any

import pytest

from survey.questionnaires.content import Answer, SectionContent
from survey.questionnaires.routing import (
    UNKNOWN,
    Circumstances,
    Route,
    is_met,
    list_items,
    list_leaves,
    list_shown,
)
from tests.factories.questionnaires import item_content, questionnaire_content

ANSWERS: dict[str, Answer] = {
    "one": 4,
    "several": [1, 3],
    "words": "Warm Bread",
    "day": "2026-05-01",
    "silent": None,
}
NORTH = Circumstances(language="es", attributes={"region": "north"})
HOLDS: list[tuple[dict[str, Any], bool]] = [
    ({"item": "one", "op": "=", "value": 4}, True),
    ({"item": "one", "op": "!=", "value": 4}, False),
    ({"item": "one", "op": "<", "value": 4}, False),
    ({"item": "one", "op": "<=", "value": 4}, True),
    ({"item": "one", "op": ">", "value": 3}, True),
    ({"item": "one", "op": ">=", "value": 5}, False),
    ({"item": "one", "op": "in", "value": [3, 4]}, True),
    ({"item": "one", "op": "in", "value": 4}, False),
    ({"item": "one", "op": "<", "value": "9"}, False),
    ({"item": "several", "op": "contains", "value": 3}, True),
    ({"item": "several", "op": "contains", "value": 2}, False),
    ({"item": "several", "op": "in", "value": [2, 3]}, True),
    ({"item": "several", "op": "=", "value": [1, 3]}, True),
    ({"item": "words", "op": "contains", "value": "bread"}, True),
    ({"item": "words", "op": "contains", "value": "soup"}, False),
    ({"item": "day", "op": ">=", "value": "2026-04-30"}, True),
    ({"item": "day", "op": "<", "value": "2026-04-30"}, False),
    ({"item": "one", "op": "answered"}, True),
    ({"item": "silent", "op": "answered"}, False),
    ({"item": "silent", "op": "not_answered"}, True),
    ({"item": "nowhere", "op": "!=", "value": 1}, False),
    ({"item": "nowhere", "op": "not_answered"}, True),
    ({"item": "one", "op": "~", "value": 4}, False),
    ({"attribute": "region", "op": "=", "value": "north"}, True),
    ({"attribute": "site", "op": "=", "value": "north"}, False),
    ({"language": ["en", "es"]}, True),
    ({"language": ["en"]}, False),
    ({"all": [{"language": ["es"]}, {"item": "one", "op": "=", "value": 4}]}, True),
    ({"all": []}, True),
    ({"any": [{"language": ["en"]}, {"item": "one", "op": "=", "value": 4}]}, True),
    ({"any": []}, False),
    ({"not": {"language": ["en"]}}, True),
    ({"whatever": 1}, False),
]


class TestIsMet:
    @pytest.mark.parametrize(("condition", "holds"), HOLDS, ids=lambda value: str(value))
    def test_reads_every_condition(self, condition: dict[str, Any], holds: bool) -> None:
        assert is_met(condition, ANSWERS, NORTH) is holds


class TestListShown:
    def test_follows_the_answers_in_order(self) -> None:
        content = questionnaire_content(
            item_content("a"),
            item_content("b", shown_when={"item": "a", "op": "<", "value": 3}),
            item_content("c", shown_when={"item": "b", "op": "answered"}),
        )

        def shown(**answers: int) -> list[str]:
            return [item.code for item in list_shown(content, answers)]

        assert shown() == ["a"]
        assert shown(a=1) == ["a", "b"]
        assert shown(a=1, b=1) == ["a", "b", "c"]
        assert shown(a=5, b=1) == ["a"]  # what was hidden has no answer

    def test_hides_a_whole_section(self) -> None:
        content = questionnaire_content(
            item_content("a"),
            item_content("b", section="more"),
            sections=(SectionContent("more", {}, {"item": "a", "op": "=", "value": 1}),),
        )

        assert [item.code for item in list_shown(content, {"a": 1})] == ["a", "b"]
        assert [item.code for item in list_shown(content, {"a": 2})] == ["a"]


class TestRoute:
    def test_knows_only_what_it_was_told(self) -> None:
        item = item_content("b", shown_when={"item": "a", "op": "=", "value": 1})
        route = Route(questionnaire_content(item_content("a"), item), UNKNOWN)

        assert not route.asks(item)
        route.take("a", 1)
        assert route.asks(item)


class TestListLeaves:
    def test_looks_into_every_corner(self) -> None:
        leaf, other = {"item": "a", "op": "answered"}, {"language": ["en"]}
        condition = {"any": [{"not": leaf}, {"all": [other]}]}

        assert list(list_leaves(condition)) == [leaf, other]
        assert list(list_leaves(None)) == []
        assert list_items(condition) == {"a"}
