"""The stage of the timetable that belongs to responses."""

from datetime import UTC, datetime, timedelta

import pytest
from celery import current_app

from survey.campaigns.services import close_wave
from survey.responses import tasks
from survey.responses.models import Intake
from tests.factories.campaigns import make_campaign, make_open_wave, make_teams
from tests.factories.responses import put_boxes


@pytest.mark.django_db
class TestSealWaves:
    def test_has_its_time(self) -> None:
        usual = current_app.conf.task_time_limit

        assert usual < tasks.seal_waves.soft_time_limit < tasks.seal_waves.time_limit

    def test_opens_the_boxes_of_a_closed_wave_only(self) -> None:
        now = datetime.now(tz=UTC)
        top = make_teams({"top": None}, {"top": 6})["top"]
        wave = make_open_wave(make_campaign(top), now=now - timedelta(minutes=1))
        put_boxes(wave, wave.groups.get(), [1, 2, 3, 1, 2])

        tasks.seal_waves()
        assert (Intake.objects.count(), wave.responses.count()) == (5, 0)

        close_wave(wave_id=wave.pk, now=now)
        tasks.seal_waves()
        assert (Intake.objects.count(), wave.responses.count()) == (0, 5)
