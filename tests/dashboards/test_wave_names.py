"""What a wave is called."""

import pytest

from survey.dashboards.wave_names import name_wave
from tests.factories.campaigns import make_campaign, make_draft, make_teams

pytestmark = pytest.mark.django_db


class TestNameWave:
    def test_tells_the_campaign_and_the_number(self) -> None:
        wave = make_draft(make_campaign(make_teams({"top": None}, {})["top"], code="pulse"))
        assert name_wave(wave, wave.campaign) == "Pulse, wave 1"
