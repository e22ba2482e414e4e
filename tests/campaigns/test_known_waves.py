"""Tests of what is kept in mind of waves, and of what never is."""

from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from survey.campaigns import known_waves
from survey.campaigns.known_waves import forget_waves, know_wave
from survey.campaigns.models import Wave
from survey.campaigns.selectors import ClosedLinkError, get_link
from survey.campaigns.services import close_wave
from tests.factories.campaigns import NOW, make_campaign, make_open_wave, make_teams, tokens_of
from tests.stages import stage

pytestmark = pytest.mark.django_db


@stage
def wave() -> Wave:
    return make_open_wave(make_campaign(make_teams({"top": None}, {"top": 6})["top"]))


class TestKnowWave:
    def test_reads_a_wave_once(
        self, wave: Wave, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        with django_assert_num_queries(1):
            for _ in range(3):
                known = know_wave(wave_id=wave.pk, state={}).wave
                assert known.campaign.scope.code == "top"

    def test_takes_the_state_just_read(self, wave: Wave) -> None:
        later = wave.closes_at + timedelta(days=1)
        assert know_wave(wave_id=wave.pk, state={"closes_at": later}).wave.closes_at == later
        assert know_wave(wave_id=wave.pk, state={}).wave.closes_at == wave.closes_at

    def test_reads_it_again_after_a_while(
        self, wave: Wave, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        know_wave(wave_id=wave.pk, state={})
        Wave.objects.filter(pk=wave.pk).update(threshold=9)
        assert know_wave(wave_id=wave.pk, state={}).wave.threshold == 5

        monkeypatch.setattr(known_waves, "KEPT_SECONDS", 0.0)
        assert know_wave(wave_id=wave.pk, state={}).wave.threshold == 9

    def test_reads_it_again_after_it_was_launched_anew(self, wave: Wave) -> None:
        """Answers sealed under the key of a launch that was taken back could never be opened."""
        token = tokens_of(wave)[0]
        get_link(token=token, now=NOW)
        Wave.objects.filter(pk=wave.pk).update(public_key=b"another", box_size=2048)

        known = get_link(token=token, now=NOW).wave
        assert (known.public_key, known.box_size) == (b"another", 2048)

    def test_keeps_no_more_than_it_may(self, wave: Wave, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(known_waves, "MOST_KEPT", 1)
        other = make_open_wave(make_campaign(wave.campaign.scope, code="other"))
        for each in (wave, other, wave):
            know_wave(wave_id=each.pk, state={})
        assert len(known_waves._kept) == 1

    def test_keeps_what_was_drawn_of_it_as_long_as_the_wave(
        self, wave: Wave, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        know_wave(wave_id=wave.pk, state={}).drawn["page"] = "drawn"
        later = wave.closes_at + timedelta(days=1)
        assert know_wave(wave_id=wave.pk, state={"closes_at": later}).drawn == {"page": "drawn"}

        monkeypatch.setattr(known_waves, "KEPT_SECONDS", 0.0)
        assert know_wave(wave_id=wave.pk, state={}).drawn == {}


class TestForgetWaves:
    def test_reads_everything_anew(self, wave: Wave) -> None:
        know_wave(wave_id=wave.pk, state={})
        Wave.objects.filter(pk=wave.pk).update(threshold=9)
        forget_waves()
        assert know_wave(wave_id=wave.pk, state={}).wave.threshold == 9


class TestLinks:
    def test_are_shut_at_once_where_a_known_wave_closes(self, wave: Wave) -> None:
        token = tokens_of(wave)[0]
        get_link(token=token, now=NOW)
        close_wave(wave_id=wave.pk, now=NOW)

        with pytest.raises(ClosedLinkError):
            get_link(token=token, now=NOW)
