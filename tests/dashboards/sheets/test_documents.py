"""A document as text."""

from survey.dashboards.sheets.documents import Document, Grid, Section, write_markdown


class TestWriteMarkdown:
    def test_writes_headings_points_and_tables(self) -> None:
        grid = Grid(("What", "Who"), (("a|b", "c\nd"),))
        section = Section("One", ("A paragraph.",), ("A point.",), grid)

        assert write_markdown(Document("Title", "Lead.", (section,))).splitlines() == [
            "# Title", "", "Lead.", "", "## One", "", "A paragraph.", "", "- A point.", "",
            "| What | Who |", "| --- | --- |", r"| a\|b | c d |",
        ]  # fmt: skip
