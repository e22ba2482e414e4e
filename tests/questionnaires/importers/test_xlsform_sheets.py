"""The sheets of an XLSForm."""

import pytest

from survey.questionnaires.importers.reports import ImportRefusedError, Report
from survey.questionnaires.importers.xlsform_sheets import read_sheets
from tests.questionnaires.importers.makers import xlsx


class TestReadSheets:
    def test_reads_headings_however_they_are_written(self) -> None:
        report = Report()
        headings = ["Type", "name ", "label:English", "Label::Deutsch (de)", "name", ""]
        data = xlsx(
            Survey=[[], headings, ["text", "a", "A", "", "twice", "lost"], [], ["note", 1.0, True]],
            notes=[["x"]],
        )

        survey = read_sheets(data, report)["survey"]

        assert survey.headings == ("type", "name", "label::English", "label::Deutsch (de)")
        assert [(line.number, line.cells) for line in survey.lines] == [
            (3, {"type": "text", "name": "a", "label::English": "A"}),
            (5, {"type": "note", "name": "1", "label::English": "true"}),
        ]
        assert [line.where for line in report.lines] == ["sheet “survey”", "sheet “notes”"]

    @pytest.mark.parametrize(("rows", "columns"), [(20_001, 1), (1, 301), (9_000, 200)])
    def test_refuses_cells_that_stand_too_far_out(self, rows: int, columns: int) -> None:
        cells = [[""] * (columns - 1) + ["x"]]
        sheet: list[list[str]] = [[] for _each in range(rows - 1)]

        with pytest.raises(ImportRefusedError, match="too far out"):
            read_sheets(xlsx(survey=sheet + cells), Report())

    def test_refuses_texts_that_would_fill_the_memory(self) -> None:
        with pytest.raises(ImportRefusedError, match=r"fill the memory|trap"):
            read_sheets(xlsx(survey=[["x" * 30_000] * 200] * 100), Report())
