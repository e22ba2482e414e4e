"""Questions put together from tables, as old and new LimeSurvey write them."""

from survey.questionnaires.importers.limesurvey_source import list_groups, list_questions
from tests.questionnaires.importers.makers import answer, group, question, row_of

OLD = {
    "questions": [
        question("2", "L", "second", question_order="2"),
        question("1", "L", "first", question_order="1"),
        question("1", "L", "first", language="de", question="Erste?"),
    ],
    "answers": [
        answer("1", "b", "B", sortorder="2"),
        answer("1", "a", "A", sortorder="1"),
        answer("1", "a", "Ah", sortorder="1", language="de"),
        answer("1", "a", "Again", sortorder="3"),
        answer("9", "a", "Nobody’s"),
    ],
    "subquestions": [row_of("1", "11", "r"), row_of("7", "12", "lost")],
    "question_attributes": [{"qid": "1", "attribute": "hidden", "value": "1"}],
    "conditions": [{"qid": "1", "method": "=="}],
}
NEW = {
    "questions": [{"qid": "1", "parent_qid": "0", "type": "L", "title": "first", "gid": "1"}],
    "question_l10ns": [{"qid": "1", "question": "First?", "help": "Help", "language": "en"}],
    "answers": [{"qid": "1", "aid": "5", "code": "a", "sortorder": "1", "scale_id": "0"}],
    "answer_l10ns": [{"aid": "5", "answer": "A", "language": "en"}],
}


class TestListQuestions:
    def test_reads_files_with_a_row_per_language(self) -> None:
        first, second = list_questions(OLD)

        assert (first.code, second.code) == ("first", "second")
        assert first.texts == {"en": "About first?", "de": "Erste?"}
        assert [(one.code, one.texts) for one in first.answers] == [
            ("a", {"en": "A", "de": "Ah"}),
            ("b", {"en": "B"}),
            ("a", {"en": "Again"}),
        ]
        assert [row.code for row in first.rows()] == ["r"]
        assert first.attribute("hidden") == "1"
        assert first.conditions == [{"qid": "1", "method": "=="}]

    def test_reads_files_with_texts_in_tables_of_their_own(self) -> None:
        (first,) = list_questions(NEW)

        assert (first.texts, first.helps) == ({"en": "First?"}, {"en": "Help"})
        assert first.answers[0].texts == {"en": "A"}


class TestListGroups:
    def test_are_in_order_with_all_their_languages(self) -> None:
        tables = {
            "groups": [group("2", "Second"), group("1", "First")],
            "group_l10ns": [{"gid": "1", "group_name": "Erste", "language": "de"}],
        }

        first, second = list_groups(tables)

        assert (first.texts, second.gid) == ({"en": "First", "de": "Erste"}, "2")
