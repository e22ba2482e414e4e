"""The page "How people are doing" in a real browser."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from survey.accounts.models import User
from survey.aggregation.models import Standing
from survey.campaigns.models import Pairing
from tests.cast import Organisation
from tests.dashboards.overview.material import drawn, make_ranks, part, staff
from tests.dashboards.standings import Q1
from tests.journeys import pages

pytest_plugins = ["tests.dashboards.overview.company"]
pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
ADDRESS = f"/dashboards/overview/?compare={Q1}"

Window = Callable[..., AbstractContextManager[Page]]


@pytest.fixture
def window(browser: Browser, live_server: LiveServer, alice: User) -> Window:
    """Alice's window on the page, which allows the browser no complaint."""
    client = Client()
    client.force_login(alice)
    session = client.cookies["sessionid"].value

    @contextmanager
    def opened(**how: bool) -> Iterator[Page]:
        page = pages.open_page(browser, **how)
        page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
        complaints: list[str] = []
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(live_server.url + ADDRESS)
        yield page
        page.context.close()
        assert complaints == []

    return opened


@pytest.fixture
def whole(pairing: Pairing, organisation: Organisation) -> None:
    """Everything that the page can show, with a gap and a hidden figure."""
    make_ranks(pairing, organisation.company, [("fairness", 1, 2), ("seen", 2, 2)])
    rows = [part(organisation.food, {"fairness": drawn(69.9, 70.4, 0.95)})]
    Standing.objects.filter(campaign=pairing.ex).update(parts=rows)
    metrics = staff()
    del metrics["fairness"]
    Standing.objects.filter(campaign=pairing.ex, period_start=Q1).update(metrics=metrics)


class TestOverview:
    @pytest.mark.usefixtures("whole")
    @pytest.mark.parametrize("is_phone", [True, False])
    def test_fits_and_shuts_nobody_out(self, window: Window, is_phone: bool) -> None:
        with window(is_phone=is_phone) as page:
            assert page.locator("svg[role=img] circle.dot").count() == 14
            assert not pages.overflows(page)
            assert pages.violations(page) == []

    @pytest.mark.usefixtures("whole")
    def test_says_everything_without_scripts_and_on_paper(self, window: Window) -> None:
        with window(javascript=False) as page:
            assert page.get_by_role("button", name="Print").count() == 0
            assert not page.get_by_role("rowheader", name="Q2 2026").is_visible()

            page.emulate_media(media="print")

            assert page.get_by_role("rowheader", name="Q2 2026").is_visible()

    @pytest.mark.usefixtures("asked_sides")
    def test_says_what_is_missing_while_it_is_empty(self, window: Window) -> None:
        with window() as page:
            assert page.get_by_text("no figures for you to read yet").is_visible()
            assert pages.violations(page) == []
