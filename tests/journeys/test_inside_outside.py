"""The page "Inside & outside" in a real browser: Plotly draws, and nothing else happens."""

from collections.abc import Callable

import pytest

from survey.campaigns.models import Pairing
from survey.linkage.printed import PrintedUnit
from tests.dashboards.studies import make_study
from tests.journeys import pages

pytest_plugins = ["tests.dashboards.company", "tests.journeys.windows"]
pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
ADDRESS = "/dashboards/linkage/"
LAYOUT_SHIFT = """() => new Promise((resolve) => new PerformanceObserver((list) =>
    resolve(list.getEntries().reduce((sum, entry) => sum + entry.value, 0))
  ).observe({type: "layout-shift", buffered: true}) || setTimeout(() => resolve(0), 300))"""
MARK = "#scatter .points path"
SECOND_IS_ON_SCREEN = """() =>
    Math.abs(document.querySelector("#slide-2").getBoundingClientRect().y) < 5"""
FIRST_SCREEN = {"width": 1366, "height": 768}
FOCUSABLE = "main :is(a[href], button, select, summary, [tabindex='0'])"
NOTE_WHAT_HAS_FOCUS = """selector => {
    const reached = document.body.reached = new Set();
    const note = ({target}) => target.matches(selector) && reached.add(target);
    document.addEventListener("focusin", note);
}"""
Figures = Callable[..., list[PrintedUnit]]


@pytest.fixture
def pairs(both_sides: Pairing, branch_figures: Figures) -> None:
    scales = (("fairness", "treatment"), ("passion", "treatment"))
    make_study(both_sides, both_sides.ex.scope, 0.4123, scales=scales)


@pytest.fixture
def few_teams(both_sides: Pairing, branch_figures: Figures) -> None:
    make_study(both_sides, both_sides.ex.scope, None, n_teams=5)


class TestInsideAndOutside:
    @pytest.mark.usefixtures("pairs")
    @pytest.mark.parametrize("is_phone", [True, False])
    def test_draws_every_team_and_shuts_nobody_out(
        self, window: pages.Window, is_phone: bool
    ) -> None:
        with window(ADDRESS, is_phone=is_phone) as page:
            page.wait_for_selector(MARK)

            assert page.locator(MARK).count() == 40
            assert page.locator("#scatter .errorbar").count() == 40
            assert page.evaluate(LAYOUT_SHIFT) < 0.05
            assert not pages.overflows(page)
            assert pages.violations(page) == []

    @pytest.mark.usefixtures("pairs")
    def test_follows_the_colour_scheme_at_once(self, window: pages.Window) -> None:
        with window(ADDRESS) as page:
            for scheme, teal in (("light", "15, 107, 107"), ("dark", "92, 196, 190")):
                page.emulate_media(color_scheme=scheme)
                page.wait_for_selector(f'{MARK}[style*="rgb({teal})"]')

    @pytest.mark.usefixtures("pairs")
    def test_holds_the_finding_and_the_chart_on_the_first_screen(
        self, window: pages.Window
    ) -> None:
        with window(ADDRESS, is_phone=False) as page:
            page.set_viewport_size(FIRST_SCREEN)
            page.reload()  # drawn for this window, not on its way from another
            page.wait_for_selector(MARK)

            for said in ("#headline", ".evid .chip", ".evid dt >> nth=1", "#scatter .xtitle"):
                box = page.locator(said).bounding_box()
                assert box is not None
                assert box["y"] + box["height"] <= FIRST_SCREEN["height"], said

    @pytest.mark.usefixtures("pairs")
    @pytest.mark.parametrize("javascript", [True, False])
    def test_folds_its_choices_on_a_phone_alone(
        self, window: pages.Window, javascript: bool
    ) -> None:
        with window(ADDRESS, javascript=javascript) as page:
            choice, line = page.locator("select[name=staff]"), page.locator(".choice > summary")
            assert not choice.is_visible()

            line.click()
            assert choice.is_visible()
        with window(ADDRESS, is_phone=False, javascript=javascript) as page:
            assert page.locator("select[name=staff]").is_visible()
            assert not page.locator(".choice > summary").is_visible()

    @pytest.mark.usefixtures("pairs")
    @pytest.mark.parametrize("is_phone", [True, False])
    def test_gives_all_teams_as_one_table(self, window: pages.Window, is_phone: bool) -> None:
        with window(ADDRESS + "?table=units", is_phone=is_phone) as page:
            assert page.get_by_role("rowheader", name="Food 20").is_visible()
            assert not pages.overflows(page)
            assert pages.violations(page) == []

    @pytest.mark.usefixtures("pairs")
    def test_lets_the_keyboard_reach_every_control(self, window: pages.Window) -> None:
        with window(ADDRESS, is_phone=False) as page:
            page.wait_for_selector(MARK)
            wanted = page.locator(FOCUSABLE).evaluate_all(
                "all => all.filter(one => one.checkVisibility()).length"
            )
            page.evaluate(NOTE_WHAT_HAS_FOCUS, FOCUSABLE)
            for _ in range(wanted + 20):
                page.keyboard.press("Tab")
            assert page.evaluate("document.body.reached.size") == wanted > 20

    @pytest.mark.usefixtures("pairs")
    def test_keeps_the_chart_as_a_picture(self, window: pages.Window) -> None:
        with window(ADDRESS, is_phone=False) as page:
            page.wait_for_selector(MARK)
            with page.expect_download() as kept:
                page.locator("[data-png=scatter]").click()

            assert kept.value.suggested_filename == "scatter.png"

    @pytest.mark.usefixtures("pairs")
    def test_presents_one_finding_a_screen_by_keyboard(self, window: pages.Window) -> None:
        with window(ADDRESS + "?show=1", is_phone=False) as page:
            page.wait_for_selector(MARK)
            assert page.locator(".slide").count() == 6
            assert pages.violations(page) == []
            assert not pages.overflows(page)

            page.keyboard.press("ArrowRight")
            page.wait_for_function(SECOND_IS_ON_SCREEN)
            page.keyboard.press("Escape")
            page.wait_for_url(lambda url: "show=1" not in url)

    @pytest.mark.usefixtures("few_teams")
    def test_shows_few_teams_without_a_figure(self, window: pages.Window) -> None:
        with window(ADDRESS) as page:
            page.wait_for_selector(MARK)

            assert page.get_by_text("Correlation (r)").count() == 0
            assert not pages.overflows(page)
            assert pages.violations(page) == []

    @pytest.mark.usefixtures("both_sides")
    def test_says_what_is_missing_while_it_is_empty(self, window: pages.Window) -> None:
        with window(ADDRESS) as page:
            assert page.get_by_text("There are no figures to compare yet").is_visible()
            assert pages.violations(page) == []

    @pytest.mark.usefixtures("pairs")
    def test_says_everything_without_scripts_and_on_paper(self, window: pages.Window) -> None:
        with window(ADDRESS, javascript=False) as page:
            assert page.get_by_text("The chart needs JavaScript").is_visible()
            assert page.get_by_role("rowheader", name="Food 20").count() == 0

            page.emulate_media(media="print")

            assert page.get_by_role("rowheader", name="Food 20").is_visible()
