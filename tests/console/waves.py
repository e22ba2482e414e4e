"""A questionnaire bank and waves for the tests of the console."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from survey.accounts.models import User
from survey.campaigns.models import Campaign, Wave
from survey.campaigns.services import draft_wave
from survey.console.flows import LetterWords
from survey.console.pulse.placing import Place, find_campaign, make_campaign
from survey.console.pulse.templates import compare
from survey.organization.models import Team
from survey.questionnaires.models import Audience, Questionnaire
from survey.questionnaires.services import load_item_bank
from tests.cast import Organisation
from tests.stages import stage

WORDS = LetterWords("A minute, please", "How is work?", "Alice", "People team", "alice@example.org")


@stage
def bank(db: None) -> None:
    load_item_bank()


@pytest.fixture
def hr(client: Client, alice: User) -> Client:
    client.force_login(alice)
    return client


@pytest.fixture
def present() -> datetime:
    """The moment at which a page is asked for: pages read the clock themselves."""
    return timezone.now()


@pytest.fixture
def draft(
    bank: None, organisation: Organisation, present: datetime, settings: Settings, tmp_path: Path
) -> Wave:
    settings.KEYS_DIR = tmp_path / "keys"
    return make_draft(organisation, present)


def make_draft(
    organisation: Organisation,
    now: datetime,
    audience: str = Audience.EMPLOYEE,
    *,
    scope_id: int | None = None,
    opens_at: datetime | None = None,
    closes_at: datetime | None = None,
    compare_with_id: int | None = None,
) -> Wave:
    """Draft a wave that could be sent as it stands, open for a week from now on."""
    code = "pulse" if audience == Audience.EMPLOYEE else "treatment"
    scope = Team.objects.get(pk=scope_id or organisation.company.pk)
    place = Place(audience, scope, Questionnaire.objects.get(code=code), {})
    campaign = find_campaign(place) or make_campaign(place, letter=WORDS.save())
    if compare_with_id is not None:
        compare(campaign, Campaign.objects.get(pk=compare_with_id))
    return draft_wave(
        campaign=campaign,
        opens_at=opens_at or now - timedelta(minutes=1),
        closes_at=closes_at or now + timedelta(days=7),
        letter=WORDS.save(),
    )
