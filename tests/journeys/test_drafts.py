"""Second thoughts: HR changes a draft, writes a campaign's letter, and discards, on a phone."""

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from survey.accounts.models import User
from survey.campaigns.models import Wave
from survey.questionnaires.services import load_item_bank
from tests.cast import Organisation
from tests.console.waves import make_draft
from tests.journeys import pages

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def check(page: Page) -> None:
    assert not pages.overflows(page)
    assert pages.violations(page) == []


class TestDrafts:
    def test_can_be_changed_and_discarded(
        self, alice: User, organisation: Organisation, browser: Browser, live_server: LiveServer
    ) -> None:
        load_item_bank()
        draft = make_draft(organisation, timezone.now())
        phone = pages.open_page(browser)
        pages.log_in(phone, alice, live_server)

        phone.goto(f"{live_server.url}/console/campaigns/{draft.campaign.code}/letter/")
        check(phone)
        phone.goto(f"{live_server.url}/console/waves/{draft.pk}/")
        check(phone)
        for step in ("Questions", "People", "Timing", "Message"):
            pages.follow(phone.get_by_label("Steps").get_by_role("link", name=step))
            check(phone)
        phone.get_by_label("Subject").first.fill("On second thoughts")
        phone.get_by_role("button", name="Save and check").click()
        expect(phone.locator("main")).to_contain_text("On second thoughts")

        pages.follow(phone.get_by_role("link", name="discard it"))
        check(phone)
        phone.get_by_role("button", name="Discard it").click()
        expect(phone.locator("h1")).to_have_text("Waves")
        assert not Wave.objects.exists()
