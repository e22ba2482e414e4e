"""Texts of strangers by language."""

from django.utils.translation import override

from survey.questionnaires.importers.reports import Report
from survey.questionnaires.importers.wording import CLOSES, OPENS, Wording, mark


class TestWording:
    def test_reads_what_is_not_empty(self) -> None:
        texts = Wording(Report()).read({"en": "<b>Tea</b>", "de": " <br> "}, "here")

        assert texts == {"en": "Tea"}

    def test_cuts_long_texts_and_tells_it(self) -> None:
        report = Report()

        text = Wording(report).read_one("x" * 6000, "here")

        assert len(text) == 5000
        assert "longer than 5,000" in report.lines[0].reason

    def test_writes_numbers_as_whoever_reads_them_does(self) -> None:
        report = Report()

        with override("de"):
            Wording(report).read_one("x" * 6000, "here")

        assert "5.000" in report.lines[0].reason

    def test_cuts_no_mark_in_two(self) -> None:
        wording = Wording(Report(), lambda text: text.replace("@", mark("a_long_name")))

        assert wording.read_one("x" * 4995 + "@", "here") == "x" * 4995

    def test_takes_marks_of_strangers_away(self) -> None:
        assert Wording(Report()).read_one(f"{OPENS}a{CLOSES}b", "here") == "ab"

    def test_tells_when_something_stands_in(self) -> None:
        report = Report()

        assert Wording(report).read_or({}, "q1", "en", "here") == {"en": "q1"}
        assert Wording(report).read_or({"en": "\0"}, "\0", "en", "here") == {"en": "–"}
        assert "“q1” stands in for it" in report.lines[0].reason

    def test_keeps_names_short_and_on_one_line(self) -> None:
        report = Report()

        assert Wording(report).read_name("a\n<br>b", "form", "here") == "a b"
        assert Wording(report).read_name("<p></p>", "form", "here") == "form"
        assert len(Wording(report).read_name("x" * 200, "form", "here")) == 150
        assert len(report.lines) == 1
