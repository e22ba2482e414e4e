"""Every figure of a team page as a file."""

import csv
import json
import re
from collections.abc import Iterator
from io import StringIO

import pytest
from django.test import Client

from survey.accounts.models import User
from survey.aggregation.models import Release
from survey.campaigns.models import Pairing
from tests.dashboards.team.staging import release
from tests.factories.aggregation import CLOSED

pytest_plugins = ["tests.dashboards.team.company"]
BAKERY = "/dashboards/teams/bakery/"


def read_rows(client: Client, user: User) -> list[list[str]]:
    client.force_login(user)
    response = client.get(BAKERY, {"format": "csv"})
    lines = response.streaming_content
    assert isinstance(lines, Iterator)
    return list(csv.reader(StringIO(b"".join(lines).decode())))


class TestWriteTeam:
    @pytest.mark.usefixtures("two_quarters")
    def test_gives_scores_with_the_median_and_the_change(self, client: Client, bob: User) -> None:
        rows = read_rows(client, bob)

        assert rows[1] == [
            "scale", "staff", "fair", "Q2 2026", "50.0", "45.9", "54.1", "20", "70.0",
            "-20.0", "-25.5", "-14.5", "lower",
        ]  # fmt: skip
        assert rows[2][2:5] == ["fair", "Q1 2026", "70.0"]
        assert rows[3][2:5] == ["fair_word", "Q2 2026", ""]
        assert rows[3][-1] == "not shown"

    @pytest.mark.usefixtures("two_quarters")
    def test_gives_the_points_of_the_chart(self, client: Client, bob: User) -> None:
        rows = [row for row in read_rows(client, bob) if row[:1] == ["over time"]]
        page = client.get(BAKERY).content.decode()

        drawn = re.search(r'<script id="steadiness-figure" [^>]*>(.*?)</script>', page, re.S)
        assert drawn is not None
        assert [float(row[4]) for row in rows] == json.loads(drawn[1])["data"][0]["y"]

    @pytest.mark.usefixtures("two_quarters")
    def test_says_how_it_was_made_with_every_checksum(self, client: Client, bob: User) -> None:
        notes = {row[0]: row[1] for row in read_rows(client, bob) if len(row) == 2}

        assert notes["Teams of the median, staff"] == "5"
        assert notes["Staff: next figures"] == "not planned"
        checksums = " ".join(value for name, value in notes.items() if name.startswith("Release"))
        assert all(one.checksum in checksums for one in Release.objects.all())

    def test_gives_guesses_and_shares_too(
        self, client: Client, bob: User, team_sides: Pairing
    ) -> None:
        shares = {"mean": 50.0, "detail": {"shares": {"1": 45, "5": 55}}}
        divided = {"mean": 50.0, "detail": {"divided": True, "end": "low"}}
        staff = {"guess": 74.0, "fair": divided, "item:fair_1": shares}
        release(team_sides.ex, {"bakery": staff})
        release(team_sides.cx, {"bakery": {"treat": 53.0}}, closed_at=CLOSED)

        rows = {tuple(row[:3]): row for row in read_rows(client, bob) if len(row) > 2}

        assert rows["difference", "both", "guess less treat"][4:7] == ["21.0", "15.5", "26.5"]
        assert rows["share", "staff", "How is fair_1?: option 1"][4] == "45"
        assert rows["scale", "staff", "fair"][-1] == "divided; 5 or less; no comparison"

    @pytest.mark.usefixtures("two_quarters")
    def test_gives_a_workbook_too(self, client: Client, bob: User) -> None:
        client.force_login(bob)

        assert client.get(BAKERY, {"format": "xlsx"}).content.startswith(b"PK")
