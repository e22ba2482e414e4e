"""A launch taken back before the first letter."""

from datetime import timedelta

import pytest

from survey.campaigns.keys import keys_exist, keys_fit
from survey.campaigns.models import (
    Asking,
    Campaign,
    Channel,
    CodeSheet,
    Credential,
    Group,
    Invitation,
    Reminder,
    TrialLetter,
    Wave,
)
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
from survey.campaigns.undoable import can_be_undone
from survey.letters.claiming import claim_due, give_back
from survey.letters.models import Delivery, DeliveryChannel
from survey.questionnaires.models import Audience
from tests.factories.campaigns import NOW, make_campaign, make_draft, make_teams
from tests.factories.letters import DeliveryFactory, LetterFactory
from tests.stages import stage

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@stage
def campaign() -> Campaign:
    teams = make_teams({"top": None, "a": "top"}, {"a": 9})
    return make_campaign(teams["top"])


@stage
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

    def test_takes_the_letters_of_an_open_wave_out_of_queue_and_ledger(self, wave: Wave) -> None:
        open_due_waves(now=NOW + DAY)
        assert (Delivery.objects.count(), Asking.objects.count()) == (9, 9)

        cancel_launch(wave_id=wave.pk, now=NOW + DAY)

        assert not Delivery.objects.exists()
        assert not Asking.objects.exists()
        wave.refresh_from_db()
        assert (wave.launched_at, wave.opened_at) == (None, None)
        assert open_due_waves(now=NOW + DAY) == 0

    def test_asks_everybody_who_is_launched_anew(self, wave: Wave) -> None:
        open_due_waves(now=NOW + DAY)
        cancel_launch(wave_id=wave.pk, now=NOW + DAY)
        launch_wave(wave_id=wave.pk, now=NOW + DAY)

        assert open_due_waves(now=NOW + DAY) == 1
        assert (Delivery.objects.count(), Asking.objects.count()) == (9, 9)

    @pytest.mark.parametrize("size", [1, 9])
    def test_comes_too_late_once_a_worker_has_taken_a_letter(self, wave: Wave, size: int) -> None:
        open_due_waves(now=NOW + DAY)
        claim_due(channel=DeliveryChannel.EMAIL, now=NOW + DAY, size=size)

        check_refuses(wave)
        assert (Delivery.objects.count(), Asking.objects.count()) == (9, 9)

    def test_goes_where_a_worker_gave_its_letters_back_untried(self, wave: Wave) -> None:
        open_due_waves(now=NOW + DAY)
        give_back(claim_due(channel=DeliveryChannel.EMAIL, now=NOW + DAY, size=9))

        cancel_launch(wave_id=wave.pk, now=NOW + DAY)

        assert not Delivery.objects.exists()

    @pytest.mark.parametrize(
        "tried",
        [
            {"state": "SENT"},
            {"state": "FAILED", "reason": "refused"},
            {"attempts": 1},
            {"is_uncertain": True},
        ],
    )
    def test_comes_too_late_once_a_letter_was_tried(
        self, wave: Wave, tried: dict[str, object]
    ) -> None:
        open_due_waves(now=NOW + DAY)
        first = Delivery.objects.order_by("pk").first()
        assert first is not None
        Delivery.objects.filter(pk=first.pk).update(**tried)

        check_refuses(wave)

    def test_comes_too_late_once_a_link_was_used(self, wave: Wave) -> None:
        open_due_waves(now=NOW + DAY)
        (used, *_) = Credential.objects.values_list("pk", flat=True)
        Credential.objects.filter(pk=used).update(is_spent=True)

        check_refuses(wave)

    def test_comes_too_late_once_people_were_reminded(self, wave: Wave) -> None:
        open_due_waves(now=NOW + DAY)
        reminder = Reminder.objects.create(
            wave=wave, number=1, due_date=NOW.date(), letter=LetterFactory()
        )
        assert can_be_undone(wave=wave, now=NOW + DAY)
        Reminder.objects.filter(pk=reminder.pk).update(queued_at=NOW + DAY)

        check_refuses(wave)

    def test_comes_too_late_once_codes_were_printed(self, wave: Wave) -> None:
        CodeSheet.objects.create(wave=wave, n_codes=1, asked_at=NOW)

        check_refuses(wave)

    def test_does_not_count_a_letter_to_oneself(self, wave: Wave) -> None:
        open_due_waves(now=NOW + DAY)
        trial = DeliveryFactory(state="SENT")
        TrialLetter.objects.create(wave=wave, delivery=trial)

        cancel_launch(wave_id=wave.pk, now=NOW + DAY)

        assert list(Delivery.objects.all()) == [trial]

    def test_comes_too_late_for_an_open_door(self, campaign: Campaign) -> None:
        customers = make_campaign(campaign.scope, Audience.CUSTOMER)
        door = make_draft(customers, opens_at=NOW + DAY, channel=Channel.OPEN)
        launch_wave(wave_id=door.pk, now=NOW)
        assert can_be_undone(wave=Wave.objects.get(pk=door.pk), now=NOW)

        check_refuses(door)

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


def check_refuses(wave: Wave) -> None:
    links = Credential.objects.count()
    with pytest.raises(NotCancellableError):
        cancel_launch(wave_id=wave.pk, now=NOW + DAY)
    assert Credential.objects.count() == links
