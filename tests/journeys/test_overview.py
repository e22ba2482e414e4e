"""The page "How people are doing" in a real browser."""

import pytest

from survey.aggregation.models import Standing
from survey.campaigns.models import Pairing
from tests.cast import Organisation
from tests.dashboards.overview.material import drawn, make_ranks, part, staff
from tests.dashboards.standings import Q1
from tests.journeys import pages

pytest_plugins = ["tests.dashboards.overview.company", "tests.journeys.windows"]
pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
ADDRESS = f"/dashboards/overview/?compare={Q1}"


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
    def test_fits_and_shuts_nobody_out(self, window: pages.Window, is_phone: bool) -> None:
        with window(ADDRESS, is_phone=is_phone) as page:
            assert page.locator("svg[role=img] circle.dot").count() == 14
            assert not pages.overflows(page)
            assert pages.violations(page) == []

    @pytest.mark.usefixtures("whole")
    def test_says_everything_without_scripts_and_on_paper(self, window: pages.Window) -> None:
        with window(ADDRESS, javascript=False) as page:
            assert page.get_by_role("button", name="Print").count() == 0
            assert not page.get_by_role("rowheader", name="Q2 2026").is_visible()

            page.emulate_media(media="print")

            assert page.get_by_role("rowheader", name="Q2 2026").is_visible()

    @pytest.mark.usefixtures("asked_sides")
    def test_says_what_is_missing_while_it_is_empty(self, window: pages.Window) -> None:
        with window(ADDRESS) as page:
            assert page.get_by_text("no figures for you to read yet").is_visible()
            assert pages.violations(page) == []
