"""What importing a file says."""

from survey.questionnaires.importers.reports import ImportRefusedError, LeftOut, Report, shorten


class TestReport:
    def test_notes_each_thing_once_and_in_order(self) -> None:
        report = Report()

        for what in ("b", "a", "b"):
            report.add("here", what, "why")

        assert report.lines == (LeftOut("here", "b", "why"), LeftOut("here", "a", "why"))


class TestShorten:
    def test_keeps_one_line_that_can_be_shown(self) -> None:
        assert shorten("a\n\0b \u202e c") == "a b c"
        assert len(shorten("x" * 500)) == 200


class TestImportRefusedError:
    def test_says_where_and_why(self) -> None:
        assert str(ImportRefusedError("line 3", "is damaged")) == "line 3: is damaged"
