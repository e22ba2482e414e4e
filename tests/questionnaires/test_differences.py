"""What two versions differ in."""

from dataclasses import replace
from typing import Any

import pytest

from survey.questionnaires.content import SectionContent
from survey.questionnaires.differences import difference, reads_alike
from survey.questionnaires.models import ItemKind
from tests.factories.questionnaires import item_content, questionnaire_content

OLD = questionnaire_content(
    item_content("a"), item_content("b"), item_content("c", kind=ItemKind.LINE)
)


class TestDifference:
    def test_finds_none_between_the_same(self) -> None:
        assert difference(OLD, replace(OLD, version=9, id=9)) == ()

    def test_names_what_came_went_and_moved(self) -> None:
        new = questionnaire_content(OLD.items[2], OLD.items[0], item_content("d"))

        found = [(one.where, one.what, one.breaks_trend) for one in difference(OLD, new)]

        assert found == [
            ("c", "moved", False),
            ("d", "added", False),
            ("b", "removed", True),
        ]

    def test_names_the_fewest_that_moved_and_from_where(self) -> None:
        old = questionnaire_content(*map(item_content, "abcdefg"))
        new = questionnaire_content(*map(item_content, "agbcedf"))

        found = [(one.where, one.what, one.old, one.new) for one in difference(old, new)]

        assert found == [("g", "moved", 7, 2), ("e", "moved", 5, 5)]

    def test_says_where_a_trend_breaks(self) -> None:
        new = questionnaire_content(
            item_content("a", texts={"en": "Other?"}, version=2),
            item_content("b", is_required=True),
            item_content("c", kind=ItemKind.LINE, texts={"en": "Other?"}),
        )

        found = [(one.where, one.what, one.breaks_trend) for one in difference(OLD, new)]

        assert found == [
            ("a", "texts", True),
            ("b", "is_required", False),
            ("c", "texts", False),
        ]

    def test_names_sections_and_settings(self) -> None:
        section = SectionContent("s")
        new = replace(OLD, name="Other", sections=(section,), settings={"page": "SCROLL"})

        assert [(one.where, one.what, one.old) for one in difference(OLD, new)] == [
            ("", "name", "Pulse"),
            ("", "settings", {}),
            ("s", "section", None),
        ]

    def test_names_what_changed_in_a_section(self) -> None:
        condition = {"item": "a", "op": "answered"}
        old = replace(OLD, sections=(SectionContent("s"), SectionContent("t")))
        new = replace(OLD, sections=(SectionContent("s", {"en": "S"}, condition),))

        found = [(one.where, one.what, one.new) for one in difference(old, new)]

        assert found == [
            ("s", "heading", {"en": "S"}),
            ("s", "shown_when", condition),
            ("t", "section", None),
        ]

    def test_names_conditions_and_sections_of_items(self) -> None:
        condition = {"item": "a", "op": "answered"}
        items = (OLD.items[0], item_content("b", shown_when=condition, section="s"), OLD.items[2])

        found = [
            (one.where, one.what, one.new) for one in difference(OLD, replace(OLD, items=items))
        ]

        assert found == [("b", "section", "s"), ("b", "shown_when", condition)]

    def test_breaks_no_trend_by_a_translation(self) -> None:
        texts = {"en": "How is a?", "es": "¿Cómo es a?"}
        new = replace(OLD, items=(item_content("a", texts=texts), *OLD.items[1:]))

        (one,) = difference(OLD, new)

        assert (one.what, one.old, one.new, one.breaks_trend) == (
            "texts",
            {"en": "How is a?"},
            texts,
            False,
        )


class TestReadsAlike:
    @pytest.mark.parametrize(
        "changes",
        [
            {"texts": {"en": "How is a?", "es": "¿?"}},
            {"settings": {"messages": {"missing": {"en": "Please"}}}},
            {"version": 2},
            {"is_required": True},
        ],
    )
    def test_holds_where_nobody_meets_anything_else(self, changes: dict[str, Any]) -> None:
        assert reads_alike(item_content("a"), item_content("a", **changes))

    @pytest.mark.parametrize(
        "changes",
        [
            {"texts": {"en": "Other?"}},
            {"texts": {"es": "¿?"}},
            {"hints": {"en": "Today"}},
            {"options": ()},
            {"kind": ItemKind.MULTIPLE},
            {"settings": {"shuffles_options": True}},
            {"allows_cant_say": False},
        ],
    )
    def test_holds_no_more_where_somebody_does(self, changes: dict[str, Any]) -> None:
        assert not reads_alike(item_content("a"), item_content("a", **changes))
