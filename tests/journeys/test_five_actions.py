"""HR launches a pulse from a template: at most five actions, counted as the browser sees them."""

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from survey.accounts.models import User
from survey.campaigns.models import Wave
from survey.questionnaires.services import load_item_bank
from tests.cast import Organisation
from tests.journeys import pages

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
MOST_ACTIONS = 5


class Hand:
    """Presses what somebody would press, and counts."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.actions: list[str] = []

    def press(self, what: Locator) -> None:
        """Press something once."""
        self.actions.append(what.inner_text())
        what.click()


class TestFiveActions:
    @pytest.mark.parametrize("javascript", [True, False], ids=["script", "no-script"])
    def test_lead_from_new_pulse_to_scheduled(
        self,
        alice: User,
        organisation: Organisation,
        browser: Browser,
        live_server: LiveServer,
        *,
        javascript: bool,
    ) -> None:
        load_item_bank()
        page = pages.open_page(browser, is_phone=False, javascript=javascript)
        pages.log_in(page, alice, live_server)
        page.goto(f"{live_server.url}/console/")
        hand = Hand(page)

        hand.press(page.get_by_role("link", name="New pulse").first)
        hand.press(page.get_by_role("button", name="Start from this").first)
        expect(page.locator("main")).to_contain_text("Before it goes out")
        hand.press(page.get_by_role("button", name="Schedule for"))

        expect(page.locator("main")).to_contain_text("It is being launched")
        assert len(hand.actions) <= MOST_ACTIONS, hand.actions
        assert hand.actions[:2] == ["New pulse", "Start from this"]
        wave = Wave.objects.get()
        assert wave.launch_requested_at is not None
        assert wave.reminders.count() == 2

    def test_can_be_undone_before_the_first_letter(
        self, alice: User, organisation: Organisation, browser: Browser, live_server: LiveServer
    ) -> None:
        load_item_bank()
        page = pages.open_page(browser, is_phone=False)
        pages.log_in(page, alice, live_server)
        page.goto(f"{live_server.url}/console/pulse/new/")
        page.get_by_role("button", name="Start from this").first.click()
        page.get_by_role("button", name="Schedule for").click()
        page.get_by_role("button", name="Undo").click()

        expect(page.locator("main")).to_contain_text("Undone. It is a draft again")
        assert Wave.objects.get().launch_requested_at is None
