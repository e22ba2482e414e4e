"""The lines of a file that cannot be taken in, as both pages that refuse one say them."""

from django.template.loader import render_to_string

PROBLEMS = [(1200, "team", "There is no such team."), (3, "", "This line is empty.")]


class TestWrongLines:
    def test_names_line_and_column_and_what_is_wrong(self) -> None:
        page = render_to_string("console/wrong_lines.html", {"problems": PROBLEMS, "n_others": 0})

        for told in ("Line 1,200, team<", "There is no such team.", "Line 3<"):
            assert told in page
        assert "more." not in page

    def test_counts_those_that_are_not_listed(self) -> None:
        page = render_to_string("console/wrong_lines.html", {"problems": PROBLEMS, "n_others": 5})

        assert "And 5 more." in page
