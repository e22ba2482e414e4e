"""Asking part after part, with nothing kept in between."""

from typing import Any

import pytest

from survey.questionnaires.answers import ReadAnswers
from survey.questionnaires.content import QuestionnaireContent
from survey.questionnaires.models import ItemKind
from survey.questionnaires.pages import Page
from survey.questionnaires.routing import Circumstances
from survey.questionnaires.turns import begin, show_again, take_turn
from tests.factories.questionnaires import item_content, questionnaire_content

BRANCH = questionnaire_content(
    item_content("a", texts={"en": "A?", "es": "¿A?"}),
    item_content("b", is_required=True, shown_when={"item": "a", "op": "=", "value": 1}),
    item_content("c", kind=ItemKind.LINE, texts={"en": "Why {{item:a}} at {{fact:team}}?"}),
    languages=("en", "es"),
)


def send(content: QuestionnaireContent, page: Page, **posted: object) -> Any:
    turn = take_turn(content, {page.state_field: page.state, **posted}, page.language)
    return turn.page or turn.answers


def asked(page: Page) -> list[str]:
    return [question.name for question in page.questions]


class TestBegin:
    def test_asks_the_first_page(self) -> None:
        page = begin(BRANCH, "en", preselected="4")

        assert asked(page) == ["a"]
        assert (page.is_first, page.is_last, page.may_ask_more) == (True, False, True)
        assert page.questions[0].is_preselected

    def test_draws_anew_whenever_it_is_opened(self) -> None:
        content = questionnaire_content(
            *(item_content(code) for code in "abcdef"),
            settings={"sample": {"pool": list("bcdef"), "n": 2}},
        )

        assert len({tuple(asked(begin(content, "en"))) for _ in range(60)}) == 10
        assert len({begin(content, "en").state for _ in range(60)}) == 60

    def test_lets_all_forms_carry_the_same_where_nothing_is_drawn(self) -> None:
        assert begin(BRANCH, "en").state == begin(BRANCH, "en").state


