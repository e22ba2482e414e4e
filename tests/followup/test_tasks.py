"""The daily look over everything."""

import logging

import pytest
from celery import current_app
from celery.schedules import crontab

from survey.campaigns.keys import destroy_keys
from survey.followup.tasks import verify_invariants
from tests.factories.campaigns import make_campaign, make_open_wave, make_teams


class TestVerifyInvariants:
    def test_logs_lost_keys_as_an_error_and_nothing_while_they_are_there(
        self, db: None, caplog: pytest.LogCaptureFixture
    ) -> None:
        wave = make_open_wave(make_campaign(make_teams({"top": None}, {"top": 9})["top"]))
        caplog.set_level(logging.ERROR)
        verify_invariants()
        assert caplog.messages == []

        destroy_keys(wave=wave)
        verify_invariants()

        assert [record.levelname for record in caplog.records] == ["ERROR"]
        assert "campaigns" in caplog.messages[0]
        assert "keys are missing" in caplog.messages[0]

    def test_stands_in_the_timetable_once_a_day(self) -> None:
        entry = current_app.conf.beat_schedule["followup.verify_invariants"]

        assert entry["task"] == verify_invariants.name
        assert entry["schedule"] == crontab(hour=4, minute=0)
