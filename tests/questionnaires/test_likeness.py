"""Whether everybody is asked alike."""

from typing import Any

import pytest

from survey.questionnaires.content import OptionContent, SectionContent
from survey.questionnaires.likeness import is_alike_for_all, list_attributes
from tests.factories.questionnaires import item_content, questionnaire_content

NORTH = {"attribute": "region", "op": "=", "value": "north"}


class TestIsAlikeForAll:
    def test_is_so_where_only_language_and_attributes_decide(self) -> None:
        content = questionnaire_content(item_content("a"), item_content("b", shown_when=NORTH))
        assert is_alike_for_all(content)

    @pytest.mark.parametrize(
        "changes",
        [
            {"texts": {"en": "How was {{fact:date}}?"}},
            {"hints": {"en": "You said {{item:a}}."}},
            {"options": (OptionContent(1, 1, {"en": "In {{ fact:team }}"}),)},
            {"settings": {"shuffles_options": True}},
        ],
    )
    def test_is_not_where_an_item_differs_for_each(self, changes: dict[str, Any]) -> None:
        content = questionnaire_content(item_content("a"), item_content("b", **changes))
        assert not is_alike_for_all(content)

    @pytest.mark.parametrize(
        "settings", [{"shuffles_items": True}, {"sample": {"pool": ["a"], "n": 1}}]
    )
    def test_is_not_where_items_are_drawn(self, settings: dict[str, Any]) -> None:
        assert not is_alike_for_all(questionnaire_content(item_content("a"), settings=settings))

    def test_is_not_where_a_heading_repeats_a_fact(self) -> None:
        section = SectionContent("s", {"en": "Your visit on {{fact:date}}"})
        content = questionnaire_content(item_content("a", section="s"), sections=(section,))
        assert not is_alike_for_all(content)


class TestListAttributes:
    def test_finds_them_in_items_and_sections_at_any_depth(self) -> None:
        by_kind = {"attribute": "kind", "op": "=", "value": "till"}
        content = questionnaire_content(
            item_content("a", section="s"),
            item_content("b", shown_when={"not": {"any": [{"language": ["en"]}, by_kind]}}),
            sections=(SectionContent("s", {}, NORTH),),
        )
        assert list_attributes(content) == {"region", "kind"}

    def test_finds_none_where_everything_is_asked_of_everybody(self) -> None:
        assert not list_attributes(questionnaire_content(item_content("a")))
