from datetime import UTC, datetime, time, timedelta

import pytest

from survey.campaigns.models import Campaign, Credential, Invitation, Reminder, Wave
from survey.campaigns.reminding import (
    ReminderState,
    address_of,
    list_reminders,
    reminder_due_at,
    write_reminders,
)
from survey.campaigns.services import (
    close_wave,
    send_due_letters,
    send_due_reminders,
    set_reminders,
    stop_reminders,
)
from tests.factories.campaigns import NOW, make_campaign, make_open_wave, make_teams
from tests.stages import stage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("mailoutbox")]
DAY = timedelta(days=1)
DUE = NOW + 4 * DAY


@stage
def wave() -> Wave:
    wave = make_open_wave(make_campaign(make_teams({"top": None}, {"top": 7})["top"]))
    set_reminders(wave_id=wave.pk, reminders=[(DUE.date(), None)], now=NOW)
    return wave


def state(wave: Wave) -> ReminderState:
    (line,) = list_reminders(wave=wave)
    return line.state


class TestListReminders:
    def test_tells_where_each_is_but_not_to_how_many_it_went(self, wave: Wave) -> None:
        send_due_letters(now=NOW)
        assert state(wave) is ReminderState.PLANNED

        send_due_reminders(now=DUE - timedelta(hours=12))
        assert state(wave) is ReminderState.GOING_OUT

        send_due_reminders(now=DUE)
        assert state(wave) is ReminderState.DONE

    def test_tells_what_was_stopped(self, wave: Wave) -> None:
        stop_reminders(wave_id=wave.pk, now=NOW)

        assert state(wave) is ReminderState.STOPPED

    def test_calls_what_the_close_cut_off_done(self, wave: Wave) -> None:
        send_due_reminders(now=DUE - timedelta(hours=12))
        close_wave(wave_id=wave.pk, now=DUE)

        assert state(wave) is ReminderState.DONE


class TestReminderDueAt:
    def test_is_the_hour_of_the_letters_out_of_quiet_hours(self, wave: Wave) -> None:
        Wave.objects.update(letters_date=NOW.date(), letters_time=time(6, 30))
        Campaign.objects.update(quiet_from=time(20), quiet_until=time(8))
        reminder = Reminder.objects.select_related("wave__campaign").get()

        due_at = reminder_due_at(reminder=reminder, zone="Asia/Kolkata")

        assert due_at == datetime(2026, 3, 6, 2, 30, tzinfo=UTC)

    def test_is_the_hour_of_the_opening_where_letters_have_none(self, wave: Wave) -> None:
        reminder = Reminder.objects.select_related("wave__campaign").get()

        assert reminder_due_at(reminder=reminder, zone="UTC") == DUE


class TestWriteReminders:
    def test_writes_to_nobody_once_all_links_are_used(self, wave: Wave) -> None:
        send_due_letters(now=NOW)
        reminder = Reminder.objects.select_related("wave__campaign", "letter").get()
        invitations = list(Invitation.objects.select_related("person", "delivery"))

        assert len(write_reminders(reminder=reminder, invitations=invitations, now=DUE)) == 7
        Credential.objects.update(is_spent=True)
        assert write_reminders(reminder=reminder, invitations=invitations, now=DUE) == []

    def test_writes_to_nobody_whose_letter_still_waits(self, wave: Wave) -> None:
        reminder = Reminder.objects.select_related("wave__campaign", "letter").get()
        invitations = list(Invitation.objects.select_related("person", "delivery"))

        assert write_reminders(reminder=reminder, invitations=invitations, now=DUE) == []


class TestAddressOf:
    def test_is_empty_for_whoever_was_erased(self, wave: Wave) -> None:
        invitation = Invitation(person=None)

        assert address_of(invitation) == ""
