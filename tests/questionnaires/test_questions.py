"""One item as a question: what its fields are called and hold."""

from typing import Any

import pytest

from survey.questionnaires.content import ItemContent, OptionContent
from survey.questionnaires.models import ItemKind
from survey.questionnaires.questions import Question, ask_item, word_item
from tests.factories.questionnaires import item_content

OTHER = OptionContent(9, None, {"en": "Other"}, is_other=True)


def ask(item: ItemContent, **values: Any) -> Question:
    posted = {name.replace("__", "."): value for name, value in values.items()}
    wording = word_item(item, ["en"], lambda text: text)
    return ask_item(item, 3, wording, values=posted, error=None, is_preselected=False)


class TestAskItem:
    def test_ticks_all_that_were_ticked(self) -> None:
        item = item_content("q", kind=ItemKind.MULTIPLE)

        assert [choice.is_checked for choice in ask(item, q=["1", "3"]).choices] == [
            True, False, True, False, False,
        ]  # fmt: skip
        assert sum(choice.is_checked for choice in ask(item, q="2").choices) == 1

    def test_shows_places_and_own_words_again(self) -> None:
        ranking = ask(item_content("q", kind=ItemKind.RANKING), q__2="1")
        other = ask(item_content("q", options=(OTHER,)), q="9", q__other="cake")

        assert [choice.place for choice in ranking.choices] == ["", "1", "", "", ""]
        assert (ranking.places, ranking.is_answered) == (("1", "2", "3", "4", "5"), True)
        assert (other.choices[0].other_name, other.choices[0].other_value) == ("q.other", "cake")

    @pytest.mark.parametrize(
        ("kind", "name"),
        [("CHOICE", "q"), ("MULTIPLE", "q"), ("NUMBER", "q.cant_say"), ("DATE", "q.cant_say")],
    )
    def test_offers_cant_say(self, kind: str, name: str) -> None:
        question = ask(item_content("q", kind=kind), **{name: "cant_say"})

        assert question.cant_say is not None
        assert question.cant_say.is_checked
        assert question.cant_say_name == name
        assert question.is_answered

    @pytest.mark.parametrize("kind", ["TEXT", "LINE", "NOTE"])
    def test_offers_no_cant_say_for_words(self, kind: str) -> None:
        assert ask(item_content("q", kind=kind)).cant_say is None

    def test_bounds_days(self) -> None:
        settings = {"minimum": "2026-01-01", "maximum": "2026-12-31"}
        question = ask(item_content("q", kind=ItemKind.DATE, settings=settings), q="2026-05-01")

        assert (question.minimum, question.maximum) == ("2026-01-01", "2026-12-31")
        assert (question.value, question.is_written) == ("2026-05-01", True)

    def test_only_reads_a_note(self) -> None:
        note = ask(item_content("q", kind=ItemKind.NOTE))

        assert (note.has_answer, note.is_written, note.choices) == (False, False, ())

    def test_words_options_in_another_language_where_there_is_none(self) -> None:
        item = item_content("q", options=(OptionContent(1, 1, {"es": "Sí"}),))

        assert ask(item).choices[0].text == "Sí"
