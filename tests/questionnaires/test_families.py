"""Families: which metrics hang together."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from survey.questionnaires.content import ProfileContent, QuestionnaireContent, ScaleContent
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

    def test_shows_all_items_of_a_family_with_a_scale_declared_to(self) -> None:
        part = scale("part", *"ab")
        content = content_of("abcd", replace(scale("whole", *"abcd"), shows_items=True), part)

        (family,) = build_families(content=content)

        assert family == Family("whole", ("whole", "part"), tuple("abcd"), shows_items=True)

    def test_tells_profiles_only_where_all_that_tells_them_is_asked(self) -> None:
        keen = ProfileContent("keen", "Keen", "4 or more of a part", {"part": 4}, {})
        whole = replace(scale("whole", *"ab"), profiles=(keen,))

        (told,) = build_families(content=content_of("ab", whole, scale("part", "a")))
        (untold,) = build_families(content=content_of("ab", whole))

        assert (told.profiles, untold.profiles) == (("whole",), ())

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

    def test_reads_what_waves_stored_before_there_were_profiles(self) -> None:
        stored = as_json(build_families(content=content_of("ab", scale("x", "a", "b"))))
        for family in stored:
            del family["profiles"]

        assert from_json(stored) == (Family("x", ("x",), ("a", "b"), shows_items=True),)


def _is_connected(family: Family, scales: list[ScaleContent]) -> bool:
    """Grow from the first item through scales; everything must be reached."""
    reached = {family.items[0]}
    for _ in scales:
        for found in scales:
            if reached & set(found.item_codes):
                reached |= set(found.item_codes)
    return reached == set(family.items)
