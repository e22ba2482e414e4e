"""The page of one team in a real browser: it draws, keeps a picture, and shuts nobody out."""

import pytest

from survey.campaigns.models import Pairing
from tests.dashboards.team.staging import QUARTER, everywhere, release, write
from tests.factories.aggregation import CLOSED
from tests.journeys import pages

pytest_plugins = ["tests.dashboards.team.company", "tests.journeys.windows"]
pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
BAKERY = "/dashboards/teams/bakery/"
POINT = "#steadiness .points path"


@pytest.fixture
def eight_quarters(team_sides: Pairing) -> Pairing:
    """Eight quarters of customers, of which the last fell, and one of staff who wrote."""
    for at in range(8):
        mean = 40.0 if at == 7 else 70.0 + at % 3
        release(team_sides.cx, everywhere("treat", mean), closed_at=CLOSED + at * QUARTER)
    groups = release(team_sides.ex, everywhere("fair", 70.0), closed_at=CLOSED + 7 * QUARTER)
    write(groups["bakery"], "You can ask Jo anything on early shift.")
    return team_sides


@pytest.mark.usefixtures("eight_quarters")
@pytest.mark.parametrize("is_phone", [True, False], ids=["phone", "desk"])
class TestTeamPage:
    def test_draws_what_stays_and_what_lies_outside(
        self, window: pages.Window, is_phone: bool
    ) -> None:
        with window(BAKERY, is_phone=is_phone) as page:
            page.wait_for_selector(POINT)

            assert page.locator(POINT).count() == 9  # eight quarters and a ring
            assert page.get_by_text("lies below the usual range").count() == 1
            assert not pages.overflows(page)
            assert pages.violations(page) == []

    def test_keeps_the_chart_as_a_picture(self, window: pages.Window, is_phone: bool) -> None:
        with window(BAKERY, is_phone=is_phone) as page:
            page.wait_for_selector(POINT)
            with page.expect_download() as kept:
                page.get_by_role("button", name="PNG").click()

            assert kept.value.suggested_filename == "steadiness.png"
            assert kept.value.path().read_bytes().startswith(b"\x89PNG")

    def test_lists_teams_and_words_for_everybody(
        self, window: pages.Window, is_phone: bool
    ) -> None:
        for address in ("/dashboards/teams/", f"{BAKERY}words/"):
            with window(address, is_phone=is_phone) as page:
                assert not pages.overflows(page)
                assert pages.violations(page) == []
