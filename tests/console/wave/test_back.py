"""Where writing back stands, on a wave's page."""

from datetime import datetime, timedelta

import pytest

from survey.campaigns.models import Wave
from survey.console.wave.back import say_written_back
from tests.cast import Organisation
from tests.factories.aggregation import make_campaign, make_instrument, make_wave
from tests.factories.playbacks import make_playback

pytestmark = pytest.mark.django_db


@pytest.fixture
def wave(organisation: Organisation) -> Wave:
    return make_wave(make_campaign(make_instrument(), organisation.company))


class TestSayWrittenBack:
    def test_says_nothing_before_there_are_figures(self, wave: Wave, now: datetime) -> None:
        assert say_written_back(wave=wave, today=now.date()) == ""

    def test_says_until_when_and_from_the_next_day_on_that_it_is_overdue(
        self, wave: Wave, now: datetime
    ) -> None:
        due = make_playback(wave, now=now).due_date

        assert "to be told by 16 March 2026 (nobody yet)." in say_written_back(wave=wave, today=due)
        late = say_written_back(wave=wave, today=due + timedelta(days=1))
        assert late.endswith("it is overdue.")

    def test_says_when_it_was_published(self, wave: Wave, now: datetime) -> None:
        make_playback(wave, now=now, is_published=True)

        assert "published on 2 March 2026" in say_written_back(wave=wave, today=now.date())

    def test_tells_of_the_month_that_still_waits(self, wave: Wave, now: datetime) -> None:
        for month, is_published in ((1, True), (2, False)):
            start = now.date().replace(month=month, day=1)
            make_playback(wave, now=now, month_start=start, is_published=is_published)

        assert "to be told by" in say_written_back(wave=wave, today=now.date())
