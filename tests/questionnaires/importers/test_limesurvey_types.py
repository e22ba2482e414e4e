"""What each question type of LimeSurvey becomes."""

import pytest

from survey.questionnaires.importers.limesurvey_types import MAKERS
from tests.questionnaires.importers.looking import items_of, only_item, told, words
from tests.questionnaires.importers.makers import answer, group, lss, question, row_of

ANSWERS = [answer("1", "a", "Tea"), answer("1", "b", "Coffee")]
ROWS = [row_of("1", "11", "r1"), row_of("1", "12", "r2")]


def survey(kind: str, attributes: dict[str, str] | None = None, **more: str) -> bytes:
    """Return a survey of one question with two answers and two rows."""
    told = [
        {"qid": "1", "attribute": name, "value": said} for name, said in (attributes or {}).items()
    ]
    return lss(
        groups=[group()],
        questions=[question("1", kind, "q", **more)],
        answers=ANSWERS,
        subquestions=ROWS,
        question_attributes=told,
    )


class TestMakeItems:
    @pytest.mark.parametrize(
        ("kind", "made", "options"),
        [
            ("L", "CHOICE", ["Tea", "Coffee"]),
            ("!", "CHOICE", ["Tea", "Coffee"]),
            ("5", "CHOICE", ["1", "2", "3", "4", "5"]),
            ("Y", "CHOICE", ["Yes", "No"]),
            ("G", "CHOICE", ["Female", "Male"]),
            ("M", "MULTIPLE", ["Row r1", "Row r2"]),
            ("R", "RANKING", ["Tea", "Coffee"]),
            ("N", "NUMBER", []),
            ("D", "DATE", []),
            ("S", "LINE", []),
            ("T", "TEXT", []),
            ("U", "TEXT", []),
            ("X", "NOTE", []),
        ],
    )
    def test_makes_one_item_of_plain_types(self, kind: str, made: str, options: list[str]) -> None:
        item = only_item(survey(kind))

        assert (item.code, item.kind, words(item)) == ("q", made, options)

    @pytest.mark.parametrize(
        ("kind", "made"),
        [
            ("O", {"q": "CHOICE", "q_comment": "TEXT"}),
            ("P", {"q": "MULTIPLE", "q_r1comment": "LINE", "q_r2comment": "LINE"}),
            ("K", {"q_r1": "NUMBER", "q_r2": "NUMBER"}),
            ("Q", {"q_r1": "LINE", "q_r2": "LINE"}),
        ],
    )
    def test_makes_several_items_of_others(self, kind: str, made: dict[str, str]) -> None:
        assert {code: item.kind for code, item in items_of(survey(kind)).items()} == made

    def test_asks_comments_only_where_their_answer_was_chosen(self) -> None:
        comment = items_of(survey("P"))["q_r2comment"]

        assert comment.shown_when == {"item": "q", "op": "contains", "value": 2}

    @pytest.mark.parametrize("kind", "|*I")
    def test_tells_what_is_not_asked_here(self, kind: str) -> None:
        data = lss(groups=[group()], questions=[question("1", kind, "x"), question("2", "S", "y")])

        assert list(items_of(data)) == ["y"]
        assert told(data)[0].startswith("all of it: ")

    def test_knows_every_common_type(self) -> None:
        assert set(MAKERS) >= set("L!5YGMPRNKDSTUQ;:ABCEFH1OIX*|")

    def test_keeps_bounds_and_tells_formulas(self) -> None:
        bounded = survey(
            "N", {"min_num_value_n": "1", "max_num_value_n": "age", "num_value_int_only": "1"}
        )

        assert only_item(bounded).settings == {"minimum": 1}
        assert told(bounded) == ["max_num_value_n = age: only a plain number can be a bound here"]

    def test_keeps_numbers_of_answers_and_answers_that_stand_alone(self) -> None:
        data = survey("M", {"min_answers": "1", "max_answers": "2", "exclude_all_others": "r2"})

        item = only_item(data)
        assert item.settings == {"min_choices": 1, "max_choices": 2}
        assert [option.is_exclusive for option in item.options] == [False, True]

    def test_offers_own_words_and_random_order(self) -> None:
        data = survey("L", {"random_order": "1", "other_replace_text": "Or?"}, other="Y")

        item = only_item(data)
        assert (words(item)[-1], item.options[-1].is_other) == ("Or?", True)
        assert item.settings == {"shuffles_options": True}

    def test_takes_days_and_numbers_in_short_texts(self) -> None:
        day = only_item(survey("D", {"date_min": "2026-01-31 00:00", "date_max": "+1 week"}))

        assert day.settings == {"minimum": "2026-01-31"}
        assert only_item(survey("S", {"numbers_only": "1"})).kind == "NUMBER"
