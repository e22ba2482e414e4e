from pathlib import Path
from unittest import mock

import pytest
from pytest_django import Settings

from survey.campaigns import keys
from survey.campaigns.models import Credential, Wave
from survey.campaigns.selectors import WithdrawnLinkError, get_link
from survey.campaigns.services import destroy_due_keys, withdraw_wave
from survey.campaigns.services.endings import NotWithdrawableError
from survey.responses.models import Intake, Response
from survey.responses.services import seal_due_waves
from tests.factories.campaigns import (
    NOW,
    make_campaign,
    make_draft,
    make_open_wave,
    make_teams,
    tokens_of,
)
from tests.factories.responses import answer_wave, close_and_seal
from tests.stages import stage

pytestmark = pytest.mark.django_db


@stage
def wave() -> Wave:
    wave = make_open_wave(make_campaign(make_teams({"top": None}, {"top": 9})["top"]))
    answer_wave(wave, wave.groups.get(), [1, 2, 3, 1, 2, 3])
    return wave


class TestDestroyDueKeys:
    def test_leaves_open_waves_alone(self, wave: Wave) -> None:
        assert destroy_due_keys(now=NOW) == 0
        assert keys.keys_fit(wave=wave)

    def test_deletes_the_keys_of_sealed_waves(self, wave: Wave) -> None:
        close_and_seal(wave)

        assert destroy_due_keys(now=NOW) == 1
        assert not keys.keys_exist(wave=wave)
        assert Wave.objects.get(pk=wave.pk).keys_destroyed_at == NOW

    def test_is_done_once(self, wave: Wave) -> None:
        close_and_seal(wave)
        destroy_due_keys(now=NOW)

        assert destroy_due_keys(now=NOW) == 0

    def test_finishes_what_a_crash_interrupted(self, wave: Wave) -> None:
        close_and_seal(wave)
        with mock.patch.object(Path, "unlink", side_effect=OSError("power cut")):
            assert destroy_due_keys(now=NOW) == 0
        assert keys.keys_exist(wave=wave)

        destroy_due_keys(now=NOW)

        assert not keys.keys_exist(wave=wave)

    def test_comes_back_while_a_folder_is_away(
        self, settings: Settings, tmp_path: Path, caplog: pytest.LogCaptureFixture
    ) -> None:
        copy, unplugged = tmp_path / "copy", tmp_path / "unplugged"
        settings.KEYS_DIR_COPY = str(copy)
        wave = make_open_wave(make_campaign(make_teams({"two": None}, {"two": 9})["two"]))
        close_and_seal(wave)
        copy.rename(unplugged)
        assert destroy_due_keys(now=NOW) == 0
        assert Wave.objects.get(pk=wave.pk).keys_destroyed_at is None
        assert "cannot be reached" in caplog.text

        unplugged.rename(copy)

        assert destroy_due_keys(now=NOW) == 1
        assert not list(copy.iterdir())

    def test_destroys_keys_that_came_back(self, wave: Wave) -> None:
        close_and_seal(wave)
        destroy_due_keys(now=NOW)
        keys.create_keys(wave=wave)

        assert destroy_due_keys(now=NOW) == 1
        assert not keys.keys_exist(wave=wave)

    def test_leaves_a_launch_its_keys_that_began_since_it_looked(self, wave: Wave) -> None:
        """Whose connection died while it held a draft goes on deleting, beside a new launch."""
        draft = make_draft(wave.campaign)
        keys.create_keys(wave=draft)  # of a launch that was taken back

        def look(*, wave: Wave) -> frozenset[Path]:
            found = keys.key_files(wave=wave)
            draft.public_key = keys.create_keys(wave=draft)
            return found

        with mock.patch("survey.campaigns.services.endings.key_files", look):
            assert destroy_due_keys(now=NOW) == 1

        assert keys.keys_fit(wave=draft)
        assert {path.name for path in keys.key_files(wave=draft)} == {
            keys.key_path(folder=Path(), wave=draft, kind=kind).name
            for kind in (keys.LINK, keys.BOX)
        }

    def test_comes_back_while_the_journal_is_busy(self, wave: Wave) -> None:
        close_and_seal(wave)
        with mock.patch("survey.campaigns.services.endings.empty_journal", return_value=False):
            assert destroy_due_keys(now=NOW) == 0
        assert not keys.keys_exist(wave=wave)

        assert destroy_due_keys(now=NOW) == 1


class TestWithdrawWave:
    def test_deletes_credentials_at_once_and_has_its_keys_destroyed(self, wave: Wave) -> None:
        withdraw_wave(wave_id=wave.pk, reason="Wrong letter", now=NOW)
        assert not Credential.objects.exists()

        destroy_due_keys(now=NOW)

        assert not keys.keys_exist(wave=wave)

    def test_has_every_answer_deleted_by_the_stage_that_seals(self, wave: Wave) -> None:
        withdraw_wave(wave_id=wave.pk, reason="Wrong letter", now=NOW)
        seal_due_waves(now=NOW)

        assert not Intake.objects.exists()
        assert not Response.objects.exists()

    def test_keeps_the_row_and_the_reason(self, wave: Wave) -> None:
        withdraw_wave(wave_id=wave.pk, reason="Wrong letter", now=NOW)

        wave.refresh_from_db()
        assert (wave.withdrawn_at, wave.withdrawn_reason) == (NOW, "Wrong letter")

    def test_lets_links_say_so(self, wave: Wave) -> None:
        token = tokens_of(wave)[0]

        withdraw_wave(wave_id=wave.pk, reason="Wrong letter", now=NOW)

        with pytest.raises(WithdrawnLinkError) as caught:
            get_link(token=token, now=NOW)
        assert caught.value.wave == wave

    def test_is_refused_once_the_wave_is_sealed(self, wave: Wave) -> None:
        close_and_seal(wave)

        with pytest.raises(NotWithdrawableError):
            withdraw_wave(wave_id=wave.pk, reason="Too late", now=NOW)
        assert Response.objects.count() == 6

    def test_is_refused_for_a_draft(self, wave: Wave) -> None:
        with pytest.raises(NotWithdrawableError):
            withdraw_wave(wave_id=make_draft(wave.campaign).pk, reason="Why", now=NOW)
