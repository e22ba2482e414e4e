"""The page of a team whose questions were worded anew between two quarters."""

from datetime import datetime

from django.test import Client

from survey.accounts.models import User
from survey.campaigns.models import Pairing
from survey.dashboards.access import find_reader
from survey.dashboards.team.pages import TeamPage, build_team_page
from tests.dashboards.rewording import reword, translate
from tests.dashboards.team.staging import QUARTER, everywhere, release
from tests.factories.aggregation import CLOSED
from tests.stages import stage

pytest_plugins = ["tests.dashboards.team.company"]


def build(user: User, now: datetime) -> TeamPage:
    page = build_team_page(
        reader=find_reader(user=user), code="bakery", wanted={"measure": "fair"}, now=now
    )
    assert isinstance(page, TeamPage)
    return page


@stage
def reworded(team_sides: Pairing) -> Pairing:
    """Bakery's staff fell by twenty from one wording of "fair" to another."""
    release(team_sides.ex, everywhere("fair", 70.0))
    reword(team_sides.ex, "fair_1")
    release(team_sides.ex, everywhere("fair", 70.0, bakery=50.0), closed_at=CLOSED + QUARTER)
    return team_sides


class TestTeamPage:
    def test_compares_nothing_over_a_change_of_words(
        self, alice: User, reworded: Pairing, now: datetime
    ) -> None:
        page = build(alice, now)

        (staff,) = page.shown
        (line,) = [one for one in staff.lines if one.measure.code == "fair"]
        assert (line.before, line.change, line.has_changed) == (None, None, False)
        assert staff.not_comparable.startswith(
            "Worded differently since Q1 2026: not comparable: fair"
        )
        assert page.changes == ("What staff say can’t be compared with Q1 2026.",)

    def test_breaks_the_course_where_the_words_changed(
        self, alice: User, reworded: Pairing, now: datetime
    ) -> None:
        chart = build(alice, now).chart

        assert chart is not None
        assert [one.word for one in chart.steadiness.points] == ["worded differently", ""]
        assert [one.is_worded_anew for one in chart.steadiness.points] == [False, True]
        assert chart.steadiness.usual.n_waves == 1
        assert chart.steadiness.sentences[-1] == (
            "Worded differently since Q2 2026: not comparable with what came before."
        )
        assert chart.figure["data"][0]["y"] == [70.0, None, 50.0]

    def test_goes_on_where_only_a_translation_was_added(
        self, alice: User, team_sides: Pairing, now: datetime
    ) -> None:
        release(team_sides.ex, everywhere("fair", 70.0))
        translate(team_sides.ex, "fair_1")
        release(team_sides.ex, everywhere("fair", 70.0, bakery=50.0), closed_at=CLOSED + QUARTER)

        page = build(alice, now)

        assert page.shown[0].not_comparable == ""
        assert page.changes == ("Staff now score fair lower than in Q1 2026.",)
        assert page.chart is not None
        assert page.chart.figure["data"][0]["y"] == [70.0, 50.0]

    def test_says_so_beside_the_figures(
        self, client: Client, alice: User, reworded: Pairing
    ) -> None:
        client.force_login(alice)

        html = client.get("/dashboards/teams/bakery/?measure=fair").content.decode()

        assert "Worded differently since Q1 2026: not comparable: fair" in html
        assert "worded differently from here on" in html
