"""The page of one team in a real browser: it draws, keeps a picture, and shuts nobody out."""

from collections.abc import Iterator

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from survey.accounts.models import User
from survey.campaigns.models import Pairing
from tests.dashboards.team.staging import QUARTER, everywhere, release, write
from tests.factories.aggregation import CLOSED
from tests.journeys import pages

pytest_plugins = ["tests.dashboards.team.company"]
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


@pytest.fixture(params=[True, False], ids=["phone", "desk"])
def page(
    request: pytest.FixtureRequest, browser: Browser, live_server: LiveServer, alice: User
) -> Iterator[Page]:
    """Alice's window, in which the browser may complain of nothing."""
    client = Client()
    client.force_login(alice)
    session = client.cookies["sessionid"].value
    window = pages.open_page(browser, is_phone=request.param)
    window.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    complaints: list[str] = []
    window.on("console", lambda message: complaints.append(message.text))
    window.on("pageerror", lambda error: complaints.append(str(error)))
    yield window
    window.context.close()
    assert complaints == []


@pytest.mark.usefixtures("eight_quarters")
class TestTeamPage:
    def test_draws_what_stays_and_what_lies_outside(
        self, page: Page, live_server: LiveServer
    ) -> None:
        page.goto(live_server.url + BAKERY)
        page.wait_for_selector(POINT)

        assert page.locator(POINT).count() == 9  # eight quarters and a ring
        assert page.get_by_text("lies below the usual range").count() == 1
        assert not pages.overflows(page)
        assert pages.violations(page) == []

    def test_keeps_the_chart_as_a_picture(self, page: Page, live_server: LiveServer) -> None:
        page.goto(live_server.url + BAKERY)
        page.wait_for_selector(POINT)
        with page.expect_download() as kept:
            page.get_by_role("button", name="PNG").click()

        assert kept.value.suggested_filename == "steadiness.png"
        assert kept.value.path().read_bytes().startswith(b"\x89PNG")

    def test_lists_teams_and_words_for_everybody(self, page: Page, live_server: LiveServer) -> None:
        for address in ("/dashboards/teams/", f"{BAKERY}words/"):
            page.goto(live_server.url + address)

            assert not pages.overflows(page)
            assert pages.violations(page) == []
