"""The page "From team to team to customer" in a real browser: few arrows and many."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from survey.accounts.models import User
from survey.campaigns.models import Pairing
from tests.cast import Organisation
from tests.dashboards.cascades import make_many, make_shop
from tests.journeys import pages

pytest_plugins = ["tests.dashboards.company"]
pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
ADDRESS = "/dashboards/cascade/"
SHAPE = "#cascade .shapelayer path"
NARROW = {"width": 320, "height": 640}
Window = Callable[..., AbstractContextManager[Page]]


@pytest.fixture
def window(browser: Browser, live_server: LiveServer, alice: User) -> Window:
    """Alice's window on the page, which allows the browser no complaint."""
    client = Client()
    client.force_login(alice)
    session = client.cookies["sessionid"].value

    @contextmanager
    def opened(query: str = "", **how: bool) -> Iterator[Page]:
        page = pages.open_page(browser, **how)
        page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
        complaints: list[str] = []
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(live_server.url + ADDRESS + query)
        yield page
        page.context.close()
        assert complaints == []

    return opened


@pytest.fixture
def few(organisation: Organisation, both_sides: Pairing) -> None:
    make_shop(both_sides, organisation.company)


@pytest.fixture
def many(organisation: Organisation, both_sides: Pairing) -> None:
    make_many(both_sides, organisation.company, 200)


class TestFromTeamToTeam:
    @pytest.mark.usefixtures("few")
    def test_draws_seven_arrows_at_a_desk_and_shuts_nobody_out(self, window: Window) -> None:
        with window(is_phone=False) as page:
            page.wait_for_selector(SHAPE, state="attached")

            assert page.locator(SHAPE).count() == 2 * 10 + 7
            assert not page.locator(".dominoes").is_visible()
            assert not pages.overflows(page)
            assert pages.violations(page) == []

    @pytest.mark.usefixtures("few")
    def test_lines_up_dominoes_on_a_phone(self, window: Window) -> None:
        with window() as page:
            assert page.locator(".domino").count() == 7
            assert page.locator(".dominoes").is_visible()
            assert not page.locator("#cascade").is_visible()
            assert pages.violations(page) == []
            page.set_viewport_size(NARROW)  # type: ignore[arg-type]
            assert not pages.overflows(page)

    @pytest.mark.usefixtures("many")
    @pytest.mark.parametrize("is_phone", [True, False])
    def test_stays_readable_with_two_hundred(self, window: Window, is_phone: bool) -> None:
        with window(is_phone=is_phone) as page:
            assert page.locator(".domino").count() == 5
            assert not pages.overflows(page)
            assert pages.violations(page) == []

    @pytest.mark.usefixtures("many")
    def test_leads_from_a_team_in_the_table_to_its_arrows(self, window: Window) -> None:
        with window(is_phone=False) as page:
            page.get_by_role("link", name="Delivery 1", exact=True).first.click()
            page.wait_for_selector(SHAPE, state="attached")

            assert page.get_by_text("too many to read").count() == 0
            page.get_by_role("link", name="All arrows").click()
            page.wait_for_selector(SHAPE, state="attached")
            assert page.get_by_text("too many to read").count() == 1

    @pytest.mark.usefixtures("few")
    def test_says_all_of_it_without_scripts(self, window: Window) -> None:
        with window(is_phone=False, javascript=False) as page:
            assert page.get_by_text("The graph needs JavaScript.").is_visible()
            assert page.locator("#table").get_by_text("58.4").is_visible()
