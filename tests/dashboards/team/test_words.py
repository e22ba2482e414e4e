"""What people wrote that may be read at one team."""

from datetime import date

import pytest
from django.test import Client

from survey.accounts.models import User
from survey.campaigns.models import Pairing
from survey.dashboards.access import find_reader
from survey.dashboards.team.pages import TeamPage, build_team_page
from survey.dashboards.team.words import FEW, Words
from survey.followup.hiding import hide_comment
from tests.dashboards.team.staging import QUARTER, everywhere, release, write
from tests.factories.aggregation import CLOSED

pytest_plugins = ["tests.dashboards.team.company"]


def read(user: User, **wanted: str) -> tuple[Words, ...]:
    page = build_team_page(reader=find_reader(user=user), code="bakery", wanted=wanted, now=CLOSED)
    assert isinstance(page, TeamPage)
    return page.words


class TestReadWords:
    def test_keeps_staff_and_customers_apart(self, bob: User, team_sides: Pairing) -> None:
        write(release(team_sides.ex, everywhere("fair", 70.0))["bakery"], "From staff")
        write(release(team_sides.cx, everywhere("treat", 70.0))["bakery"], "From a customer")

        staff, customers = read(bob)

        assert [one.text for one in staff.stories] == ["From staff"]
        assert [one.text for one in customers.stories] == ["From a customer"]

    @pytest.mark.parametrize(
        ("leave", "note"),
        [
            ("AS_TOLD", "with leave to pass it on"),
            ("NO_NAMES", "without names only"),
            ("NONE", "Not to be passed on"),
        ],
    )
    def test_says_what_the_writer_allows(
        self, bob: User, team_sides: Pairing, leave: str, note: str
    ) -> None:
        write(release(team_sides.ex, everywhere("fair", 70.0))["bakery"], "Words", leave)

        (story,) = read(bob)[0].stories

        assert note in story.note

    def test_reads_those_of_this_team_in_this_period_alone(
        self, bob: User, team_sides: Pairing
    ) -> None:
        first = release(team_sides.ex, everywhere("fair", 70.0))
        last = release(team_sides.ex, everywhere("fair", 70.0), closed_at=CLOSED + QUARTER)
        write(first["bakery"], "Before")
        write(last["food"], "Further up")
        write(last["kitchen"], "Elsewhere")
        write(last["bakery"], "Now")

        assert [one.text for one in read(bob)[0].stories] == ["Now"]
        assert [one.text for one in read(bob, period="2026-01-01")[0].stories] == ["Before"]

    def test_reads_those_of_a_month_with_that_month(self, bob: User, team_sides: Pairing) -> None:
        means = everywhere("treat", 70.0)
        write(release(team_sides.cx, means, month=date(2026, 2, 1))["bakery"], "In February")

        assert [one.text for one in read(bob, period="2026-01-01")[1].stories] == ["In February"]

    def test_leaves_out_what_was_hidden(self, bob: User, team_sides: Pairing) -> None:
        group = release(team_sides.ex, everywhere("fair", 70.0))["bakery"]
        write(group, "Stays")
        hide_comment(comment=write(group, "Goes"), user=bob, reason="A name", now=CLOSED)

        assert [one.text for one in read(bob)[0].stories] == ["Stays"]

    def test_shows_a_few_beside_the_figures(self, bob: User, team_sides: Pairing) -> None:
        group = release(team_sides.ex, everywhere("fair", 70.0))["bakery"]
        for number in range(FEW + 2):
            write(group, f"Story {number}")

        staff = read(bob)[0]

        assert (len(staff.few), len(staff.stories)) == (FEW, FEW + 2)

    @pytest.mark.parametrize(("leave", "n"), [("AS_TOLD", 2), ("NO_NAMES", 2), ("NONE", 0)])
    def test_leads_on_to_telling_what_may_be_told(
        self, client: Client, bob: User, team_sides: Pairing, leave: str, n: int
    ) -> None:
        group = release(team_sides.ex, everywhere("fair", 70.0))["bakery"]
        address = f"/dashboards/stories/?comment={write(group, 'Words', leave).pk}"
        client.force_login(bob)

        pages = [client.get(f"/dashboards/teams/bakery/{part}").content for part in ("", "words/")]

        assert sum(address.encode() in page for page in pages) == n
