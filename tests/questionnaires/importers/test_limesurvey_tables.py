"""The tables of a LimeSurvey file."""

import pytest

from survey.questionnaires.importers.limesurvey_tables import read_tables
from survey.questionnaires.importers.reports import ImportRefusedError
from tests.questionnaires.importers.makers import lss


class TestReadTables:
    def test_returns_rows_by_table(self) -> None:
        tables = read_tables(lss(groups=[{"gid": "1", "group_name": "a < b"}, {"gid": "2"}]))

        assert tables["groups"] == [{"gid": "1", "group_name": "a < b"}, {"gid": "2"}]

    def test_takes_no_field_names_for_rows(self) -> None:
        data = lss().replace(
            b"</document>",
            b"<answers><fields><fieldname>qid</fieldname></fields></answers></document>",
        )

        assert "answers" not in read_tables(data)

    def test_refuses_more_rows_than_a_survey_has(self) -> None:
        data = lss(groups=[{}] * 100_001)

        with pytest.raises(ImportRefusedError, match="100,000 rows"):
            read_tables(data)

    def test_refuses_a_text_of_a_million_letters(self) -> None:
        with pytest.raises(ImportRefusedError, match="million"):
            read_tables(lss(groups=[{"gid": "x" * 1_000_001}]))

    def test_says_on_which_line_a_file_is_damaged(self) -> None:
        with pytest.raises(ImportRefusedError, match="line 3"):
            read_tables(b"<document>\n<a>\n</b>")
