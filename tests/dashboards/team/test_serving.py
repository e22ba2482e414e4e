"""Who serves a team and whom it serves, on its page."""

from datetime import date

import pytest
from django.test import Client

from survey.accounts.models import Role, User
from survey.campaigns.models import Pairing
from survey.dashboards.team.serving import MOST_SHOWN
from survey.linkage.models import CascadeStudy
from survey.organization.models import Team
from tests.cast import Organisation, make_user
from tests.dashboards.cascades import make_arrow, make_cascade, make_node
from tests.dashboards.team.test_views import BAKERY, LIST, read

pytest_plugins = ["tests.dashboards.team.company"]
SPRING = date(2026, 4, 1)


@pytest.fixture
def ratings(organisation: Organisation, two_quarters: Pairing) -> CascadeStudy:
    """Bakery receives from Garden and Kitchen and gives to Garden; Kitchen serves Garden too."""
    bakery, kitchen, garden = organisation.bakery, organisation.kitchen, organisation.garden
    arrows = [
        make_arrow(garden, bakery, 51.7), make_arrow(kitchen, bakery, None),
        make_arrow(bakery, garden, 83.9, is_pooled=True), make_arrow(kitchen, garden, 44.3),
    ]  # fmt: skip
    nodes = [make_node(bakery, rating=81.2), make_node(kitchen, rating=46.6)]
    return make_cascade(
        two_quarters, organisation.company, arrows, nodes=nodes, period_start=SPRING
    )


def section(page: str) -> str:
    start = page.index('id="serving"')
    return page[start : page.index("</section>", start)]


@pytest.mark.usefixtures("ratings")
class TestReadServing:
    @pytest.mark.parametrize("role", [Role.HR, Role.TEAM_LEAD, Role.LEADER])
    def test_shows_what_a_team_receives_and_gives_and_nothing_else(
        self, client: Client, organisation: Organisation, role: Role
    ) -> None:
        user = make_user("tom", role, None if role == Role.HR else organisation.bakery)

        found = section(read(client, user)[1])

        received, _, given = found.partition("What this team gives")
        assert "<b>51.7</b>" in received
        assert "not shown" in received
        assert "<b>83.9</b>" in given
        assert "counted together with others" in given
        assert "In all:" in given
        assert "78.2 to 84.2" in given
        assert "Q2 2026" in found
        for foreign in ("44.3", "46.6"):
            assert foreign not in found

    def test_links_only_to_teams_that_may_be_opened(
        self, client: Client, alice: User, bob: User
    ) -> None:
        assert f'href="{LIST}garden/"' in section(read(client, alice)[1])
        assert "href" not in section(read(client, bob)[1])

    def test_shows_charlie_nothing_of_bobs(self, client: Client, charlie: User) -> None:
        assert read(client, charlie)[0] == 404
        found = section(read(client, charlie, f"{LIST}garden/")[1])
        assert "<b>44.3</b>" in found
        for foreign in ("81.2", "46.6"):
            assert foreign not in found

    def test_looks_back_never_forward(self, client: Client, alice: User) -> None:
        found = section(read(client, alice, f"{BAKERY}?period=2026-01-01")[1])

        assert "No colleagues have been asked yet" in found

    def test_cuts_long_lists_and_says_so(
        self, client: Client, alice: User, organisation: Organisation, two_quarters: Pairing,
        ratings: CascadeStudy,
    ) -> None:  # fmt: skip
        teams = Team.objects.bulk_create(
            Team(code=f"x{at}", name=f"X {at}", parent=organisation.goods)
            for at in range(MOST_SHOWN + 3)
        )
        ratings.arrows = [make_arrow(organisation.bakery, team, 60.0) for team in teams]
        ratings.save()

        assert "And 3 more teams." in section(read(client, alice)[1])


@pytest.mark.usefixtures("two_quarters")
class TestEmptySection:
    def test_says_what_it_waits_for(self, client: Client, alice: User) -> None:
        assert "No colleagues have been asked yet" in section(read(client, alice)[1])
