from django.test import Client

from survey.console.questionnaires.board import Board, ItemRow, build_board
from survey.questionnaires.documents import DocumentItem
from survey.questionnaires.models import Questionnaire
from survey.questionnaires.services import add_new_item, add_section, publish_questionnaire
from tests.console.questionnaires.drafts import SIX, make_draft
from tests.factories.questionnaires import ItemFactory, make_scale, publish


def board_of(draft: Questionnaire, language: str = "en") -> Board:
    draft.refresh_from_db()
    return build_board(questionnaire=draft, language=language)


def rows_of(board: Board) -> list[ItemRow]:
    return [row for section in board.sections for row in section.items]


class TestBuildBoard:
    def test_counts_questions_and_time(self, six_items: Questionnaire) -> None:
        note = DocumentItem(code="", kind="NOTE", texts={"en": "Thanks."})
        story = DocumentItem(code="", kind="TEXT", texts={"en": "What would help?"})
        for entry in (note, story):
            add_new_item(questionnaire_id=six_items.pk, entry=entry)

        board = board_of(six_items)

        assert (board.n_questions, board.n_open) == (7, 1)
        assert [row.number for row in rows_of(board)] == [1, 2, 3, 4, 5, 6, 0, 7]

    def test_lists_the_versions_of_its_own_audience(self, six_items: Questionnaire) -> None:
        theirs = make_draft(audience="CUSTOMER")
        Questionnaire.objects.filter(pk=theirs.pk).update(code=six_items.code, version=2)

        assert [row.pk for row in board_of(six_items).versions] == [six_items.pk]

    def test_says_what_keeps_it_from_being_compared(self, hr: Client) -> None:
        one, two, three = ItemFactory(), ItemFactory(), ItemFactory()
        parts = make_scale("parts", [one, two])
        make_scale("alone", [three])
        whole, torn = publish([one, three], code="whole"), publish([one], code="torn")
        why = f"“{parts.name}” lacks 1 of its 2 questions"

        assert (board_of(whole).is_comparable, board_of(whole).lacking) == (True, ())
        assert (board_of(torn).is_comparable, board_of(torn).lacking) == (False, (why,))
        assert why in hr.get(f"/console/questionnaires/{torn.pk}/").text

    def test_says_which_languages_are_missing(self, bank: None) -> None:
        board = board_of(make_draft(languages=["en", "es"]))

        assert [(row.language.code, row.n_worded, row.n_all) for row in board.languages] == [
            ("en", 6, 6),
            ("es", 0, 6),
        ]
        assert [one.code for one in rows_of(board)[0].missing] == ["es"]
        assert "es" in rows_of(board)[0].faults[0].why
        assert board.n_faults == 6

    def test_keeps_hints_beside_the_question_they_concern(self, six_items: Questionnaire) -> None:
        entry = DocumentItem(
            code="rota", kind="NUMBER", texts={"en": "My rota is fair and I get it in good time."}
        )
        add_new_item(questionnaire_id=six_items.pk, entry=entry)

        board = board_of(six_items)

        assert [row.code for row in rows_of(board) if row.hints] == ["rota"]
        assert rows_of(board)[-1].has_no_figures

    def test_shows_a_section_without_questions(self, six_items: Questionnaire) -> None:
        add_section(questionnaire_id=six_items.pk, code="pay", texts={"en": "Pay"})

        board = board_of(six_items)

        assert [(row.code, row.name, len(row.items)) for row in board.sections] == [
            ("", "", 6),
            ("pay", "Pay", 0),
        ]

    def test_puts_conditions_into_words(self, six_items: Questionnaire) -> None:
        condition = {"item": SIX[0], "op": "<", "value": 3}
        entry = DocumentItem(
            code="why", kind="TEXT", texts={"en": "Why is that?"}, shown_when=condition
        )
        add_new_item(questionnaire_id=six_items.pk, entry=entry)

        said = rows_of(board_of(six_items))[-1].condition

        assert said == (
            "“All in all, I am treated fairly here.” is less than “Neither agree nor disagree”"
        )

    def test_holds_an_empty_draft(self, bank: None) -> None:
        empty = Questionnaire.objects.create(
            code="empty", name="Empty", audience="EMPLOYEE", languages=["en"]
        )

        board = board_of(empty)

        assert [len(section.items) for section in board.sections] == [0]
        assert [fault.why for fault in board.faults] == ["It has no questions"]

    def test_finds_no_fault_with_what_is_published(self, six_items: Questionnaire) -> None:
        publish_questionnaire(questionnaire_id=six_items.pk)

        board = board_of(six_items)

        assert (board.is_draft, board.is_published, board.n_faults) == (False, True, 0)
        assert [row.version for row in board.versions] == [1]

    def test_reads_in_the_language_asked_for(self, six_items: Questionnaire) -> None:
        Questionnaire.objects.filter(pk=six_items.pk).update(languages=["en", "es"])
        entry = DocumentItem(code="q", kind="TEXT", texts={"en": "Why?", "es": "¿Por qué?"})
        add_new_item(questionnaire_id=six_items.pk, entry=entry)

        rows = rows_of(board_of(six_items, "es"))

        assert (rows[-1].text, rows[-1].language.code) == ("¿Por qué?", "es")
        assert rows[0].language.code == "en"
