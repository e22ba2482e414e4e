"""What every question of LimeSurvey shares."""

from tests.questionnaires.importers.looking import items_of, only_item, told
from tests.questionnaires.importers.makers import answer, group, lss, question

TWO = {"sid": "7", "language": "de-informal", "additional_languages": "ar en", "shownoanswer": "Y"}


def survey(**more: str) -> bytes:
    """Return a survey of one question with two answers."""
    return lss(
        groups=[group()],
        questions=[question("1", "L", "q", **more)],
        answers=[answer("1", "4", "Four"), answer("1", "-2", "Minus")],
    )


class TestAsked:
    def test_has_words_in_every_language_under_our_tags(self) -> None:
        data = lss(
            surveys=[TWO],
            groups=[group()],
            questions=[
                question("1", "S", "q", language="de-informal", question="Wie?", help="Kurz"),
                question("1", "S", "q", language="ar", question="<p dir='rtl'>كيف؟</p>"),
            ],
        )

        item = only_item(data)
        assert item.texts == {"de": "Wie?", "ar": "كيف؟"}
        assert item.hints == {"de": "Kurz"}

    def test_keeps_the_numbers_of_answers(self) -> None:
        assert [option.value for option in only_item(survey()).options] == [4, -2]

    def test_offers_no_answer_where_it_may_be_left(self) -> None:
        free, forced = only_item(survey(mandatory="N")), only_item(survey(mandatory="Y"))

        assert (free.allows_cant_say, free.is_required) == (True, False)
        assert (forced.allows_cant_say, forced.is_required) == (False, True)

    def test_is_found_by_its_number_too(self) -> None:
        data = lss(
            groups=[group()],
            questions=[question("1", "S", "a"), question("2", "S", "b", relevance="7X1X1 == 'x'")],
        )

        assert items_of(data)["b"].shown_when == {"item": "a", "op": "=", "value": "x"}

    def test_stands_under_its_code_where_it_has_no_words(self) -> None:
        data = survey(question=" <img src='x'> ")

        assert only_item(data).texts == {"en": "q"}
        assert any("stands in for it" in line for line in told(data))
