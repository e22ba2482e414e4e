from datetime import datetime, timedelta
from unittest import mock

import pytest
from celery.exceptions import SoftTimeLimitExceeded

from survey.campaigns.models import Asking, Campaign, FatigueRule, Invitation, Wave
from survey.campaigns.services import (
    NotExtendableError,
    close_due_waves,
    close_wave,
    extend_wave,
    launch_wave,
    open_due_waves,
    snooze_address,
)
from survey.campaigns.services.letters import queue_invitations, queue_left_out
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
from tests.stages import stage

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
WINDOWS = "survey.campaigns.services.windows"


@stage
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

    def test_goes_on_where_a_run_was_cut_short(self, campaign: Campaign) -> None:
        wave = launch_wave(wave_id=make_draft(campaign).pk, now=NOW)
        lots: list[int] = []

        def queue_two_lots(*, wave: Wave, invitations: list[Invitation], now: datetime) -> int:
            lots.append(len(invitations))
            if len(lots) == 3:
                raise SoftTimeLimitExceeded
            return queue_invitations(wave=wave, invitations=invitations, now=now)

        with (
            mock.patch(f"{WINDOWS}.LOT", 10),
            mock.patch(f"{WINDOWS}.queue_invitations", queue_two_lots),
        ):
            with pytest.raises(SoftTimeLimitExceeded):
                open_due_waves(now=NOW)
            assert Delivery.objects.count() == 20
            assert Wave.objects.get(pk=wave.pk).opened_at is None
            assert open_due_waves(now=NOW + HOUR) == 1

        assert lots == [10, 10, 10, 10, 10, 10, 5, 0]
        assert Delivery.objects.count() == 55
        assert not Invitation.objects.filter(delivery=None).exists()


class TestExtendWave:
    def test_takes_answers_for_longer(self, campaign: Campaign) -> None:
        wave = make_open_wave(campaign)

        extend_wave(wave_id=wave.pk, closes_at=wave.closes_at + HOUR, now=NOW + HOUR)

        assert close_due_waves(now=wave.closes_at) == 0
        assert close_due_waves(now=wave.closes_at + HOUR) == 1

    def test_never_takes_time_away(self, campaign: Campaign) -> None:
        wave = make_open_wave(campaign)

        for closes_at in (wave.closes_at, wave.closes_at - HOUR):
            with pytest.raises(NotExtendableError, match="only be made longer"):
                extend_wave(wave_id=wave.pk, closes_at=closes_at, now=NOW)

    def test_leaves_drafts_and_closed_waves_as_they_are(self, campaign: Campaign) -> None:
        draft, closed = make_draft(campaign), make_open_wave(campaign)
        close_wave(wave_id=closed.pk, now=NOW + HOUR)

        for wave in (draft, closed):
            with pytest.raises(NotExtendableError, match="still takes answers"):
                extend_wave(wave_id=wave.pk, closes_at=wave.closes_at + HOUR, now=NOW + HOUR)

    def test_never_runs_into_the_next_wave(self, campaign: Campaign) -> None:
        wave = make_open_wave(campaign)
        following = make_draft(campaign, opens_at=wave.closes_at + HOUR)
        extend_wave(wave_id=wave.pk, closes_at=wave.closes_at + HOUR / 2, now=NOW)
        launch_wave(wave_id=following.pk, now=NOW)

        extend_wave(wave_id=wave.pk, closes_at=following.opens_at, now=NOW)
        with pytest.raises(NotExtendableError, match="next wave"):
            extend_wave(wave_id=wave.pk, closes_at=following.opens_at + HOUR, now=NOW)


class TestExtendWaveOfTiredPeople:
    def test_sends_the_letters_whose_free_day_now_comes_in_time(self, tired: Wave) -> None:
        assert not Asking.objects.filter(wave=tired).exists()

        extend_wave(wave_id=tired.pk, closes_at=NOW + 20 * DAY, now=NOW + 2 * DAY)

        rows = list(tired.invitations.select_related("delivery", "asking"))
        assert {row.delivery.due_at for row in rows if row.delivery} == {NOW + 10 * DAY}
        assert {row.asking.asked_date for row in rows} == {(NOW + 10 * DAY).date()}
        assert {row.deferred_until for row in rows} == {(NOW + 10 * DAY).date()}
        assert len(rows) == 55

    def test_sends_no_letter_twice(self, tired: Wave) -> None:
        for days in (20, 25, 30):
            extend_wave(wave_id=tired.pk, closes_at=NOW + days * DAY, now=NOW + 2 * DAY)

        assert Delivery.objects.filter(invitation__wave=tired).count() == 55
        assert queue_left_out(wave=Wave.objects.get(pk=tired.pk), now=NOW + 3 * DAY) == 0

    def test_leaves_those_out_who_still_wait_too_long(self, tired: Wave) -> None:
        extend_wave(wave_id=tired.pk, closes_at=NOW + 9 * DAY, now=NOW + 2 * DAY)

        assert not Delivery.objects.filter(invitation__wave=tired).exists()

    def test_writes_to_whoever_wished_to_rest_beyond_the_old_close(
        self, campaign: Campaign
    ) -> None:
        day = NOW.date() + 7 * DAY
        wave = make_open_wave(campaign, closes_at=NOW + 5 * DAY)
        Delivery.objects.update(due_at=NOW + DAY)
        resting = Delivery.objects.earliest("pk").address
        snooze_address(address=resting, until_date=day, today=NOW.date())
        assert Delivery.objects.get(address=resting).state == DeliveryState.FAILED

        extend_wave(wave_id=wave.pk, closes_at=NOW + 9 * DAY, now=NOW + DAY)

        letter = Delivery.objects.get(address=resting)
        assert (letter.state, letter.due_at.date()) == (DeliveryState.QUEUED, day)
        assert Asking.objects.filter(wave=wave).count() == 55

    @pytest.fixture
    def tired(self, campaign: Campaign) -> Wave:
        """A wave of five days whose people may be asked only from the tenth day on."""
        FatigueRule.objects.create(audience="EMPLOYEE", at_most=1, within_days=10, gap_days=10)
        close_wave(wave_id=make_open_wave(campaign).pk, now=NOW + HOUR)
        Wave.objects.update(closes_at=NOW + HOUR)
        return make_open_wave(campaign, now=NOW + DAY, closes_at=NOW + 5 * DAY)


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

    def test_leaves_a_wave_open_that_is_extended_meanwhile(self, campaign: Campaign) -> None:
        first = make_open_wave(campaign)
        teams = make_teams({"south": None, "s": "south"}, {"s": 20})
        second = make_open_wave(make_campaign(teams["south"]))
        now = first.closes_at

        def extend_the_second(*, wave: Wave, now: datetime) -> None:
            extend_wave(wave_id=second.pk, closes_at=now + HOUR, now=now)

        with mock.patch(f"{WINDOWS}.refresh_participation", extend_the_second):
            assert close_due_waves(now=now) == 1

        second.refresh_from_db()
        assert second.closed_at is None

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
