from datetime import date, timedelta

import pytest

from survey.campaigns.models import Channel, Reminder, ReminderRow, Wave
from survey.campaigns.reminder_words import ReminderWords
from survey.campaigns.services import (
    RemindersRefusedError,
    close_wave,
    copy_reminders,
    drop_reminders,
    set_reminders,
    stop_reminders,
    withdraw_wave,
)
from survey.questionnaires.models import Audience
from tests.factories.campaigns import (
    NOW,
    make_campaign,
    make_draft,
    make_open_wave,
    make_teams,
)
from tests.factories.responses import close_and_seal
from tests.stages import stage

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
TODAY = NOW.date()
WORDS = ReminderWords("Another subject", "Other words.")
MORE_WORDS = ReminderWords("A third subject", "Yet other words.")


@stage
def wave() -> Wave:
    return make_open_wave(make_campaign(make_teams({"top": None}, {"top": 7})["top"]))


def plan(wave: Wave, *days: int) -> None:
    """Plan reminders so many days after the letters, in words of ours."""
    words = (WORDS, MORE_WORDS, None)
    set_reminders(
        wave_id=wave.pk,
        reminders=[(TODAY + n * DAY, text) for n, text in zip(days, words, strict=False)],
        now=NOW,
    )


def begin(wave: Wave, number: int = 1) -> None:
    """Say that a reminder has begun to go out."""
    reminder = Reminder.objects.get(wave=wave, number=number)
    Reminder.objects.filter(pk=reminder.pk).update(queued_at=NOW)
    for invitation in wave.invitations.all():
        ReminderRow.objects.create(reminder=reminder, invitation=invitation, due_at=NOW)


class TestSetReminders:
    def test_has_the_same_person_sign_other_words(self, wave: Wave) -> None:
        plan(wave, 4, 8)

        first, second = Reminder.objects.order_by("number").select_related("letter")
        letter = wave.campaign.letter
        assert letter is not None
        assert first.letter.signer_name == second.letter.signer_name == letter.signer_name
        assert first.letter.reply_to == letter.reply_to
        assert [first.letter.body, second.letter.body] == ["Other words.", "Yet other words."]
        assert second.due_date == TODAY + 8 * DAY

    def test_supplies_words_where_nobody_wrote_any(self, wave: Wave) -> None:
        set_reminders(
            wave_id=wave.pk,
            reminders=[(TODAY + n * DAY, None) for n in (3, 6)],
            now=NOW,
        )

        bodies = set(Reminder.objects.values_list("letter__body", flat=True))
        assert len(bodies) == 2

    def test_says_the_usual_words_in_every_language_of_the_letter(self, wave: Wave) -> None:
        letter = wave.campaign.letter
        assert letter is not None
        for language in ("de-AT", "fi"):
            letter.translations.create(language=language, subject="Anders", body="Anders.")

        set_reminders(wave_id=wave.pk, reminders=[(TODAY + 4 * DAY, None)], now=NOW)

        (translation,) = Reminder.objects.get().letter.translations.all()
        assert translation.language == "de-AT"
        assert "noch nicht benutzt" in translation.body

    def test_replaces_what_was_planned_but_not_what_has_begun(self, wave: Wave) -> None:
        plan(wave, 3, 6)
        begin(wave)

        set_reminders(wave_id=wave.pk, reminders=[(TODAY + 8 * DAY, None)], now=NOW)

        dates = Reminder.objects.order_by("number").values_list("number", "due_date")
        assert list(dates) == [(1, TODAY + 3 * DAY), (2, TODAY + 8 * DAY)]

    @pytest.mark.parametrize(
        ("days", "says"),
        [
            ((2, 4, 6), "two reminders at most"),
            ((0,), "after the letters"),
            ((14,), "before the last one"),
            ((4, 5), "two days or more"),
            ((6, 4), "two days or more"),
        ],
    )
    def test_refuses_days_that_make_no_sense(
        self, wave: Wave, days: tuple[int, ...], says: str
    ) -> None:
        with pytest.raises(RemindersRefusedError, match=says):
            plan(wave, *days)
        assert not Reminder.objects.exists()

    def test_refuses_a_day_that_has_passed(self, wave: Wave) -> None:
        with pytest.raises(RemindersRefusedError, match="has not passed"):
            set_reminders(wave_id=wave.pk, reminders=[(TODAY + 2 * DAY, None)], now=NOW + 4 * DAY)

    def test_refuses_the_words_of_the_letter(self, wave: Wave) -> None:
        letter = wave.campaign.letter
        assert letter is not None
        words = ReminderWords("Again", letter.body.replace("\n\n", "  \n"))

        with pytest.raises(RemindersRefusedError, match="other words"):
            set_reminders(wave_id=wave.pk, reminders=[(TODAY + 4 * DAY, words)], now=NOW)

    def test_refuses_waves_that_are_over(self, wave: Wave) -> None:
        close_wave(wave_id=wave.pk, now=NOW)

        with pytest.raises(RemindersRefusedError, match="over"):
            plan(wave, 4)

    def test_refuses_to_remind_customers(self) -> None:
        top = make_teams({"top": None}, {})["top"]
        customers = make_open_wave(make_campaign(top, Audience.CUSTOMER))
        code = make_open_wave(make_campaign(top, code="open"), channel=Channel.IMPORT)

        for wave in (customers, code):
            with pytest.raises(RemindersRefusedError, match="who work here"):
                plan(wave, 4)


class TestStopReminders:
    def test_stops_what_is_planned_and_what_has_begun(self, wave: Wave) -> None:
        plan(wave, 3, 6)
        begin(wave)

        assert stop_reminders(wave_id=wave.pk, now=NOW)
        assert not stop_reminders(wave_id=wave.pk, now=NOW)
        assert not Reminder.objects.filter(stopped_at=None).exists()


class TestCopyReminders:
    def test_plans_them_as_many_days_after_the_letters(self, wave: Wave) -> None:
        plan(wave, 4, 8)
        opens_at = NOW + 20 * DAY
        following = make_draft(wave.campaign, opens_at=opens_at, closes_at=opens_at + 7 * DAY)

        copy_reminders(from_wave_id=wave.pk, to_wave_id=following.pk, now=NOW)

        (only,) = Reminder.objects.filter(wave=following).select_related("letter")
        assert only.due_date == date(2026, 3, 26)
        assert only.letter.body == "Other words."


class TestDropReminders:
    def test_leaves_that_there_were_some_and_nobody_s_row(self, wave: Wave) -> None:
        plan(wave, 3)
        begin(wave)

        drop_reminders(wave=wave)

        assert Reminder.objects.count() == 1
        assert not ReminderRow.objects.exists()

    def test_happens_at_the_last_seal(self, wave: Wave) -> None:
        plan(wave, 3)
        begin(wave)

        close_and_seal(wave)

        assert not ReminderRow.objects.exists()

    def test_happens_when_a_wave_is_withdrawn(self, wave: Wave) -> None:
        plan(wave, 3)
        begin(wave)

        withdraw_wave(wave_id=wave.pk, reason="sent too early", now=NOW)

        assert not ReminderRow.objects.exists()
