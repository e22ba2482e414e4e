"""A launch taken back before the first letter."""

from datetime import timedelta

import pytest

from survey.campaigns.keys import keys_exist, keys_fit
from survey.campaigns.models import Campaign, Credential, Group, Invitation, Wave
from survey.campaigns.services import (
    NotCancellableError,
    cancel_launch,
    close_wave,
    destroy_due_keys,
    launch_requested_waves,
    launch_wave,
    open_due_waves,
    request_launch,
    withdraw_wave,
)
from tests.factories.campaigns import NOW, make_campaign, make_draft, make_teams

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def campaign() -> Campaign:
    teams = make_teams({"top": None, "a": "top"}, {"a": 9})
    return make_campaign(teams["top"])


@pytest.fixture
def wave(campaign: Campaign) -> Wave:
    """A launched wave that opens tomorrow."""
    return launch_wave(wave_id=make_draft(campaign, opens_at=NOW + DAY).pk, now=NOW)


class TestCancelLaunch:
    def test_leaves_a_draft_like_any_other(self, wave: Wave) -> None:
        cancel_launch(wave_id=wave.pk, now=NOW)

        for model in (Group, Invitation, Credential):
            assert not model.objects.filter(wave=wave).exists()
        wave.refresh_from_db()
        frozen = (wave.launched_at, wave.public_key, wave.box_size, wave.families, wave.n_invited)
        assert frozen == (None, None, None, [], 0)
        assert (wave.audience_filter, wave.launch_requested_at) == ({}, None)

    def test_has_the_keys_destroyed(self, wave: Wave) -> None:
        cancel_launch(wave_id=wave.pk, now=NOW)

        assert destroy_due_keys(now=NOW) == 1
        assert not keys_exist(wave=wave)
        assert destroy_due_keys(now=NOW) == 0

    def test_can_be_launched_again_with_new_links(self, wave: Wave) -> None:
        before = set(Credential.objects.values_list("digest", flat=True))
        cancel_launch(wave_id=wave.pk, now=NOW)

        again = launch_wave(wave_id=wave.pk, now=NOW)

        after = set(Credential.objects.values_list("digest", flat=True))
        assert len(after) == 9
        assert not before & after
        assert destroy_due_keys(now=NOW) == 0
        assert keys_fit(wave=Wave.objects.get(pk=again.pk))

    def test_takes_back_a_launch_that_was_only_asked_for(self, campaign: Campaign) -> None:
        draft = make_draft(campaign)
        request_launch(wave_id=draft.pk, now=NOW)

        cancel_launch(wave_id=draft.pk, now=NOW)

        assert launch_requested_waves(now=NOW) == 0

    def test_comes_too_late_once_the_wave_is_open(self, wave: Wave) -> None:
        with pytest.raises(NotCancellableError):
            cancel_launch(wave_id=wave.pk, now=NOW + DAY)
        open_due_waves(now=NOW + DAY)
        with pytest.raises(NotCancellableError):
            cancel_launch(wave_id=wave.pk, now=NOW)

        assert Credential.objects.count() == 9

    def test_leaves_waves_alone_that_are_over(self, campaign: Campaign) -> None:
        closed, withdrawn = (
            launch_wave(wave_id=make_draft(campaign, opens_at=NOW + DAY).pk, now=NOW)
            for _ in range(2)
        )
        close_wave(wave_id=closed.pk, now=NOW)
        withdraw_wave(wave_id=withdrawn.pk, reason="wrong people", now=NOW)

        for wave in (closed, withdrawn):
            with pytest.raises(NotCancellableError):
                cancel_launch(wave_id=wave.pk, now=NOW)
