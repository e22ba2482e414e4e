"""What all lines of one XLSForm share."""

from survey.questionnaires.documents import DocumentItem
from survey.questionnaires.importers.conditions import Target
from survey.questionnaires.importers.reports import Report
from survey.questionnaires.importers.wording import mark
from survey.questionnaires.importers.xlsform_form import Form, relevance_rules, repeat_answers
from survey.questionnaires.importers.xlsform_sheets import Line
from survey.questionnaires.importers.xlsform_source import Choices, Languages


def form() -> Form:
    report = Report()
    return Form(Languages([], "en", report), Choices({}), report)


class TestForm:
    def test_says_where_a_line_stands(self) -> None:
        assert form().where(Line(4, {"name": " a "})) == "sheet “survey”, line 4 “a”"

    def test_reads_words_and_tells_what_has_no_counterpart(self) -> None:
        made = form()
        line = Line(4, {"label": "<b>A</b>", "appearance": "likert", "media::image": "a.png"})

        made.tell_rest(line, "here")

        assert made.say(line, "label", "here") == {"en": "A"}
        assert [one.what for one in made.report.lines] == [
            "media::image = a.png; appearance = likert"
        ]


class TestRelevanceRules:
    def test_find_names_in_brackets(self) -> None:
        names = {"a b": Target(DocumentItem("a_b", {"en": "?"}, "LINE"))}

        assert relevance_rules(" ") == ()
        assert relevance_rules("${a} = 'x'")[0].said == "${a} = 'x'"
        assert relevance_rules("${a b} = 'x'")[0].translate(names) == {
            "item": "a_b",
            "op": "=",
            "value": "x",
        }


class TestRepeatAnswers:
    def test_marks_names(self) -> None:
        assert repeat_answers("Hi ${ a } $b {c}") == f"Hi {mark('a')} $b {{c}}"
