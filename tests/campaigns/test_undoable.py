"""Until when a launch can be taken back."""

from datetime import timedelta

import pytest

from survey.campaigns.models import Wave
from survey.campaigns.services import launch_wave, open_due_waves
from survey.campaigns.undoable import can_be_undone, invitations_of
from survey.letters.models import Delivery
from survey.questionnaires.models import Audience
from tests.factories.campaigns import NOW, make_campaign, make_draft, make_open_wave, make_teams
from tests.factories.letters import DeliveryFactory
from tests.stages import stage

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@stage
def wave() -> Wave:
    """A wave that has opened, with its letters in the queue."""
    return make_open_wave(make_campaign(make_teams({"top": None}, {"top": 9})["top"]))


class TestCanBeUndone:
    def test_goes_until_the_first_letter_is_on_its_way(self, wave: Wave) -> None:
        assert can_be_undone(wave=wave, now=NOW + DAY)

        Delivery.objects.filter(pk=Delivery.objects.earliest("pk").pk).update(state="SENT")

        assert not can_be_undone(wave=wave, now=NOW + DAY)

    def test_has_nothing_to_undo_in_a_draft(self, wave: Wave) -> None:
        assert not can_be_undone(wave=make_draft(wave.campaign), now=NOW)

    def test_ends_with_the_wave(self, wave: Wave) -> None:
        assert not can_be_undone(wave=wave, now=wave.closes_at)

    def test_ends_for_customers_as_the_wave_opens(self, wave: Wave) -> None:
        customers = make_campaign(wave.campaign.scope, Audience.CUSTOMER)
        draft = make_draft(customers, opens_at=NOW + DAY)
        launched = launch_wave(wave_id=draft.pk, now=NOW)

        assert can_be_undone(wave=launched, now=NOW)
        assert not can_be_undone(wave=launched, now=NOW + DAY)
        open_due_waves(now=NOW + DAY)
        launched.refresh_from_db()
        assert not can_be_undone(wave=launched, now=NOW)


class TestInvitationsOf:
    def test_leaves_other_letters_out(self, wave: Wave) -> None:
        other = DeliveryFactory()

        assert invitations_of(wave).count() == 9
        assert other not in invitations_of(wave)
