"""Participation as files."""

from datetime import datetime

from survey.accounts.models import User
from survey.campaigns.models import Wave
from survey.dashboards.access import find_reader
from survey.dashboards.participation.files import build_table
from survey.dashboards.participation.pages import build_participation_page

pytest_plugins = ["tests.dashboards.participation.company"]


class TestBuildTable:
    def test_holds_what_the_page_shows_and_how_it_was_made(
        self, alice: User, waves: tuple[Wave, Wave], now: datetime
    ) -> None:
        reader = find_reader(user=alice)
        page = build_participation_page(reader=reader, wanted={"wave": "pulse-1"}, now=now)

        groups = build_table(page, which="groups")
        health = build_table(page, which="health")

        assert [row[0] for row in groups.rows] == [row.name for row in page.rows]
        assert ("wave", "Pulse, wave 1") in groups.notes
        for said, row in zip(page.health, health.rows, strict=True):
            assert dict(zip(health.columns, row, strict=True))["alpha"] == said.alpha
