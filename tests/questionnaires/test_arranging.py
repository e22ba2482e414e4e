"""What is drawn at random, and what keeps its place."""

from collections import Counter

from survey.questionnaires.arranging import arrange, draw_seed, list_needed
from survey.questionnaires.content import OptionContent, SectionContent
from survey.questionnaires.models import ItemKind
from tests.factories.questionnaires import item_content, questionnaire_content

SAMPLE = questionnaire_content(
    *(item_content(code) for code in "abcdefgh"),
    settings={"sample": {"pool": list("defgh"), "n": 2}},
)


def codes(seed: int, **settings: object) -> str:
    content = questionnaire_content(
        item_content("a"),
        item_content("b"),
        item_content("c", settings={"is_fixed": True}),
        item_content("d"),
        item_content("e", shown_when={"item": "b", "op": "answered"}),
        item_content("f"),
        item_content("g"),
        settings=settings,
    )
    return "".join(item.code for item in arrange(content, seed).items)


class TestArrange:
    def test_draws_some_of_a_pool_all_alike(self) -> None:
        drawn = Counter(item.code for seed in range(2000) for item in arrange(SAMPLE, seed).items)

        assert {drawn[code] for code in "abc"} == {2000}
        assert all(abs(drawn[code] - 800) < 100 for code in "defgh")
        assert all(len(arrange(SAMPLE, seed).items) == 5 for seed in range(50))

    def test_is_the_same_for_one_seed(self) -> None:
        assert arrange(SAMPLE, 7) == arrange(SAMPLE, 7)

    def test_changes_nothing_that_is_not_to_be_shuffled(self) -> None:
        assert {codes(seed) for seed in range(20)} == {"abcdefg"}

    def test_shuffles_items_around_those_that_logic_binds(self) -> None:
        orders = {codes(seed, shuffles_items=True) for seed in range(200)}

        assert len(orders) == 6
        assert {order[:3] + order[4] for order in orders} == {"abce"}

    def test_shuffles_items_within_their_section(self) -> None:
        content = questionnaire_content(
            *(item_content(code, section="one") for code in "abc"),
            *(item_content(code, section="two") for code in "def"),
            sections=(SectionContent("one"), SectionContent("two")),
            settings={"shuffles_items": True},
        )
        orders = {"".join(i.code for i in arrange(content, seed).items) for seed in range(99)}

        assert {"".join(sorted(order[:3])) for order in orders} == {"abc"}
        assert len(orders) == 12

    def test_shuffles_options_between_fixed_ends(self) -> None:
        options = (
            *(OptionContent(value, value, {}) for value in (1, 2, 3)),
            OptionContent(4, None, {}, is_fixed=True),
            OptionContent(5, None, {}, is_other=True),
            OptionContent(6, None, {}, is_exclusive=True),
        )
        item = item_content(
            "a", kind=ItemKind.MULTIPLE, options=options, settings={"shuffles_options": True}
        )
        orders = {arrange(questionnaire_content(item), seed).items[0].values for seed in range(99)}

        assert len(orders) == 6
        assert {order[3:] for order in orders} == {(4, 5, 6)}


class TestListNeeded:
    def test_names_conditions_and_repeated_answers(self) -> None:
        item = item_content(
            "d",
            texts={"en": "{{item:a}}?"},
            section="one",
            shown_when={"item": "b", "op": "answered"},
        )
        content = questionnaire_content(
            item, sections=(SectionContent("one", {}, {"item": "c", "op": "answered"}),)
        )

        assert list_needed(content, item) == {"a", "b", "c"}


class TestDrawSeed:
    def test_is_never_the_same(self) -> None:
        assert len({draw_seed() for _ in range(100)}) == 100
