"""What importing a file says."""

from survey.questionnaires.importers.reports import ImportRefusedError, LeftOut, Report


class TestReport:
    def test_notes_each_thing_once_and_in_order(self) -> None:
        report = Report()

        for what in ("b", "a", "b"):
            report.add("here", what, "why")

        assert report.lines == (LeftOut("here", "b", "why"), LeftOut("here", "a", "why"))


class TestImportRefusedError:
    def test_says_where_and_why(self) -> None:
        assert str(ImportRefusedError("line 3", "is damaged")) == "line 3: is damaged"
