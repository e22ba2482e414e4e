"""Differences as a file."""

import pytest

from survey.console.people.files import as_text, respond_with_difference
from survey.organization.models import RosterImport


class TestAsText:
    @pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n"])
    def test_marks_what_a_spreadsheet_would_run(self, start: str) -> None:
        assert as_text(f"{start}1+1") == f"'{start}1+1"

    def test_leaves_names_as_they_are(self) -> None:
        assert as_text("Anne-Marie O'Neill") == "Anne-Marie O'Neill"


class TestRespondWithDifference:
    @pytest.mark.parametrize(
        ("name", "file_name"),
        [("staff 2026.csv", "staff-2026"), ('a".csv', "a"), ("\r\n.csv", "roster")],
    )
    def test_names_the_file_harmlessly(self, name: str, file_name: str) -> None:
        response = respond_with_difference(RosterImport(name=name, difference={}))

        expected = f'attachment; filename="{file_name}-differences.csv"'
        assert response.headers["Content-Disposition"] == expected
        assert response.text == "who,what,before,after,from,also\r\n"
