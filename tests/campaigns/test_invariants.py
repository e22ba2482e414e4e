from datetime import timedelta
from pathlib import Path

import pytest
from pytest_django import Settings

from survey.campaigns.invariants import broken_invariants
from survey.campaigns.keys import create_keys, destroy_keys, key_path
from survey.campaigns.models import Credential, Invitation, Wave
from survey.campaigns.services import close_wave, destroy_due_keys
from survey.core.leases import claim
from tests.factories.campaigns import NOW, make_campaign, make_open_wave, make_teams, spoil_keys
from tests.factories.responses import close_and_seal
from tests.stages import stage

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@stage
def wave() -> Wave:
    return make_open_wave(make_campaign(make_teams({"top": None}, {"top": 9})["top"]))


class TestBrokenInvariants:
    def test_finds_nothing_in_a_sound_wave(self, wave: Wave) -> None:
        assert broken_invariants(now=NOW) == []

        close_and_seal(wave)
        destroy_due_keys(now=NOW)

        assert broken_invariants(now=NOW + HOUR) == []

    def test_finds_lost_keys(self, wave: Wave) -> None:
        destroy_keys(wave=wave)

        assert ["missing or do not fit" in line for line in broken_invariants(now=NOW)] == [True]

    def test_finds_a_link_key_of_another_time(self, wave: Wave) -> None:
        Wave.objects.filter(pk=wave.pk).update(public_key=create_keys(wave=wave))

        assert ["does not make the links" in line for line in broken_invariants(now=NOW)] == [True]

    @pytest.mark.parametrize("name", ["link", "box"])
    def test_finds_a_copy_that_is_missing_or_unlike(
        self, settings: Settings, tmp_path: Path, name: str
    ) -> None:
        settings.KEYS_DIR_COPY = str(tmp_path)
        wave = make_open_wave(make_campaign(make_teams({"top": None}, {"top": 9})["top"]))
        assert broken_invariants(now=NOW) == []

        for change in (lambda path: path.write_bytes(b"k" * 32), Path.unlink):
            change(key_path(folder=tmp_path, wave=wave, kind=name))

            (line,) = broken_invariants(now=NOW)
            assert f"{tmp_path} does not hold its keys" in line

    def test_finds_keys_that_should_be_gone(self, wave: Wave) -> None:
        close_and_seal(wave)

        assert broken_invariants(now=NOW) == []
        assert ["keys still exist" in line for line in broken_invariants(now=NOW + HOUR)] == [True]

    def test_finds_keys_that_open_nothing(self, wave: Wave) -> None:
        spoil_keys(wave=wave)

        assert ["missing or do not fit" in line for line in broken_invariants(now=NOW)] == [True]

    @pytest.mark.parametrize("model", [Credential, Invitation])
    def test_finds_missing_rows(self, wave: Wave, model: type[Credential]) -> None:
        model.objects.order_by("pk")[:1].get().delete()

        assert ["numbers differ" in line for line in broken_invariants(now=NOW)] == [True]

    def test_finds_work_that_nobody_took_over(self, wave: Wave) -> None:
        close_wave(wave_id=wave.pk, now=NOW - HOUR)
        claim(wave, now=NOW - HOUR)

        assert ["lease expired" in line for line in broken_invariants(now=NOW)] == [True]

    def test_forgives_a_lease_where_nothing_is_left_to_do(self, wave: Wave) -> None:
        close_and_seal(wave)
        destroy_due_keys(now=NOW)
        claim(wave, now=NOW)

        assert broken_invariants(now=NOW + HOUR) == []
