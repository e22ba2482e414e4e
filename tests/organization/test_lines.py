"""What is wrong with a roster, in words."""

from survey.organization.files import LineProblem
from survey.organization.lines import RosterError


class TestRosterError:
    def test_sorts_by_line_and_names_the_first_three(self) -> None:
        error = RosterError(LineProblem(line, "name", "is empty") for line in (9, 4, 7, 2))

        assert [problem.line for problem in error.problems] == [2, 4, 7, 9]
        assert str(error).count("is empty") == 3

    def test_names_the_place(self) -> None:
        assert str(LineProblem(2, "", "is short")) == "line 2: is short"
