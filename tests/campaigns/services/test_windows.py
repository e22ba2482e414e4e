from datetime import datetime, timedelta
from unittest import mock

import pytest

from survey.campaigns.models import Campaign, Invitation, Wave
from survey.campaigns.services import (
    close_due_waves,
    close_wave,
    launch_wave,
    open_due_waves,
)
from survey.letters.models import Delivery, DeliveryState, StopEntry
from survey.letters.services import stop_address
from survey.organization.models import Person
from tests.factories.campaigns import (
    NOW,
    TWO_WEEKS,
    make_campaign,
    make_draft,
    make_open_wave,
    make_teams,
)

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
WINDOWS = "survey.campaigns.services.windows"


@pytest.fixture
def campaign() -> Campaign:
    teams = make_teams({"top": None, "a": "top", "b": "top"}, {"a": 30, "b": 25})
    return make_campaign(teams["top"])


class TestOpenDueWaves:
    def test_waits_for_the_opening_time(self, campaign: Campaign) -> None:
        launch_wave(wave_id=make_draft(campaign, opens_at=NOW + HOUR).pk, now=NOW)

        assert open_due_waves(now=NOW) == 0
        assert not Delivery.objects.exists()
        assert open_due_waves(now=NOW + HOUR) == 1

    def test_queues_one_letter_for_everybody_once(self, campaign: Campaign) -> None:
        make_open_wave(campaign)

        assert open_due_waves(now=NOW + HOUR) == 0
        assert Delivery.objects.count() == 55
        assert not Invitation.objects.filter(delivery=None).exists()

    def test_sends_each_letter_to_the_person_invited(self, campaign: Campaign) -> None:
        make_open_wave(campaign)

        for invitation in Invitation.objects.select_related("person", "delivery"):
            assert invitation.person is not None
            assert invitation.delivery is not None
            assert invitation.delivery.address == invitation.person.email

    def test_writes_to_nobody_without_an_address_or_who_stopped(self, campaign: Campaign) -> None:
        silent, stopped = Person.objects.order_by("pk")[:2]
        Person.objects.filter(pk=silent.pk).update(email="")
        stop_address(address=stopped.email, today=NOW.date())

        make_open_wave(campaign)

        assert Delivery.objects.count() == 53
        assert StopEntry.objects.count() == 1

    def test_does_not_try_an_address_again_that_was_refused_of_late(
        self, campaign: Campaign
    ) -> None:
        make_open_wave(campaign)
        refused, too_large = Delivery.objects.order_by("pk")[:2]
        fail(refused, "address refused with 550")
        fail(too_large, "refused with 552")

        soon = make_open_wave(campaign, now=NOW + timedelta(days=60))
        late = make_open_wave(campaign, now=NOW + timedelta(days=91))

        assert [n_letters(wave, refused.address) for wave in (soon, late)] == [0, 1]
        assert [n_letters(wave, too_large.address) for wave in (soon, late)] == [1, 1]


class TestCloseDueWaves:
    def test_closes_at_the_closing_time(self, campaign: Campaign) -> None:
        wave = make_open_wave(campaign)

        assert close_due_waves(now=NOW + HOUR) == 0
        assert close_due_waves(now=NOW + TWO_WEEKS) == 1
        wave.refresh_from_db()
        assert wave.closed_at == NOW + TWO_WEEKS

    def test_closes_once(self, campaign: Campaign) -> None:
        wave = make_open_wave(campaign)

        assert close_wave(wave_id=wave.pk, now=NOW + HOUR)
        assert not close_wave(wave_id=wave.pk, now=NOW + 2 * HOUR)
        wave.refresh_from_db()
        assert wave.closed_at == NOW + HOUR

    def test_closes_the_others_where_one_is_in_trouble(self, campaign: Campaign) -> None:
        waves = [make_open_wave(campaign), make_open_wave(campaign)]

        def count_unless_first(*, wave: Wave, now: datetime) -> None:
            assert wave != waves[0]

        with mock.patch(f"{WINDOWS}.refresh_participation", side_effect=count_unless_first):
            assert close_due_waves(now=NOW + TWO_WEEKS) == 1
        assert [Wave.objects.get(pk=wave.pk).closed_at for wave in waves] == [None, NOW + TWO_WEEKS]

    def test_closes_a_wave_of_a_high_threshold(self) -> None:
        teams = make_teams({"all": None, "c": "all", "d": "all"}, {"c": 20, "d": 20})
        make_open_wave(make_campaign(teams["all"]), threshold=11)

        assert close_due_waves(now=NOW + TWO_WEEKS) == 1

    def test_does_not_close_a_draft(self, campaign: Campaign) -> None:
        assert not close_wave(wave_id=make_draft(campaign).pk, now=NOW)


def fail(delivery: Delivery, reason: str) -> None:
    Delivery.objects.filter(pk=delivery.pk).update(state=DeliveryState.FAILED, reason=reason)


def n_letters(wave: Wave, address: str) -> int:
    return wave.invitations.filter(delivery__address=address).count()
