"""What is said before there is a cascade, step by step."""

import pytest
from django.test import Client

from survey.accounts.models import User
from survey.campaigns.models import Campaign, Pairing
from survey.organization.models import Service
from survey.questionnaires.models import Audience
from tests.cast import Organisation
from tests.dashboards.cascade.test_views import read

pytest_plugins = ["tests.dashboards.company"]


@pytest.fixture
def service(organisation: Organisation) -> Service:
    return Service.objects.create(
        provider=organisation.bakery, consumer=organisation.kitchen, active_from="2026-01-01"
    )


def ask_colleagues(pairing: Pairing) -> Campaign:
    """Join a campaign among colleagues to a pairing."""
    colleague = Campaign.objects.create(
        code="colleagues", name="Colleagues", audience=Audience.COLLEAGUE, scope=pairing.ex.scope,
        questionnaire=pairing.ex.questionnaire,
    )  # fmt: skip
    Pairing.objects.filter(pk=pairing.pk).update(colleague=colleague)
    return colleague


class TestEmptyPage:
    def test_leads_hr_to_note_who_serves_whom(self, client: Client, alice: User) -> None:
        page = read(client, alice)[1]

        assert "Nobody has noted yet who serves whom" in page
        assert 'href="/console/services/"' in page

    def test_leads_nobody_else_there(self, client: Client, bob: User) -> None:
        assert 'href="/console/services/"' not in read(client, bob)[1]

    def test_asks_for_a_survey_among_colleagues(
        self, client: Client, alice: User, service: Service
    ) -> None:
        page = read(client, alice)[1]

        assert "Colleagues have not been asked yet" in page
        assert "1 of the 20 pairs of teams that a chain takes is noted so far" in page

    def test_waits_for_the_first_wave(
        self, client: Client, alice: User, service: Service, both_sides: Pairing
    ) -> None:
        ask_colleagues(both_sides)

        assert "There are no figures to follow yet" in read(client, alice)[1]
