"""One questionnaire asked about several teams on one page."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.questionnaires.answers import ReadAnswers, read_answers
from survey.questionnaires.content import QuestionnaireContent, SectionContent
from survey.questionnaires.models import ItemKind
from survey.questionnaires.pages import build_page, estimate_minutes
from survey.questionnaires.repeating import (
    code_and_place,
    code_at,
    list_missing,
    name_examples,
    repeat_sections,
    split_answers,
)
from survey.questionnaires.turns import begin, show_again, take_turn
from tests.factories.questionnaires import item_content, questionnaire_content

TEAMS = ("Stores", "Purchasing")
FOUR = questionnaire_content(*(item_content(code) for code in "abcd"), languages=("en", "de", "ar"))
# As authors name things, and as they could to spite us
CODES = st.one_of(
    st.from_regex(r"[a-z][a-z0-9_]{0,6}", fullmatch=True), st.sampled_from(["a", "a_0", "a_0_1"])
)
ANSWERS = st.dictionaries(CODES, st.one_of(st.none(), st.integers(1, 5)), max_size=5)


def whole(parts: list[dict[str, int | None]]) -> ReadAnswers:
    """Return answers as a page sends them that asks everything once for each team."""
    return ReadAnswers(
        {code_at(code, n): value for n, part in enumerate(parts) for code, value in part.items()},
        {}, {}, (),
    )  # fmt: skip


def with_required(*codes: str) -> QuestionnaireContent:
    return questionnaire_content(*(item_content(one, is_required=one in codes) for one in "ab"))


class TestSplitAnswers:
    @given(st.lists(ANSWERS, min_size=1, max_size=5))
    def test_takes_apart_what_was_put_together(self, parts: list[dict[str, int | None]]) -> None:
        sent = whole(parts)

        assert len(sent.answers) == sum(map(len, parts))  # no two questions met
        assert [one.answers for one in split_answers(sent, len(parts))] == parts

    @given(st.dictionaries(CODES, st.integers(1, 5), min_size=1, max_size=4), st.data())
    def test_returns_what_the_page_has_read(self, own: dict[str, int], data: Any) -> None:
        content = questionnaire_content(*map(item_content, own))
        repeated = repeat_sections(content, TEAMS)
        posted = {
            item.code: str(own[code_and_place(item.code)[0]])
            for item in repeated.items
            if data.draw(st.booleans())
        }

        found = split_answers(read_answers(content=repeated, posted=posted), len(TEAMS))

        for place, part in enumerate(found):
            sent = {code: value for code, value in own.items() if code_at(code, place) in posted}
            assert part.answers == sent

    def test_leaves_an_empty_part_for_a_team_that_was_left_out(self) -> None:
        first, second = split_answers(ReadAnswers({"a_1": 4}, {}, {}, ()), 2)

        assert (first.answers, second.answers) == ({}, {"a": 4})

    def test_keeps_words_beside_an_option_with_their_question(self) -> None:
        sent = ReadAnswers({"a_1": 2}, {"a_1.other": "Otherwise"}, {}, ())

        assert split_answers(sent, 2)[1].texts == {"a.other": "Otherwise"}

    @pytest.mark.parametrize("name", ["a", "_1", "a_", "a_2", "a_-1", "a_00", "a_²", "a_x"])
    def test_refuses_what_stands_in_no_section(self, name: str) -> None:
        with pytest.raises(ValueError, match="stands in no"):
            split_answers(ReadAnswers({name: 4}, {}, {}, ()), 2)


class TestRepeatSections:
    def test_asks_everything_about_each_team_on_one_page(self) -> None:
        page = begin(repeat_sections(FOUR, (*TEAMS, "Dispatch")), "en")

        assert (page.n_questions, page.is_last, page.minutes) == (12, True, 2)
        headings = [question.heading for question in page.questions if question.heading]
        assert headings == ["About Stores", "About Purchasing", "About Dispatch"]
        assert [one.about for one in page.questions[3:5]] == ["Stores", "Purchasing"]
        assert all(question.cant_say for question in page.questions)

    def test_keeps_a_name_from_turning_the_words_beside_it(self) -> None:
        content = repeat_sections(FOUR, TEAMS)

        assert "\u2068Stores\u2069" in build_page(content, "ar").questions[0].heading
        assert "\u2068" not in build_page(content, "de").questions[0].heading

    def test_says_the_name_alone_where_the_product_lacks_the_language(self) -> None:
        content = questionnaire_content(item_content("a"), languages=("fr", "de"))

        question = build_page(repeat_sections(content, TEAMS), "fr").questions[0]

        assert (question.heading, question.heading_language) == ("Stores", "")

    def test_asks_no_team_only_a_part_and_nothing_under_a_condition(self) -> None:
        content = questionnaire_content(
            item_content("a", section="s", shown_when={"item": "b", "op": "=", "value": 1}),
            item_content("b", section="s"),
            sections=(SectionContent("s", {"en": "Own"}, {"language": ["de"]}),),
            settings={"sample": {"pool": ["a", "b"], "n": 1}, "page": "ONE_BY_ONE"},
        )

        page = begin(repeat_sections(content, TEAMS), "en")

        assert [one.name for one in page.questions] == ["a_0", "b_0", "a_1", "b_1"]

    def test_shuffles_within_a_section_where_the_author_wants_it(self) -> None:
        content = questionnaire_content(
            *(item_content(code) for code in "abcdef"), settings={"shuffles_items": True}
        )
        repeated = repeat_sections(content, TEAMS)

        orders = [[one.name for one in begin(repeated, "en").questions] for _ in range(20)]

        assert len({tuple(order) for order in orders}) > 1
        assert all(one.endswith("_0") for order in orders for one in order[:6])

    def test_takes_no_page_on_which_everything_was_left_out(self) -> None:
        content = repeat_sections(with_required("a"), TEAMS)
        page = begin(content, "en")

        turn = take_turn(content, {page.state_field: page.state}, "en")

        assert turn.page is not None
        assert turn.page.errors[0].is_of_all

    def test_can_be_asked_of_questions_that_are_no_choice(self) -> None:
        story = item_content("story", kind=ItemKind.TEXT, asks_for_playback=True)
        content = repeat_sections(questionnaire_content(story), TEAMS)

        read = read_answers(content=content, posted={"story_1": "Warm", "story_1.leave": "AS_TOLD"})

        assert not read.errors
        assert split_answers(read, 2)[1].leaves == {"story": "AS_TOLD"}


class TestListMissing:
    def test_asks_for_a_required_answer_only_about_a_team_that_was_begun(self) -> None:
        read = ReadAnswers({"b_1": None}, {}, {}, ())  # "I can't say" is an answer too

        [error] = list_missing(with_required("a"), read, 3, language="en")

        assert (error.item, error.code) == ("a_1", "missing")
        assert error.message == "Choose an answer, or “I can’t say”"

    def test_finds_nothing_missing_where_nothing_is_required(self) -> None:
        read = ReadAnswers({"b_1": 4}, {}, {}, ())

        assert list_missing(with_required(), read, 2, language="en") == ()

    def test_is_told_beside_its_question_with_everything_that_was_answered(self) -> None:
        own = with_required("a")
        content = repeat_sections(own, TEAMS)
        page = begin(content, "en")
        sent = {page.state_field: page.state, "b_1": "4"}
        read = take_turn(content, sent, "en").answers
        assert read is not None

        errors = list_missing(own, read, 2, language="en")
        again = show_again(content, sent, "en", errors=errors)

        assert again.errors[0].message.startswith("Question 3: ")
        assert [one.name for one in again.questions if one.error] == ["a_1"]
        assert again.n_answered == 1


class TestEstimateMinutes:
    def test_counts_every_team_and_never_promises_too_little(self) -> None:
        repeated = repeat_sections(FOUR, ["x"] * 5)

        assert estimate_minutes(FOUR, times=5) == estimate_minutes(repeated) == 4  # 200 seconds
        assert estimate_minutes(FOUR) == 1


class TestNameExamples:
    def test_tells_two_teams_apart(self) -> None:
        assert len(set(name_examples())) == 2
