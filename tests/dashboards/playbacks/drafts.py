"""Drafts of both audiences, and the hand of the people team."""

from datetime import datetime

import pytest
from django.test import Client
from django.utils import timezone

from survey.accounts.models import User
from survey.campaigns.models import Campaign, Wave
from survey.followup.models import Playback
from tests.cast import Organisation
from tests.factories.aggregation import make_campaign, make_instrument, make_wave
from tests.factories.playbacks import make_playback


@pytest.fixture
def moment() -> datetime:
    return timezone.now()


@pytest.fixture
def pulse(organisation: Organisation) -> Campaign:
    return make_campaign(make_instrument(), organisation.company)


@pytest.fixture
def visits(organisation: Organisation) -> Wave:
    scope = organisation.company
    return make_wave(make_campaign(make_instrument("CUSTOMER", prefix="cx_"), scope, "visits"))


@pytest.fixture
def unpublished(pulse: Campaign, moment: datetime, alice: User) -> Playback:
    return make_playback(make_wave(pulse), now=moment, owner=alice)


@pytest.fixture
def hand(client: Client, alice: User) -> Client:
    client.force_login(alice)
    return client
