from datetime import timedelta

import pytest

from survey.campaigns.models import Campaign, Channel, Wave
from survey.campaigns.services import LaunchRefusedError
from survey.console.collectors.starting import start_open_wave
from survey.console.pulse.placing import Place
from survey.questionnaires.models import Audience, Questionnaire
from tests.cast import Organisation
from tests.console.waves import WORDS
from tests.factories.campaigns import NOW

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def place(organisation: Organisation, audience: str = Audience.CUSTOMER) -> Place:
    code = "treatment" if audience == Audience.CUSTOMER else "pulse"
    return Place(audience, organisation.food, Questionnaire.objects.get(code=code), {})


class TestStartOpenWave:
    def test_makes_one_campaign_for_all_that_ask_the_same(
        self, bank: None, organisation: Organisation
    ) -> None:
        for _ in range(2):
            wave = start_open_wave(
                place=place(organisation), words=WORDS, closes_at=NOW + DAY, now=NOW
            )

        assert Campaign.objects.get() == wave.campaign
        assert (wave.number, wave.channel) == (2, Channel.OPEN)
        wave.refresh_from_db()
        assert wave.launch_requested_at == NOW

    def test_leaves_nothing_behind_where_it_is_refused(
        self, bank: None, organisation: Organisation
    ) -> None:
        staff = place(organisation, Audience.EMPLOYEE)

        with pytest.raises(LaunchRefusedError, match="for customers"):
            start_open_wave(place=staff, words=WORDS, closes_at=NOW + DAY, now=NOW)

        assert not Wave.objects.exists()
        assert not Campaign.objects.exists()
