"""The page "From team to team to customer" in a real browser: few arrows and many."""

import pytest

from survey.campaigns.models import Pairing
from tests.cast import Organisation
from tests.dashboards.cascades import make_many, make_shop
from tests.journeys import pages

pytest_plugins = ["tests.dashboards.company", "tests.journeys.windows"]
pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
ADDRESS = "/dashboards/cascade/"
SHAPE = "#cascade .shapelayer path"
NARROW = {"width": 320, "height": 640}


@pytest.fixture
def few(organisation: Organisation, both_sides: Pairing) -> None:
    make_shop(both_sides, organisation.company)


@pytest.fixture
def many(organisation: Organisation, both_sides: Pairing) -> None:
    make_many(both_sides, organisation.company, 200)


class TestFromTeamToTeam:
    @pytest.mark.usefixtures("few")
    def test_draws_seven_arrows_at_a_desk_and_shuts_nobody_out(self, window: pages.Window) -> None:
        with window(ADDRESS, is_phone=False) as page:
            page.wait_for_selector(SHAPE, state="attached")

            assert page.locator(SHAPE).count() == 2 * 10 + 7
            assert not page.locator(".dominoes").is_visible()
            assert not pages.overflows(page)
            assert pages.violations(page) == []

    @pytest.mark.usefixtures("few")
    def test_lines_up_dominoes_on_a_phone(self, window: pages.Window) -> None:
        with window(ADDRESS) as page:
            assert page.locator(".domino").count() == 7
            assert page.locator(".dominoes").is_visible()
            assert not page.locator("#cascade").is_visible()
            assert pages.violations(page) == []
            page.set_viewport_size(NARROW)  # type: ignore[arg-type]
            assert not pages.overflows(page)

    @pytest.mark.usefixtures("many")
    @pytest.mark.parametrize("is_phone", [True, False])
    def test_stays_readable_with_two_hundred(self, window: pages.Window, is_phone: bool) -> None:
        with window(ADDRESS, is_phone=is_phone) as page:
            assert page.locator(".domino").count() == 5
            assert not pages.overflows(page)
            assert pages.violations(page) == []

    @pytest.mark.usefixtures("many")
    def test_leads_from_a_team_in_the_table_to_its_arrows(self, window: pages.Window) -> None:
        with window(ADDRESS, is_phone=False) as page:
            page.get_by_role("link", name="Delivery 1", exact=True).first.click()
            page.wait_for_selector(SHAPE, state="attached")

            assert page.get_by_text("too many to read").count() == 0
            page.get_by_role("link", name="All arrows").click()
            page.wait_for_selector(SHAPE, state="attached")
            assert page.get_by_text("too many to read").count() == 1

    @pytest.mark.usefixtures("few")
    def test_says_all_of_it_without_scripts(self, window: pages.Window) -> None:
        with window(ADDRESS, is_phone=False, javascript=False) as page:
            assert page.get_by_text("The graph needs JavaScript.").is_visible()
            assert page.locator("#table").get_by_text("58.4").is_visible()
