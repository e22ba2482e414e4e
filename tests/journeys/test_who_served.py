"""A customer reads in their own window who served them."""

import pytest
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from survey.campaigns.models import Campaign, Interaction, Invitation
from tests.answering.asking import Ask
from tests.factories.questionnaires import ItemFactory, publish
from tests.journeys import pages

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


class TestWhoServed:
    def test_is_named_to_the_customer_they_served(
        self, ask: Ask, browser: Browser, live_server: LiveServer
    ) -> None:
        items = [ItemFactory(texts={"en": "Did {{fact:served_by}} have time for you?"})]
        asked = ask(audience="CUSTOMER", questionnaire=publish(items, audience="CUSTOMER"))
        invitation = Invitation.objects.get()
        invitation.interaction = Interaction.objects.create(
            idempotency_key="visit",
            wave=asked.wave,
            team=asked.wave.campaign.scope,
            customer=invitation.customer,
            occurred_at=asked.wave.opens_at,
            served_by="Petra O’Neill & Söhne",
            is_asked=True,
        )
        invitation.save()
        page = pages.open_page(browser)
        legend = page.locator("main fieldset legend").first

        Campaign.objects.update(told_facts=["served_by"])
        page.goto(live_server.url + asked.url)
        assert "Did Petra O’Neill & Söhne have time for you?" in legend.inner_text()
        assert not pages.overflows(page)
