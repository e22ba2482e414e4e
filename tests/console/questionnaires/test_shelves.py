from survey.console.questionnaires.shelves import fill_shelves
from survey.questionnaires.bank_listing import list_bank


class TestFillShelves:
    def test_puts_questions_where_they_belong(self, bank: None) -> None:
        shelves = fill_shelves(list_bank(), ticked=(), asked=())

        [fairness] = [shelf for shelf in shelves if shelf.code == "fairness"]
        assert (fairness.name, len(fairness.books)) == ("Fairness", 9)
        assert ("fairness", 9) in [(scale.code, scale.n_items) for scale in fairness.scales]
        assert shelves[-1].name == ""

    def test_offers_no_scale_of_a_single_question(self, bank: None) -> None:
        shelves = fill_shelves(list_bank(), ticked=(), asked=())

        assert all(scale.n_items > 1 for shelf in shelves for scale in shelf.scales)

    def test_marks_what_is_ticked_and_what_is_asked(self, bank: None) -> None:
        first, second, *_others = list_bank(construct="fairness")

        [shelf] = fill_shelves((first, second), ticked=(first.id,), asked=(second.code,))

        assert [(book.is_ticked, book.is_asked) for book in shelf.books] == [
            (True, False),
            (False, True),
        ]
