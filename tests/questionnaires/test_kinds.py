"""Every kind of item: what is taken, what is refused, and why."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.questionnaires.content import ItemContent, OptionContent
from survey.questionnaires.kinds import (
    CANT_SAY,
    NOTHING,
    RefusedAnswerError,
    has_cant_say_field,
    is_answer,
    list_fields,
    read_answer,
    read_words,
)
from survey.questionnaires.models import ItemKind
from tests.factories.questionnaires import item_content

PLAIN = tuple(OptionContent(value, value, {"en": str(value)}) for value in (1, 2, 3))
OTHER = OptionContent(8, None, {"en": "Other"}, is_other=True)
NONE = OptionContent(9, None, {"en": "None of these"}, is_exclusive=True)
ONE = item_content("q", options=(*PLAIN, OTHER))
SEVERAL = item_content(
    "q", kind=ItemKind.MULTIPLE, options=(*PLAIN, OTHER, NONE), settings={"max_choices": 2}
)
TWO_AT_LEAST = item_content("q", kind=ItemKind.MULTIPLE, options=PLAIN, settings={"min_choices": 2})
RANKING = item_content("q", kind=ItemKind.RANKING, options=PLAIN)
NUMBER = item_content("q", kind=ItemKind.NUMBER, settings={"minimum": -5, "maximum": 99})
EXACT = item_content("q", kind=ItemKind.NUMBER, settings={"decimals": 2})
DAY = item_content(
    "q", kind=ItemKind.DATE, settings={"minimum": "2026-01-01", "maximum": "2026-12-31"}
)
TAKEN: list[tuple[ItemContent, dict[str, Any], Any]] = [
    (ONE, {}, NOTHING),
    (ONE, {"q": "2"}, 2),
    (ONE, {"q.other": "cake"}, 8),
    (ONE, {"q": "2", "q.other": "cake"}, 2),
    (ONE, {"q.other": "  "}, NOTHING),
    (SEVERAL, {}, NOTHING),
    (SEVERAL, {"q": "3"}, [3]),
    (SEVERAL, {"q": ["3", "1"]}, [1, 3]),
    (SEVERAL, {"q": [3, 3]}, [3]),
    (SEVERAL, {"q": "9"}, [9]),
    (SEVERAL, {"q": "1", "q.other": "cake"}, [1, 8]),
    (SEVERAL, {"q": CANT_SAY}, None),
    (RANKING, {}, NOTHING),
    (RANKING, {"q.1": "", "q.2": "", "q.3": ""}, NOTHING),
    (RANKING, {"q.1": "2", "q.2": "3", "q.3": "1"}, [3, 1, 2]),
    (RANKING, {"q": [3, 1, 2]}, [3, 1, 2]),
    (RANKING, {"q.cant_say": "cant_say"}, None),
    (RANKING, {"q": None}, None),
    (NUMBER, {"q": " "}, NOTHING),
    (NUMBER, {"q": " 12 "}, 12),
    (NUMBER, {"q": "-5"}, -5),
    (NUMBER, {"q": "١٢"}, 12),
    (NUMBER, {"q": 12.0}, 12),
    (NUMBER, {"q": "", "q.cant_say": "1"}, None),
    (NUMBER, {"q": "7", "q.cant_say": "1"}, 7),
    (NUMBER, {"q": None}, None),
    (EXACT, {"q": "3,25"}, 3.25),
    (EXACT, {"q": "3.25"}, 3.25),
    (EXACT, {"q": 4}, 4),
    (DAY, {"q": ""}, NOTHING),
    (DAY, {"q": "2026-05-01"}, "2026-05-01"),
    (DAY, {"q": None}, None),
]
REFUSED: list[tuple[ItemContent, dict[str, Any], str]] = [
    (SEVERAL, {"q": ["1", "9"]}, "exclusive"),
    (SEVERAL, {"q": ["1", CANT_SAY]}, "exclusive"),
    (SEVERAL, {"q": ["1", "2", "3"]}, "too_many"),
    (SEVERAL, {"q": "7"}, "not_an_option"),
    (SEVERAL, {"q": [["1"]]}, "not_an_option"),
    (TWO_AT_LEAST, {"q": "1"}, "too_few"),
    (RANKING, {"q.1": "1", "q.2": "", "q.3": "2"}, "incomplete"),
    (RANKING, {"q.1": "1", "q.2": "1", "q.3": "2"}, "twice"),
    (RANKING, {"q.1": "1", "q.2": "4", "q.3": "2"}, "not_a_place"),
    (RANKING, {"q": [1, 2]}, "incomplete"),
    (RANKING, {"q": [1, 2, True]}, "incomplete"),
    (NUMBER, {"q": "100"}, "out_of_range"),
    (NUMBER, {"q": "1.5"}, "too_many_decimals"),
    (NUMBER, {"q": "1e3"}, "not_a_number"),
    (NUMBER, {"q": "1 000"}, "not_a_number"),
    (NUMBER, {"q": True}, "not_a_number"),
    (NUMBER, {"q": float("nan")}, "not_a_number"),
    (NUMBER, {"q": ["1"]}, "not_a_number"),
    (EXACT, {"q": "1.234"}, "too_many_decimals"),
    (DAY, {"q": "2026-02-30"}, "not_a_day"),
    (DAY, {"q": "20260501"}, "not_a_day"),
    (DAY, {"q": 20260501}, "not_a_day"),
    (DAY, {"q": "2025-12-31"}, "out_of_range"),
    (replace(DAY, settings={"minimum": "2026-13-45"}), {"q": "2026-01-31"}, "out_of_range"),
]


class TestReadAnswer:
    @pytest.mark.parametrize(("item", "posted", "answer"), TAKEN)
    def test_takes(self, item: ItemContent, posted: dict[str, Any], answer: Any) -> None:
        taken = read_answer(item, posted)

        assert taken == answer
        assert type(taken) is type(answer) or item is EXACT

    def test_keeps_ticks_in_one_order_however_the_options_were_drawn(self) -> None:
        drawn = replace(SEVERAL, options=SEVERAL.options[::-1])

        assert read_answer(drawn, {"q": ["3", "1"]}) == [1, 3]

    @pytest.mark.parametrize(("item", "posted", "code"), REFUSED)
    def test_refuses(self, item: ItemContent, posted: dict[str, Any], code: str) -> None:
        with pytest.raises(RefusedAnswerError) as refused:
            read_answer(item, posted)

        assert refused.value.code == code

    @pytest.mark.parametrize("kind", [ItemKind.NUMBER, ItemKind.DATE, ItemKind.RANKING])
    def test_refuses_cant_say_where_it_is_not_offered(self, kind: str) -> None:
        item = item_content("q", kind=kind, allows_cant_say=False)

        with pytest.raises(RefusedAnswerError, match="Write an answer"):
            read_answer(item, {"q.cant_say": "1"})


class TestIsAnswer:
    @pytest.mark.parametrize(("item", "posted", "answer"), TAKEN)
    def test_knows_what_was_taken(
        self, item: ItemContent, posted: dict[str, Any], answer: Any
    ) -> None:
        assert answer is NOTHING or is_answer(item, answer)

    @pytest.mark.parametrize(
        ("item", "value"),
        [
            (SEVERAL, [1, 1]),
            (SEVERAL, [1, "3"]),
            (SEVERAL, [True]),
            (SEVERAL, 3),
            (SEVERAL, []),
            (RANKING, [1, 2]),
            (RANKING, "1"),
            (NUMBER, "12"),
            (NUMBER, 100),
            (NUMBER, True),
            (DAY, "2025-01-01"),
            (DAY, 5),
            (item_content("q", kind=ItemKind.NOTE), "x"),
        ],
    )
    def test_knows_nothing_else(self, item: ItemContent, value: Any) -> None:
        assert not is_answer(item, value)

    @pytest.mark.parametrize("value", [[1, 3], [3, 1]])
    def test_takes_ticks_in_any_order(self, value: list[int]) -> None:
        assert is_answer(SEVERAL, value)

    @given(
        st.sampled_from([ONE, SEVERAL, RANKING, NUMBER, EXACT, DAY]),
        st.none() | st.integers() | st.floats() | st.text() | st.lists(st.integers(0, 9)),
    )
    def test_agrees_with_what_would_be_taken(self, item: ItemContent, value: Any) -> None:
        if value is not None and is_answer(item, value):
            taken = read_answer(item, {"q": value})

            assert taken == (sorted(value) if item is SEVERAL else value)


class TestListFields:
    def test_names_every_field_of_a_form(self) -> None:
        assert list_fields(ONE) == ("q", "q.other")
        assert list_fields(RANKING) == ("q", "q.1", "q.2", "q.3", "q.cant_say")
        assert list_fields(NUMBER) == ("q", "q.cant_say")
        assert list_fields(item_content("q", kind=ItemKind.NOTE)) == ()

    def test_gives_cant_say_a_field_beside_one_to_write_in(self) -> None:
        assert has_cant_say_field(DAY)
        assert not has_cant_say_field(ONE)
        assert not has_cant_say_field(item_content("q", kind=ItemKind.LINE))


class TestReadWords:
    def test_counts_characters(self) -> None:
        assert read_words(" a\r\nb ", 3) == "a\nb"
        with pytest.raises(RefusedAnswerError, match="to 3 characters"):
            read_words("abcd", 3)
