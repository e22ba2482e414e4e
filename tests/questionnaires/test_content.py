"""What a questionnaire asks, as plain values."""

from dataclasses import FrozenInstanceError

import pytest

from survey.questionnaires.content import ProfileContent
from survey.questionnaires.models import ItemKind
from tests.factories.questionnaires import item_content, questionnaire_content
from tests.factories.scored import scale


class TestItemContent:
    @pytest.mark.parametrize(
        ("kind", "is_closed", "values"),
        [
            (ItemKind.CHOICE, True, (1, 2, 3, 4, 5)),
            (ItemKind.RATING, True, tuple(range(11))),
            (ItemKind.TEXT, False, ()),
        ],
    )
    def test_knows_what_may_be_answered(
        self, kind: str, is_closed: bool, values: tuple[int, ...]
    ) -> None:
        item = item_content("one", kind=kind)

        assert (item.is_closed, item.values) == (is_closed, values)

    def test_never_changes(self) -> None:
        with pytest.raises(FrozenInstanceError):
            item_content("one").code = "two"  # type: ignore[misc]


class TestProfileContent:
    def test_is_everybody_else_without_conditions(self) -> None:
        keen = ProfileContent("keen", "Keen", "4 or more", {"a": 4}, {"b": 2})
        others = ProfileContent("others", "Others", "the others", {}, {})

        assert (keen.is_everybody_else, keen.scale_codes) == (False, {"a", "b"})
        assert others.is_everybody_else


class TestQuestionnaireContent:
    def test_links_neither_facets_nor_what_is_declared_not_to_be(self) -> None:
        scales = (
            scale("whole", "one two"),
            scale("part", "one", facet_of="whole"),
            scale("light", "three", is_linked=False),
        )
        items = (item_content(code) for code in ("one", "two", "three"))
        content = questionnaire_content(*items, scales=scales)

        assert [found.code for found in content.linked_scales] == ["whole"]

    def test_finds_an_item_by_its_code(self) -> None:
        content = questionnaire_content(item_content("one"), item_content("two"))

        assert content.item("two") is content.items[1]

    def test_knows_no_other_item(self) -> None:
        with pytest.raises(KeyError, match="three"):
            questionnaire_content(item_content("one")).item("three")


class TestAskingOnly:
    """A questionnaire of two scales, a facet of the first, an item of none and a story."""

    CONTENT = questionnaire_content(
        *map(item_content, ("a1", "a2", "b1", "x")),
        item_content("story", kind=ItemKind.TEXT),
        scales=(scale("a", "a1 a2"), scale("part", "a1", facet_of="a"), scale("b", "b1")),
    )

    def asked(self, *codes: str) -> tuple[list[str], list[str]]:
        content = self.CONTENT.asking_only(codes)
        return [item.code for item in content.items], [one.code for one in content.scales]

    def test_keeps_the_items_of_some_scales_and_of_none(self) -> None:
        assert self.asked("b") == (["b1", "x", "story"], ["b"])

    def test_keeps_facets_with_their_whole(self) -> None:
        assert self.asked("a") == (["a1", "a2", "x", "story"], ["a", "part"])
        assert [one.facet_of for one in self.CONTENT.asking_only(["a"]).scales] == [None, "a"]

    def test_lets_a_facet_stand_alone_where_its_whole_is_left_out(self) -> None:
        (alone,) = self.CONTENT.asking_only(["part"]).scales

        assert (alone.code, alone.facet_of) == ("part", None)
        assert self.asked("part")[0] == ["a1", "x", "story"]

    def test_changes_nothing_in_what_it_is_taken_from(self) -> None:
        self.CONTENT.asking_only(["b"])

        assert len(self.CONTENT.items) == 5
