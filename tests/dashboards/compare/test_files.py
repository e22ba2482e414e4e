"""Two waves side by side as a file."""

from datetime import datetime

from survey.accounts.models import User
from survey.campaigns.models import Campaign
from survey.dashboards.access import find_reader
from survey.dashboards.compare.files import build_table
from survey.dashboards.compare.pages import build_compare_page

pytest_plugins = ["tests.dashboards.compare.company"]


class TestBuildTable:
    def test_holds_every_row_of_the_page_and_how_it_was_made(
        self, alice: User, campaign: Campaign, now: datetime
    ) -> None:
        page = build_compare_page(reader=find_reader(user=alice), wanted={"scope": "food"}, now=now)

        table = build_table(page)

        rows = [dict(zip(table.columns, row, strict=True)) for row in table.rows]
        shown = [row for part in page.parts for row in part.every_row]
        assert [row["code"] for row in rows] == [row.line.measure.code for row in shown]
        assert [row["difference"] for row in rows] == [row.value for row in shown]
        assert {row["word"] for row in rows} == {
            "higher",
            "margin not known",
        }  # all alike on the rest
        notes = dict(table.notes)
        assert (notes["then"], notes["now"], notes["part"]) == ("Q1 2026", "Q2 2026", "Food")
        assert "95% interval" in str(notes["method"])