class TestTakeTurn:
    def test_asks_on_and_returns_everything(self) -> None:
        page = begin(BRANCH, "en")
        page = send(BRANCH, page, a="1")
        assert asked(page) == ["b", "c"]
        assert (page.n_before, page.n_answered, page.n_questions) == (1, 1, 3)

        read = send(BRANCH, page, b="2", c="Because")

        assert read == ReadAnswers({"a": 1, "b": 2}, {"c": "Because"}, {}, ())

    def test_requires_only_what_is_shown(self) -> None:
        hidden = send(BRANCH, begin(BRANCH, "en"), a="2")
        shown = send(BRANCH, begin(BRANCH, "en"), a="1")

        assert asked(hidden) == ["c"]
        assert isinstance(send(BRANCH, hidden, c="x"), ReadAnswers)
        assert [line.target for line in send(BRANCH, shown, c="x").errors] == ["q2-1"]

    def test_leaves_out_answers_to_what_is_hidden(self) -> None:
        turn = take_turn(BRANCH, {"a": 2, "b": 3, "c": "x"}, "en")

        assert turn.answers == ReadAnswers({"a": 2}, {"c": "x"}, {}, ())

    def test_repeats_answers_and_facts(self) -> None:
        facts = Circumstances(facts={"team": "Bakery"})
        page = begin(BRANCH, "en", circumstances=facts)
        posted = {page.state_field: page.state, "a": "5"}

        turn = take_turn(BRANCH, posted, "en", circumstances=facts)

        assert turn.page is not None
        assert turn.page.questions[0].text == "Why option 5 at Bakery?"

    def test_goes_back_and_keeps_both_pages(self) -> None:
        second = send(BRANCH, begin(BRANCH, "en"), a="1")

        first = send(BRANCH, second, c="Warm", **{"form.back": "1"})
        again = send(BRANCH, first, a="1")

        assert [choice.value for choice in first.questions[0].choices if choice.is_checked] == ["1"]
        assert again.questions[1].value == "Warm"

    def test_drops_what_a_change_of_mind_has_hidden(self) -> None:
        second = send(BRANCH, begin(BRANCH, "en"), a="1")
        first = send(BRANCH, second, b="3", c="Warm", **{"form.back": "1"})

        read = send(BRANCH, send(BRANCH, first, a="2"), c="Warm")

        assert read == ReadAnswers({"a": 2}, {"c": "Warm"}, {}, ())

    def test_switches_the_language_without_losing_an_answer(self) -> None:
        page = send(BRANCH, begin(BRANCH, "en"), a="3", **{"form.language": "es"})

        assert (page.language, page.questions[0].text, page.errors) == ("es", "¿A?", ())
        assert page.n_answered == 1
        assert send(BRANCH, page, a="3").language == "es"

    def test_unticks_what_is_not_sent_again(self) -> None:
        content = questionnaire_content(
            item_content("a", kind=ItemKind.MULTIPLE),
            item_content("b", shown_when={"item": "a", "op": "answered"}),
            item_content("c"),
        )
        second = send(content, begin(content, "en"), a=["1", "2"])
        first = send(content, second, **{"form.back": "1"})

        assert first.questions[0].is_answered
        assert asked(send(content, first)) == ["c"]

    @pytest.mark.parametrize("state", ["forged", "", None])
    @pytest.mark.parametrize("language", ["en", "es"])
    def test_begins_again_with_the_answers_of_a_form_that_is_not_ours(
        self, state: str | None, language: str
    ) -> None:
        lost = {"a": "1"} if state is None else {"form.state": state, "a": "1", "c": "Because"}

        turn = take_turn(BRANCH, lost, language)

        assert turn.answers is None
        assert turn.page is not None
        assert len(turn.page.errors) == 1
        assert turn.page.language == language
        assert turn.page.questions[0].is_answered
        second = send(BRANCH, turn.page, a="1")
        assert second.questions[1].value == lost.get("c", "")

    def test_takes_a_later_page_without_its_state_for_no_whole(self) -> None:
        turn = take_turn(BRANCH, {"b": "1", "c": "Because"}, "en")

        assert turn.answers is None
        assert turn.page is not None
        assert asked(turn.page) == ["a"]

    def test_takes_in_what_a_machine_sends_as_a_whole(self) -> None:
        turn = take_turn(BRANCH, {"a": "2", "c": "Because"}, "en")

        assert turn.answers == ReadAnswers({"a": 2}, {"c": "Because"}, {}, ())

    def test_never_takes_more_than_was_drawn(self) -> None:
        content = questionnaire_content(
            *(item_content(code) for code in "abc"),
            settings={"sample": {"pool": ["b", "c"], "n": 1}},
        )
        page = begin(content, "en", seed=1)
        missing = ({"b", "c"} - set(asked(page))).pop()

        whole = take_turn(content, {"a": 1, "b": 1, "c": 1}, "en")
        sneaked = send(content, page, a="1", **{missing: "2"})

        assert whole.answers is None
        assert [line.message for line in sneaked.errors] == [
            f"This question is not asked here: {missing}"
        ]

    def test_says_so_when_nothing_is_left_to_ask(self) -> None:
        content = questionnaire_content(BRANCH.items[0], BRANCH.items[1])

        page = send(content, begin(content, "en"), a="4")

        assert (asked(page), page.is_last) == ([], True)
        assert send(content, page) == ReadAnswers({"a": 4}, {}, {}, ())

    def test_goes_to_the_beginning_when_a_language_brings_up_a_question(self) -> None:
        content = questionnaire_content(
            item_content("a", is_required=True, shown_when={"language": ["es"]}),
            *(item_content(f"i{at}") for at in range(10)),
            languages=("en", "es"),
            settings={"page": "ONE_BY_ONE"},
        )
        page = begin(content, "en")
        for _ in range(9):
            page = send(content, page, **{page.questions[0].name: "1"})
        page = send(content, page, **{"form.language": "es"})

        first = send(content, page, **{page.questions[0].name: "1"})

        assert asked(first) == ["a"]
        assert first.questions[0].error

    @pytest.mark.parametrize("field", ["form.back", "form.language"])
    def test_never_sends_by_another_button(self, field: str) -> None:
        assert take_turn(BRANCH, {"a": "1", field: "es"}, "en").answers is None


class TestShowAgain:
    def test_shows_the_part_where_a_form_stands_with_what_it_sent(self) -> None:
        second = send(BRANCH, begin(BRANCH, "en"), a="1")

        page = show_again(BRANCH, {second.state_field: second.state, "c": "Warm"}, "en")

        assert (asked(page), page.questions[1].value, page.errors) == (["b", "c"], "Warm", ())
        assert send(BRANCH, page, b="2", c="Warm") == ReadAnswers(
            {"a": 1, "b": 2}, {"c": "Warm"}, {}, ()
        )

    def test_shows_everything_to_whoever_sent_everything(self) -> None:
        page = show_again(BRANCH, {"a": "2", "c": "Warm"}, "en")

        assert (asked(page), page.n_answered) == (["a", "c"], 2)
