"""What changed as a file."""

from survey.accounts.models import User
from survey.campaigns.models import Campaign
from survey.dashboards.access import find_reader
from survey.dashboards.changes.files import build_table
from survey.dashboards.changes.pages import build_changes_page
from tests.dashboards.changes.test_pages import SUMMER

pytest_plugins = ["tests.dashboards.compare.company"]


class TestBuildTable:
    def test_holds_everything_on_the_page(self, alice: User, campaign: Campaign) -> None:
        page = build_changes_page(reader=find_reader(user=alice), now=SUMMER)

        rows = [
            dict(zip(build_table(page).columns, row, strict=True)) for row in build_table(page).rows
        ]

        assert (rows[0]["what"], rows[0]["survey_or_part"]) == ("new figures", "Pulse, wave 2")
        moved = [(row["survey_or_part"], row["difference"]) for row in rows[1:]]
        assert moved == [(move.part, move.row.value) for move in page.moves]
