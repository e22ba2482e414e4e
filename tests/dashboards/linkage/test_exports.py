"""The figures behind a chart as a file."""

import pytest

from survey.accounts.models import User
from survey.campaigns.models import Pairing
from survey.dashboards.access import find_reader
from survey.dashboards.linkage.exports import COLUMNS, write_units
from survey.dashboards.linkage.pages import LinkagePage, build_linkage_page
from survey.organization.models import Team
from tests.dashboards.studies import make_study

pytest_plugins = ["tests.dashboards.company"]


class TestWriteUnits:
    @pytest.mark.usefixtures("branch_figures")
    def test_writes_a_row_for_each_team_as_printed(self, alice: User, both_sides: Pairing) -> None:
        make_study(both_sides, both_sides.ex.scope, 0.4)
        page = build_linkage_page(reader=find_reader(user=alice), wanted={})
        assert isinstance(page, LinkagePage)

        header, *rows = write_units(page).splitlines()

        assert header == ",".join(COLUMNS)
        assert len(rows) == 40

    @pytest.mark.usefixtures("branch_figures")
    @pytest.mark.parametrize("start", ["=", "+", "-", "@"])
    def test_keeps_a_spreadsheet_from_running_a_name(
        self, alice: User, both_sides: Pairing, branches: list[Team], start: str
    ) -> None:
        make_study(both_sides, both_sides.ex.scope, 0.4)
        branches[0].name = f"{start}cmd|' /C calc'!A0"
        page = build_linkage_page(reader=find_reader(user=alice), wanted={})
        assert isinstance(page, LinkagePage)

        names = [row.split(",")[0] for row in write_units(page).splitlines()]

        assert f"'{start}cmd|' /C calc'!A0" in names
