"""Families: which metrics hang together."""

from hypothesis import given
from hypothesis import strategies as st

from survey.questionnaires.content import QuestionnaireContent, ScaleContent
from survey.questionnaires.families import Family, as_json, build_families, from_json
from survey.questionnaires.models import ItemKind
from tests.factories.questionnaires import item_content, questionnaire_content

CODES = "abcdefgh"


def scale(code: str, *items: str) -> ScaleContent:
    return ScaleContent(code, code, code, "MEAN", 1, 5, 4, items, frozenset())


def content_of(codes: str, *scales: ScaleContent) -> QuestionnaireContent:
    return questionnaire_content(*(item_content(code) for code in codes), scales=scales)


class TestBuildFamilies:
    def test_joins_scales_that_share_an_item_through_others(self) -> None:
        content = content_of("abcde", scale("x", "a", "b"), scale("y", "d"), scale("z", "b", "c"))

        assert [(family.scales, family.items) for family in build_families(content=content)] == [
            (("x", "z"), ("a", "b", "c")),
            (("y",), ("d",)),
            ((), ("e",)),
        ]

    def test_shows_items_of_small_families_only(self) -> None:
        content = content_of("abcdefg", scale("small", *"abc"), scale("large", *"defg"))

        assert [family.shows_items for family in build_families(content=content)] == [True, False]
        assert not any(
            family.shows_items for family in build_families(content=content, shown_items_up_to=2)
        )

    def test_leaves_words_out(self) -> None:
        content = questionnaire_content(item_content("why", kind=ItemKind.TEXT), item_content("a"))

        assert build_families(content=content) == (Family("item:a", (), ("a",), True),)

    @given(st.lists(st.sets(st.sampled_from(CODES), min_size=1), max_size=6))
    def test_never_lets_two_families_share_an_item(self, groups: list[set[str]]) -> None:
        scales = [scale(f"s{n}", *sorted(group)) for n, group in enumerate(groups)]

        families = build_families(content=content_of(CODES, *scales))

        assert sorted(code for family in families for code in family.items) == list(CODES)
        assert sorted(code for family in families for code in family.scales) == sorted(
            found.code for found in scales
        )
        for family in families:
            assert _is_connected(family, scales)


class TestFromJson:
    def test_gives_back_what_a_wave_stored(self) -> None:
        families = build_families(content=content_of("abc", scale("x", "a", "b")))

        assert from_json(as_json(families)) == families


def _is_connected(family: Family, scales: list[ScaleContent]) -> bool:
    """Grow from the first item through scales; everything must be reached."""
    reached = {family.items[0]}
    for _ in scales:
        for found in scales:
            if reached & set(found.item_codes):
                reached |= set(found.item_codes)
    return reached == set(family.items)
