"""Bounds, answers that stand alone and messages of an XLSForm."""

from survey.questionnaires.documents import DocumentItem, DocumentOption
from survey.questionnaires.importers.xlsform_bounds import constrain
from survey.questionnaires.importers.xlsform_sheets import Line
from tests.questionnaires.importers.test_xlsform_form import form

TWO = (DocumentOption(1, {"en": "Yes"}), DocumentOption(2, {"en": "No"}))
ALONE = "not(selected(., 'no') and count-selected(.) > 1)"
VALUES = {"yes": 1, "no": 2}


class TestConstrain:
    def test_lets_answers_stand_alone_where_several_can_be_chosen(self) -> None:
        line, made = Line(2, {"constraint": ALONE}), form()
        boxes = DocumentItem("a", {"en": "?"}, "MULTIPLE", options=TWO)
        single = DocumentItem("a", {"en": "?"}, "CHOICE", options=TWO)

        found = constrain(boxes, line, VALUES, "here", made)
        assert [option.is_exclusive for option in found.options] == [False, True]
        assert made.report.lines == ()
        assert constrain(single, line, VALUES, "here", made) == single
        assert "only one answer" in made.report.lines[0].reason

    def test_keeps_messages_where_there_is_something_to_refuse(self) -> None:
        line = Line(2, {"constraint_message": "No!", "required_message": "Please!"})
        number, words = DocumentItem("a", {"en": "?"}, "NUMBER"), DocumentItem("a", {}, "LINE")
        made = form()

        assert constrain(number, line, {}, "here", made).settings["messages"] == {
            "missing": {"en": "Please!"},
            "out_of_range": {"en": "No!"},
        }
        assert made.report.lines == ()
        assert constrain(words, line, {}, "here", made).settings["messages"] == {
            "missing": {"en": "Please!"}
        }
        assert [one.what for one in made.report.lines] == ["constraint_message"]
