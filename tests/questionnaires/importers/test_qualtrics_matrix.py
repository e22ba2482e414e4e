"""Matrices of Qualtrics: an item per row or cell."""

from typing import Any

import pytest

from tests.questionnaires.importers.looking import items_of, only_item, told, words
from tests.questionnaires.importers.makers import asked, displays, qsf, when

ROWS, SCALE = displays("Speed", "Care"), displays("Bad", "Good")


def matrix(selector: str = "Likert", sub: str = "SingleAnswer", **more: Any) -> bytes:
    """Return a survey of a question and a matrix."""
    usual = {"Choices": ROWS, "Answers": SCALE, "SubSelector": sub}
    first = asked("QID1", "MC", "SAVR", Choices=displays("Yes", "No"))
    return qsf(first, asked("QID2", "Matrix", selector, **usual | more))


class TestMakeMatrix:
    @pytest.mark.parametrize(
        ("sub", "made"),
        [("SingleAnswer", "CHOICE"), ("DL", "CHOICE"), ("MultipleAnswer", "MULTIPLE")],
    )
    def test_asks_each_row_with_the_same_answers(self, sub: str, made: str) -> None:
        items = items_of(matrix(sub=sub))

        assert list(items)[1:] == ["qid2_1", "qid2_2"]
        assert items["qid2_2"].kind == made
        assert items["qid2_2"].texts == {"en": "About QID2? – Care"}
        assert words(items["qid2_1"]) == words(items["qid2_2"]) == ["Bad", "Good"]

    def test_asks_a_row_where_its_own_logic_says_so(self) -> None:
        rows = {
            **ROWS,
            "2": {"Display": "Care", "DisplayLogic": when("q://QID1/SelectableChoice/1")},
        }

        items = items_of(matrix(Choices=rows))

        assert items["qid2_1"].shown_when is None
        assert items["qid2_2"].shown_when == {"item": "qid1", "op": "=", "value": 1}

    def test_of_one_column_is_one_question(self) -> None:
        data = matrix(Answers=displays("Tick"))

        item = items_of(data)["qid2"]
        assert (item.kind, words(item)) == ("MULTIPLE", ["Speed", "Care"])
        assert told(data)[0].startswith("Tick: ")

    def test_of_fields_asks_each_cell(self) -> None:
        items = items_of(matrix("TE"))

        assert list(items)[1:] == ["qid2_1_1", "qid2_1_2", "qid2_2_1", "qid2_2_2"]
        assert items["qid2_2_1"].texts == {"en": "About QID2? – Care – Bad"}

    @pytest.mark.parametrize(
        ("selector", "more"), [("MaxDiff", {}), ("Likert", {"AnswersByRow": {"1": 2}})]
    )
    def test_tells_what_is_not_asked_here(self, selector: str, more: dict[str, Any]) -> None:
        assert told(matrix(selector, **more))[0].startswith("all of it: ")


class TestMakeSideBySide:
    def test_asks_each_row_of_each_column(self) -> None:
        column = asked("", "Matrix", "Likert", SubSelector="SingleAnswer", Answers=SCALE)
        columns = {
            "1": {**column, "QuestionText": "How now?"},
            "2": {**column, "QuestionText": "How then?", "Answers": displays("Tick")},
        }
        arabic = {"AR": {"AdditionalQuestions": {"1": {"QuestionText": "الآن؟"}}}}

        items = items_of(
            qsf(
                asked(
                    "QID1",
                    "SBS",
                    "SBSMatrix",
                    Choices=ROWS,
                    AdditionalQuestions=columns,
                    Language=arabic,
                )
            )
        )

        assert list(items) == ["qid1_1_1", "qid1_1_2", "qid1_2"]
        assert items["qid1_1_2"].texts["en"] == "About QID1? – How now? – Care"
        assert items["qid1_2"].kind == "MULTIPLE"

    def test_without_columns_is_told(self) -> None:
        data = qsf(asked("QID1", "SBS", "SBSMatrix", Choices=ROWS), asked("QID2", "TE", "SL"))

        assert only_item(data).code == "qid2"
        assert told(data)[0].startswith("all of it: it has no rows")
