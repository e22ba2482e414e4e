"""Pages of a questionnaire, and what a form carries between them."""

from dataclasses import replace
from typing import Any

import pytest

from survey.questionnaires.content import QuestionnaireContent, SectionContent
from survey.questionnaires.models import ItemKind
from survey.questionnaires.routing import UNKNOWN
from survey.questionnaires.steps import (
    FormState,
    find_step,
    keep_fields,
    read_state,
    sign_state,
)
from tests.factories.questionnaires import item_content, questionnaire_content


def of(n: int, **changes: Any) -> QuestionnaireContent:
    return questionnaire_content(*(item_content(f"i{at}") for at in range(n)), **changes)


def pages(content: QuestionnaireContent, **values: object) -> list[list[str]]:
    """Return what stands on every page of somebody who answers so."""
    found, start = [], 0
    while True:
        step = find_step(content, start, values, UNKNOWN)
        found.append([item.code for item in step.items])
        if step.is_last:
            return found
        assert step.end > start
        start = step.end


class TestFindStep:
    @pytest.mark.parametrize(
        ("n", "settings", "sizes"),
        [
            (8, {}, [8]),
            (9, {}, [5, 4]),
            (13, {}, [5, 4, 4]),
            (20, {"page": "SCROLL"}, [20]),
            (3, {"page": "ONE_BY_ONE"}, [1, 1, 1]),
        ],
    )
    def test_puts_up_to_eight_on_one_page(
        self, n: int, settings: dict[str, Any], sizes: list[int]
    ) -> None:
        assert [len(page) for page in pages(of(n, settings=settings))] == sizes

    def test_gives_sections_pages_of_their_own(self) -> None:
        content = questionnaire_content(
            *(item_content(f"a{at}", section="a") for at in range(3)),
            *(item_content(f"b{at}", section="b") for at in range(9)),
            sections=(SectionContent("a"), SectionContent("b")),
        )

        assert [len(page) for page in pages(content)] == [3, 5, 4]

    def test_keeps_short_sections_on_one_page(self) -> None:
        content = questionnaire_content(
            item_content("a", section="a"),
            item_content("b", section="b"),
            sections=(SectionContent("a"), SectionContent("b")),
        )

        assert pages(content) == [["a", "b"]]

    def test_ends_before_what_hangs_on_this_page(self) -> None:
        content = questionnaire_content(
            item_content("a"),
            item_content("b", shown_when={"item": "a", "op": "=", "value": 1}),
            item_content("c", texts={"en": "Why {{item:a}}?"}),
        )

        assert pages(content, a="1") == [["a"], ["b", "c"]]
        assert pages(content, a="2") == [["a"], ["c"]]
        assert find_step(content, 0, {}, UNKNOWN).may_ask_more
        assert not find_step(content, 1, {"a": "1"}, UNKNOWN).may_ask_more

    @pytest.mark.parametrize("n", [8, 9])
    @pytest.mark.parametrize("page", [None, "SCROLL", "ONE_BY_ONE"])
    def test_leaves_no_last_words_alone(self, n: int, page: str | None) -> None:
        asked = of(n, settings={"page": page} if page else {})
        note = item_content("bye", kind=ItemKind.NOTE)

        *_, last = pages(replace(asked, items=(*asked.items, note)))

        assert last[-2:] == [f"i{n - 1}", "bye"]

    def test_does_not_count_notes(self) -> None:
        content = questionnaire_content(
            item_content("note", kind=ItemKind.NOTE),
            *(item_content(f"i{at}") for at in range(8)),
        )

        assert [len(page) for page in pages(content)] == [9]


class TestFormState:
    CONTENT = of(2)
    STATE = FormState(7, "en", (0, 1), {"i0": "3"})

    def test_comes_back_as_it_was_sent(self) -> None:
        assert read_state(self.CONTENT, sign_state(self.CONTENT, self.STATE)) == self.STATE

    def test_is_refused_where_somebody_changed_it(self) -> None:
        signed = sign_state(self.CONTENT, self.STATE)

        for other in ("", "x", signed[:-1], "A" + signed, None, ["x"]):
            assert read_state(self.CONTENT, other) is None

    def test_is_refused_for_another_questionnaire(self) -> None:
        assert read_state(of(2, id=9), sign_state(self.CONTENT, self.STATE)) is None


class TestKeepFields:
    def test_keeps_the_fields_of_some_items(self) -> None:
        item = item_content("a", kind=ItemKind.RANKING)

        assert keep_fields((item,), {"a.1": "2", "a.99": "1", "b": "1"}) == {"a.1": "2"}
