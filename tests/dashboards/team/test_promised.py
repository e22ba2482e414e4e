"""What a team was promised and told, beside its figures."""

from datetime import timedelta

from django.test import Client

from survey.accounts.models import Role, User
from survey.campaigns.models import Pairing
from survey.dashboards.access import find_reader
from survey.dashboards.team.pages import TeamPage, build_team_page
from survey.dashboards.team.promised import FEW, Promised, read_promised
from survey.dashboards.team.side import Side
from survey.organization.models import Team
from tests.cast import make_user
from tests.dashboards.team.staging import everywhere, release
from tests.factories.aggregation import CLOSED
from tests.factories.promises import promise

pytest_plugins = ["tests.dashboards.team.company"]
DAY = timedelta(days=1)


def page_of(user: User) -> TeamPage:
    page = build_team_page(reader=find_reader(user=user), code="bakery", wanted={}, now=CLOSED)
    assert isinstance(page, TeamPage)
    return page


def read(user: User) -> Promised:
    return page_of(user).promised


class TestReadPromised:
    def test_tells_those_to_the_team_and_to_everybody(
        self, alice: User, bob: User, team_sides: Pairing
    ) -> None:
        release(team_sides.ex, everywhere("fair", 70.0))
        for code in ("bakery", "garden"):
            promise(alice, CLOSED - DAY, what=code, team=Team.objects.get(code=code))
        promise(alice, CLOSED - DAY, what="all")

        found = read(bob)

        assert [row.promise.what for row in found.standings] == ["bakery", "all"]
        assert found.counts == "0 kept, 2 open, 0 late"
        assert (found.may_open, found.may_add) == (True, True)

    def test_lets_an_analyst_read_and_no_more(
        self, client: Client, alice: User, team_sides: Pairing
    ) -> None:
        release(team_sides.ex, everywhere("fair", 70.0))
        promise(alice, CLOSED, what="Paint the line")
        anand = make_user("anand", Role.ANALYST)
        client.force_login(anand)

        page = client.get("/dashboards/teams/bakery/").content.decode()

        assert "Paint the line" in page
        assert "/dashboards/promises/" not in page

    def test_shows_a_few(self, alice: User, team_sides: Pairing) -> None:
        release(team_sides.ex, everywhere("fair", 70.0))
        for number in range(FEW + 1):
            promise(alice, CLOSED, what=f"{number}")

        assert len(read(alice).few) == FEW

    def test_stands_beside_whether_something_changed(
        self, alice: User, team_sides: Pairing
    ) -> None:
        release(team_sides.ex, everywhere("fair", 70.0))
        page = page_of(alice)
        side: Side = page.sides[0]
        assert page.promised.trust == ()

        line = side.lines[0]
        trusted = type(side)(
            **{
                name: getattr(side, name)
                for name in side.__dataclass_fields__
                if name != "lines"
            },
            lines=(type(line)(
                measure=type(line.measure)("survey_trust", "Trust", "trust"),
                now=line.now, before=None, median=None, change=None,
            ),),
        )  # fmt: skip
        found = read_promised(
            reader=find_reader(user=alice), team_ids=[], sides=[trusted], today=CLOSED.date()
        )

        assert [one.line.measure.name for one in found.trust] == ["Trust"]
