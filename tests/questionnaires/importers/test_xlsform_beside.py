"""A text beside one answer of an XLSForm."""

import pytest

from survey.questionnaires.documents import DocumentItem, DocumentOption
from survey.questionnaires.importers.conditions import Target
from survey.questionnaires.importers.drafts import DraftItem
from survey.questionnaires.importers.xlsform_beside import take_own_words
from survey.questionnaires.importers.xlsform_form import Form
from survey.questionnaires.importers.xlsform_sheets import Line
from tests.questionnaires.importers.test_xlsform_form import form

TWO = (DocumentOption(1, {"en": "Yes"}), DocumentOption(2, {"en": "Else"}))
BESIDE = {"type": "text", "name": "a_other", "label": "Else", "relevant": "selected(${a}, 'else')"}


def before(kind: str = "CHOICE") -> tuple[DraftItem, Form]:
    """Return an item called a, and its form."""
    made, item = form(), DocumentItem("a", {"en": "?"}, kind, options=TWO)
    made.names["a"] = Target(item, {"yes": 1, "else": 2})
    return DraftItem(item, "here"), made


class TestTakeOwnWords:
    @pytest.mark.parametrize("said", ["selected(${a}, 'else')", "${a} = 'else'", '${a}="else"'])
    def test_makes_own_words_of_the_answer(self, said: str) -> None:
        entry, made = before()

        assert take_own_words(Line(3, BESIDE | {"relevant": said}), entry, made)
        assert [option.is_other for option in entry.item.options] == [False, True]
        assert made.names["a"].item is entry.item
        assert made.report.lines == ()

    @pytest.mark.parametrize(
        "other",
        [
            {"type": "integer"},
            {"name": "b_other"},
            {"relevant": "${a} = 'nobody'"},
            {"relevant": "${b} = 'else'"},
            {"relevant": "${a} != 'else'"},
            {"relevant": ""},
        ],
    )
    def test_leaves_other_questions_alone(self, other: dict[str, str]) -> None:
        entry, made = before()

        assert not take_own_words(Line(3, BESIDE | other), entry, made)
        assert entry.item.options == TWO

    def test_ranks_no_own_words_and_takes_them_once(self) -> None:
        ranked, made = before("RANKING")
        assert not take_own_words(Line(3, BESIDE), ranked, made)
        assert not take_own_words(Line(3, BESIDE), None, made)

        entry, made = before()
        assert take_own_words(Line(3, BESIDE), entry, made)
        assert not take_own_words(Line(4, BESIDE), entry, made)
