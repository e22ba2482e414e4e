"""One door for answers, from the page and from machines."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.questionnaires.answers import (
    CANT_SAY,
    ReadAnswers,
    longest_answer_bytes,
    read_answers,
    wrap_answers,
)
from survey.questionnaires.models import ItemKind, PlaybackLeave
from tests.factories.questionnaires import item_content, questionnaire_content

CONTENT = questionnaire_content(
    item_content("fair"),
    item_content("firm", allows_cant_say=False),
    item_content("recommend", kind=ItemKind.RATING),
    item_content("story", kind=ItemKind.TEXT, asks_for_playback=True),
    item_content("why", kind=ItemKind.TEXT),
)
ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(st.characters())
    | st.sampled_from([CANT_SAY, "3", "03", " 3", "3.0", "٣", "", "NONE", 10**400, 3.0, [3]]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=2),
    max_leaves=4,
)
NAMES = st.sampled_from(["fair", "firm", "recommend", "story", "story.leave", "why", "why.leave"])


def read(**posted: Any) -> ReadAnswers:
    return read_answers(
        content=CONTENT, posted={k.replace("__", "."): v for k, v in posted.items()}
    )


def errors_of(read: ReadAnswers) -> list[tuple[str, str]]:
    return [(error.item, error.code) for error in read.errors]


class TestReadAnswers:
    def test_takes_form_strings_and_json_numbers_alike(self) -> None:
        form = read(fair="4", recommend="10", story="Warm bread", story__leave="NO_NAMES")
        machine = read(fair=4, recommend=10, story="Warm bread", story__leave="NO_NAMES")

        assert form == machine
        assert form == ReadAnswers(
            {"fair": 4, "recommend": 10}, {"story": "Warm bread"}, {"story": "NO_NAMES"}, ()
        )

    @pytest.mark.parametrize("cant_say", [None, CANT_SAY])
    def test_keeps_cant_say_apart_from_no_answer(self, cant_say: str | None) -> None:
        assert read(fair=cant_say, recommend=1).answers == {"fair": None, "recommend": 1}

    def test_refuses_cant_say_where_it_is_not_offered(self) -> None:
        assert errors_of(read(firm=None)) == [("firm", "cant_say_not_offered")]

    @pytest.mark.parametrize(
        "value",
        [
            True,
            False,
            3.0,
            float("nan"),
            float("inf"),
            "three",
            "03",
            " 3",
            "3.0",
            "٣",
            "",
            [3],
            {},
        ],
        ids=repr,
    )
    def test_refuses_what_is_no_whole_number(self, value: object) -> None:
        assert errors_of(read(fair=value)) == [("fair", "not_an_option")]

    @pytest.mark.parametrize("value", [0, 6, -1, 10**400])
    def test_refuses_numbers_that_are_not_offered(self, value: int) -> None:
        assert errors_of(read(fair=value)) == [("fair", "out_of_range")]

    def test_names_unknown_items_without_repeating_what_cannot_be_printed(self) -> None:
        assert errors_of(read_answers(content=CONTENT, posted={"fair": 3, "x\ud800\x00": 1})) == [
            ("x\ufffd\ufffd", "unknown_item")
        ]

    def test_refuses_a_leave_for_words_that_are_never_played_back(self) -> None:
        assert errors_of(read(why="Because", why__leave="NONE")) == [("why.leave", "unknown_item")]

    def test_names_a_missing_required_item(self) -> None:
        content = questionnaire_content(item_content("fair", is_required=True), item_content("b"))

        missing = read_answers(content=content, posted={"b": 1})

        assert errors_of(missing) == [("fair", "missing")]
        assert read_answers(content=content, posted={"fair": None}).errors == ()

    def test_refuses_a_set_without_any_answer(self) -> None:
        assert errors_of(read(story="  \n ")) == [("", "empty")]

    def test_counts_a_line_end_once_and_takes_exactly_1500_characters(self) -> None:
        text = "a\r\n" * 700 + "é" * 100

        assert len(read(why=text).texts["why"]) == 1500
        assert errors_of(read(why=text + "!")) == [("why", "too_long")]

    @pytest.mark.parametrize("text", ["a\x00b", "a\ud83d", "a\x1b[31m"])
    def test_refuses_characters_no_database_or_screen_should_get(self, text: str) -> None:
        assert errors_of(read(why=text)) == [("why", "unwritable_character")]

    @pytest.mark.parametrize("value", [5, True, ["a"], {"a": 1}])
    def test_refuses_words_that_are_none(self, value: object) -> None:
        assert errors_of(read(why=value)) == [("why", "not_text")]

    def test_gives_no_leave_unless_the_writer_chose_one(self) -> None:
        assert read(story="Warm bread").leaves == {"story": "NONE"}

    @pytest.mark.parametrize("leave", ["as_told", 1, ["NONE"], True])
    def test_refuses_an_unknown_leave(self, leave: object) -> None:
        assert errors_of(read(story="Warm", story__leave=leave)) == [("story", "unknown_leave")]

    @given(st.dictionaries(NAMES | st.text(st.characters()), ANYTHING, max_size=7))
    def test_never_takes_anything_that_was_not_offered(self, posted: dict[str, Any]) -> None:
        taken = read_answers(content=CONTENT, posted=posted)

        assert all(
            type(value) is int and value in CONTENT.item(code).values
            for code, value in taken.answers.items()
            if value is not None
        )
        assert all(0 < len(text) <= 1500 for text in taken.texts.values())
        assert set(taken.leaves.values()) <= set(PlaybackLeave.values)
        json.dumps([taken.answers, taken.texts, taken.leaves]).encode()
        [error.item.encode() for error in taken.errors]

    @given(st.dictionaries(st.sampled_from(["fair", "recommend"]), st.none() | st.integers(1, 5)))
    def test_gives_back_every_offered_answer(self, answers: dict[str, int | None]) -> None:
        assert read_answers(content=CONTENT, posted=answers).answers == answers


class TestWrapAnswers:
    def test_is_the_pinned_envelope(self) -> None:
        assert wrap_answers(content=CONTENT, answers={"fair": 4, "recommend": None}) == {
            "v": 1,
            "questionnaire": "pulse",
            "version": 3,
            "answers": {"fair": 4, "recommend": None},
        }


class TestLongestAnswerBytes:
    @given(
        st.dictionaries(st.sampled_from(["fair", "firm", "recommend"]), st.integers(1, 5)),
        st.text(max_size=1500),
        st.sampled_from(["\U0001f35e", "é", '"', "\\", "\n", "a"]),
    )
    def test_bounds_every_answer_set_that_can_be_read(
        self, answers: dict[str, int], text: str, character: str
    ) -> None:
        posted = {**answers, "story": text, "why": "x" + 1498 * character + "x"}
        taken = read_answers(content=CONTENT, posted=posted)

        envelope = wrap_answers(content=CONTENT, answers=taken.answers)
        stored = json.dumps([envelope, taken.texts, taken.leaves], ensure_ascii=False)

        assert len(stored.encode()) <= longest_answer_bytes(content=CONTENT)
