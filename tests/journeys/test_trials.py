"""Somebody tries a letter on themselves, and its links, before anybody else gets it."""

import re

import pytest
from django.core import mail
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from survey.campaigns.services import send_due_letters, send_test_letter
from survey.responses.models import Intake
from tests.factories.campaigns import make_campaign, make_draft, make_teams
from tests.journeys import pages

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

SAYS_SO = "nothing you choose or send here is kept or counted"


@pytest.fixture
def phone(browser: Browser, live_server: LiveServer, settings: Settings) -> Page:
    """The letter to oneself, opened on a phone."""
    settings.BASE_URL = live_server.url
    draft = make_draft(make_campaign(make_teams({"top": None}, {"top": 6})["top"]))
    now = timezone.now()
    send_test_letter(wave_id=draft.pk, address="alice@example.org", now=now, name="Alice Marsh")
    send_due_letters(now=now)
    (letter,) = mail.outbox
    assert isinstance(letter, mail.EmailMultiAlternatives)
    html = str(letter.alternatives[0][0])
    page = pages.open_page(browser)
    page.set_content(html)
    return page


class TestLetterToOneself:
    def test_leads_to_the_real_page_which_keeps_nothing(self, phone: Page) -> None:
        phone.locator(".box").first.click()
        expect(phone.get_by_text(SAYS_SO)).to_be_visible()
        expect(phone.locator("fieldset").first.locator("input:checked")).to_have_count(1)
        assert pages.violations(phone) == []
        assert not pages.overflows(phone)

        for question in phone.locator("fieldset").all():
            question.locator("label").first.click()
        phone.get_by_role("button", name=re.compile("^Send")).click()
        expect(phone.get_by_role("heading", name=re.compile("^Thank you"))).to_be_visible()
        expect(phone.get_by_text(SAYS_SO)).to_be_visible()
        assert pages.violations(phone) == []
        assert not Intake.objects.exists()

    def test_has_a_way_out_that_stops_nothing(self, phone: Page) -> None:
        phone.get_by_role("link", name="Don’t ask me again").click()
        phone.get_by_role("button", name="Yes, don’t ask me again").click()

        expect(phone.get_by_text(SAYS_SO)).to_be_visible()
        assert pages.violations(phone) == []
