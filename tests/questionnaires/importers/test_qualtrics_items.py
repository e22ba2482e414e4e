"""What every question of Qualtrics shares."""

from survey.questionnaires.importers.qualtrics_items import MOST_PARTS
from tests.questionnaires.importers.looking import items_of, only_item, told, words
from tests.questionnaires.importers.makers import asked, displays, qsf, when


class TestAsked:
    def test_is_called_by_its_export_tag(self) -> None:
        assert only_item(qsf(asked("QID1", "TE", "SL", DataExportTag="Q-Age"))).code == "q_age"
        assert only_item(qsf(asked("QID1", "TE", "SL", DataExportTag=None))).code == "qid1"

    def test_stands_under_its_code_where_it_has_no_words(self) -> None:
        assert only_item(qsf(asked("QID1", "TE", "SL", QuestionText=""))).texts == {"en": "qid1"}

    def test_keeps_the_order_and_numbers_of_answers(self) -> None:
        data = qsf(
            asked("QID1", "MC", "SAVR", Choices=displays("a", "b", "c"), ChoiceOrder=[3, "1", "9"])
        )

        item = only_item(data)
        assert words(item) == ["c", "a", "b"]
        assert [option.value for option in item.options] == [3, 1, 2]

    def test_reads_no_endless_lists(self) -> None:
        data = qsf(asked("QID1", "MC", "SAVR", Choices=displays(*map(str, range(MOST_PARTS + 9)))))

        assert len(only_item(data).options) == MOST_PARTS
        assert told(data) == [f"Choices: only the first {MOST_PARTS} are read"]

    def test_is_asked_where_its_logic_says(self) -> None:
        data = qsf(
            asked("QID1", "MC", "SAVR", Choices=displays("a", "b")),
            asked("QID2", "TE", "SL", DisplayLogic=when("q://QID1/SelectableChoice/2")),
        )

        assert items_of(data)["qid2"].shown_when == {"item": "qid1", "op": "=", "value": 2}

    def test_has_one_answer_with_own_words(self) -> None:
        both = {str(n): {"Display": str(n), "TextEntry": "on"} for n in (1, 2)}
        data = qsf(asked("QID1", "MC", "SAVR", Choices=both))

        assert [option.is_other for option in only_item(data).options] == [True, False]
        assert told(data)[0].startswith("2: only one answer")
