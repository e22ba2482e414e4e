"""Waves whose keys are away say so, until they are back."""

from datetime import timedelta
from pathlib import Path

import pytest
from pytest_django import Settings

from survey.campaigns.keys import destroy_keys
from survey.campaigns.models import Wave
from survey.campaigns.selectors import lacks_keys
from survey.campaigns.services import close_wave, watch_keys, withdraw_wave
from survey.responses.models import Intake
from survey.responses.services import seal_due_waves
from tests.factories.campaigns import (
    NOW,
    make_campaign,
    make_open_wave,
    make_teams,
    spoil_keys,
)
from tests.factories.responses import answer_wave, close_and_seal

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def wave(settings: Settings, tmp_path: Path) -> Wave:
    settings.KEYS_DIR = tmp_path / "keys"
    wave = make_open_wave(make_campaign(make_teams({"top": None}, {"top": 9})["top"]))
    answer_wave(wave, wave.groups.get(), [1, 2, 3, 1, 2, 3])
    return wave


def lacks(wave: Wave) -> bool:
    wave.refresh_from_db()
    return lacks_keys(wave)


class TestWatchKeys:
    def test_has_nothing_to_note_while_they_are_there(self, wave: Wave) -> None:
        assert watch_keys(now=NOW) == 0
        assert not lacks(wave)

    def test_notes_since_when_they_are_missing_or_do_not_fit(self, wave: Wave) -> None:
        spoil_keys(wave=wave)

        assert [watch_keys(now=NOW), watch_keys(now=NOW + HOUR)] == [1, 0]
        assert lacks(wave)
        assert wave.keys_missing_at == NOW

    def test_lets_the_wave_go_on_once_they_are_back(self, wave: Wave, settings: Settings) -> None:
        close_wave(wave_id=wave.pk, now=NOW)
        away = Path(settings.KEYS_DIR).rename(Path(settings.KEYS_DIR).with_name("away"))
        watch_keys(now=NOW)
        assert lacks(wave)
        assert seal_due_waves(now=NOW) == 0

        away.rename(settings.KEYS_DIR)

        assert watch_keys(now=NOW) == 1
        assert not lacks(wave)
        assert seal_due_waves(now=NOW) == 1

    def test_is_content_where_the_copy_fits(self, wave: Wave, settings: Settings) -> None:
        settings.KEYS_DIR_COPY = str(settings.KEYS_DIR)
        settings.KEYS_DIR = Path(settings.KEYS_DIR).with_name("empty")

        assert watch_keys(now=NOW) == 0

    @pytest.mark.parametrize("is_sealed", [True, False])
    def test_needs_none_of_waves_that_are_over(self, wave: Wave, is_sealed: bool) -> None:
        if is_sealed:
            close_and_seal(wave)
        else:
            withdraw_wave(wave_id=wave.pk, reason="lost", now=NOW)
        destroy_keys(wave=wave)

        assert watch_keys(now=NOW) == 0
        assert not lacks(wave)

    def test_ends_with_the_wave_withdrawn_where_they_are_lost_for_good(self, wave: Wave) -> None:
        close_wave(wave_id=wave.pk, now=NOW)
        destroy_keys(wave=wave)
        watch_keys(now=NOW)

        withdraw_wave(wave_id=wave.pk, reason="The keys are lost", now=NOW)
        seal_due_waves(now=NOW)

        assert not lacks(wave)
        assert not Intake.objects.exists()


class TestSealing:
    def test_says_in_a_line_that_a_wave_waits_for_its_keys(
        self, wave: Wave, caplog: pytest.LogCaptureFixture
    ) -> None:
        close_wave(wave_id=wave.pk, now=NOW)
        destroy_keys(wave=wave)

        seal_due_waves(now=NOW)

        record = caplog.records[0]
        assert f"Sealing wave: {wave.pk} waits: No box key" in record.getMessage()
        assert record.exc_info is None
