from datetime import timedelta

import pytest

from survey.campaigns.keys import read_link_key
from survey.campaigns.ledger import human_of
from survey.campaigns.links import answer_token, stop_token
from survey.campaigns.models import Asking, FatigueRule, Invitation, Snooze, Wave
from survey.campaigns.selectors import UnknownLinkError
from survey.campaigns.services import send_due_letters, snooze_address, snooze_letters
from survey.campaigns.services.ledger import strike_undelivered
from survey.letters.models import Delivery
from survey.letters.states import DeliveryState
from survey.organization.models import Person
from tests.factories.campaigns import (
    NOW,
    launch_wave,
    make_campaign,
    make_draft,
    make_open_wave,
    make_teams,
    open_due_waves,
)
from tests.stages import stage

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
TODAY = NOW.date()


@stage
def wave() -> Wave:
    return make_open_wave(make_campaign(make_teams({"top": None}, {"top": 7})["top"]))


def stop_token_of(invitation: Invitation) -> str:
    link_key = read_link_key(wave=invitation.wave)
    return stop_token(token=answer_token(link_key=link_key, invitation_key=invitation.key))


def make_next_wave(wave: Wave, *, days: int, closes: int = 60) -> Wave:
    """Open another wave of the same campaign some days after the first has opened."""
    Wave.objects.filter(pk=wave.pk).update(closes_at=NOW + timedelta(hours=1), closed_at=NOW)
    opens_at = NOW + days * DAY
    draft = make_draft(wave.campaign, opens_at=opens_at, closes_at=NOW + closes * DAY)
    launch_wave(wave_id=draft.pk, now=opens_at)
    open_due_waves(now=opens_at)
    return draft


class TestRecordAskings:
    def test_writes_one_asking_for_each_letter(self, wave: Wave) -> None:
        askings = Asking.objects.filter(wave=wave, audience="EMPLOYEE", asked_date=TODAY)

        assert askings.count() == Delivery.objects.count() == 7
        person = Person.objects.earliest("pk")
        assert askings.get(person=person).address_digest == human_of(person).digest

    def test_writes_nothing_for_those_without_a_letter(self) -> None:
        top = make_teams({"top": None}, {"top": 7})["top"]
        Person.objects.update(email="")
        make_open_wave(make_campaign(top))

        assert not Asking.objects.exists()


class TestDeferLetters:
    def test_puts_letters_off_to_the_next_free_day(self, wave: Wave) -> None:
        following = make_next_wave(wave, days=1)

        rows = Invitation.objects.filter(wave=following).select_related("delivery", "asking")
        assert {row.deferred_until for row in rows} == {TODAY + 3 * DAY}
        assert {row.asking.asked_date for row in rows} == {TODAY + 3 * DAY}
        assert {row.delivery.due_at for row in rows if row.delivery} == {NOW + 3 * DAY}

    def test_leaves_out_whose_free_day_comes_after_the_close_and_says_so(self, wave: Wave) -> None:
        FatigueRule.objects.create(audience="EMPLOYEE", at_most=1, within_days=90, gap_days=90)
        following = make_next_wave(wave, days=1)

        rows = Invitation.objects.filter(wave=following)
        assert {row.deferred_until for row in rows} == {TODAY + 90 * DAY}
        assert not rows.filter(delivery__isnull=False).exists()
        assert not Asking.objects.filter(wave=following).exists()


class TestStrikeUndelivered:
    @pytest.mark.parametrize(("is_uncertain", "n_left"), [(False, 6), (True, 7)])
    def test_strikes_letters_that_cannot_have_arrived(
        self, wave: Wave, is_uncertain: bool, n_left: int
    ) -> None:
        first = Delivery.objects.earliest("pk")
        Delivery.objects.filter(pk=first.pk).update(
            state=DeliveryState.FAILED, reason="refused", is_uncertain=is_uncertain
        )

        strike_undelivered(now=NOW + DAY)

        assert Asking.objects.count() == n_left

    def test_runs_after_letters_were_sent(self, wave: Wave) -> None:
        Wave.objects.update(closes_at=NOW + DAY)

        send_due_letters(now=NOW + 2 * DAY)

        assert not Asking.objects.exists()


class TestSnoozeLetters:
    def test_lets_the_holder_of_the_link_rest(self, wave: Wave) -> None:
        invitation = Invitation.objects.earliest("pk")

        snooze_letters(token=stop_token_of(invitation), months=3, now=NOW)

        assert Snooze.objects.get().until_date.isoformat() == "2026-06-02"

    def test_knows_no_strangers(self) -> None:
        with pytest.raises(UnknownLinkError):
            snooze_letters(token="made-up", months=1, now=NOW)


class TestSnoozeAddress:
    def test_puts_off_a_letter_that_waits(self, wave: Wave) -> None:
        following = make_next_wave(wave, days=1)
        person = Person.objects.earliest("pk")

        snooze_address(
            address=person.email.upper(), until_date=TODAY + 20 * DAY, today=TODAY + 2 * DAY
        )

        row = Invitation.objects.select_related("delivery").get(wave=following, person=person)
        assert row.deferred_until == TODAY + 20 * DAY
        assert row.delivery is not None
        assert row.delivery.due_at == NOW + 20 * DAY
        assert Asking.objects.get(invitation=row).asked_date == TODAY + 20 * DAY
        assert Asking.objects.filter(asked_date=TODAY + 3 * DAY).count() == 6

    def test_cancels_a_letter_whose_wave_closes_before(self, wave: Wave) -> None:
        following = make_next_wave(wave, days=1, closes=10)
        person = Person.objects.earliest("pk")

        snooze_address(address=person.email, until_date=TODAY + 20 * DAY, today=TODAY + 2 * DAY)

        row = Invitation.objects.select_related("delivery").get(wave=following, person=person)
        assert row.delivery is not None
        assert (row.delivery.state, row.delivery.reason) == ("FAILED", "snoozed")
        assert not Asking.objects.filter(invitation=row).exists()

    def test_leaves_a_letter_that_is_being_sent(self, wave: Wave) -> None:
        person = Person.objects.earliest("pk")
        Delivery.objects.update(state=DeliveryState.SENDING, lease_until=NOW + DAY)

        snooze_address(address=person.email, until_date=TODAY + 20 * DAY, today=TODAY)

        assert Asking.objects.get(person=person).asked_date == TODAY

    def test_takes_a_later_wish_for_an_earlier_one(self) -> None:
        for days in (30, 10):
            snooze_address(address="a@example.org", until_date=TODAY + days * DAY, today=TODAY)
        assert Snooze.objects.get().until_date == TODAY + 10 * DAY

        snooze_address(address="a@example.org", until_date=TODAY, today=TODAY)
        assert not Snooze.objects.exists()
