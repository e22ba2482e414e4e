"""Saving the days of a wave, its reminders and the rounds after it."""

from datetime import date, datetime
from typing import Any

import pytest

from survey.campaigns.models import Campaign, Schedule, Wave
from survey.console.pulse.planning import (
    TimingRefusedError,
    plan_reminders,
    preview_rounds,
    reminder_words,
    save_timing,
)
from survey.console.pulse.timing import TimingForm
from tests.cast import Organisation
from tests.console.pulse.test_timing import GIVEN
from tests.console.waves import make_draft


@pytest.fixture
def draft(bank: None, organisation: Organisation, now: datetime) -> Wave:
    return make_draft(organisation, now)


def form(now: datetime, **changes: Any) -> TimingForm:
    found = TimingForm(GIVEN | changes, now=now, zones={"UTC"}, is_staff=True)
    assert found.is_valid(), found.errors
    return found


def again() -> Wave:
    return Wave.objects.select_related("campaign", "letter").get()


class TestSaveTiming:
    def test_stores_days_quiet_hours_and_reminders(self, draft: Wave, now: datetime) -> None:
        save_timing(wave=draft, form=form(now, reminder_2="2026-03-16"), now=now)

        wave = again()
        assert wave.letters_date == date(2026, 3, 9)
        assert wave.campaign.quiet_from is not None
        days = list(wave.reminders.order_by("number").values_list("due_date", flat=True))
        assert days == [date(2026, 3, 12), date(2026, 3, 16)]
        assert not Schedule.objects.exists()

    def test_makes_it_the_first_round_of_a_rhythm(self, draft: Wave, now: datetime) -> None:
        repeated = form(now, rhythm="WEEK", every="2", scales_per_round="1")
        save_timing(wave=draft, form=repeated, now=now)

        wave, schedule = again(), Schedule.objects.get()
        assert wave.planned_date == schedule.first_date == date(2026, 3, 9)
        assert (schedule.every, schedule.open_days) == (2, 10)
        assert 0 < len(wave.scale_codes) < 8
        assert Campaign.objects.get().letter == wave.letter  # the rounds send it too

    def test_stops_a_rhythm(self, draft: Wave, now: datetime) -> None:
        repeated = form(now, rhythm="MONTH", scales_per_round="3")
        save_timing(wave=draft, form=repeated, now=now)
        save_timing(wave=again(), form=form(now), now=now)

        assert not Schedule.objects.get().is_active
        assert (again().planned_date, again().scale_codes) == (None, [])

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"rhythm": "WEEK"}, "rhythm"),  # open longer than a week
            ({"rhythm": "MONTH", "holiday_country": "XX"}, "holiday_country"),
            ({"reminder_1": "2026-03-08"}, "reminder_1"),
            ({"reminder_1": "2026-03-30"}, "reminder_1"),
        ],
    )
    def test_names_the_field_and_stores_nothing(
        self, draft: Wave, now: datetime, changes: dict[str, str], field: str
    ) -> None:
        with pytest.raises(TimingRefusedError) as refused:
            save_timing(wave=draft, form=form(now, **changes), now=now)

        assert refused.value.field == field
        assert again().letters_date is None
        assert not Schedule.objects.exists()

    def test_begins_no_two_rounds_of_a_campaign_on_one_day(
        self, draft: Wave, organisation: Organisation, now: datetime
    ) -> None:
        save_timing(wave=draft, form=form(now, rhythm="MONTH"), now=now)
        other = make_draft(organisation, now)

        with pytest.raises(TimingRefusedError, match="begins that day"):
            save_timing(wave=other, form=form(now, rhythm="MONTH"), now=now)


class TestPreviewRounds:
    def test_shows_them_before_anything_is_saved(self, draft: Wave, now: datetime) -> None:
        today = now.date()
        found = preview_rounds(wave=draft, form=form(now, rhythm="MONTH"), today=today)

        assert found is not None
        assert len(found.rounds) == 5
        assert not Schedule.objects.exists()
        assert preview_rounds(wave=draft, form=form(now), today=today) is None

    def test_says_which_field_cannot_be_kept(self, draft: Wave, now: datetime) -> None:
        odd = form(now, rhythm="MONTH", holiday_country="XX")

        with pytest.raises(TimingRefusedError, match="XX"):
            preview_rounds(wave=draft, form=odd, today=now.date())


class TestPlanReminders:
    def test_keeps_the_words_that_were_written(self, draft: Wave, now: datetime) -> None:
        save_timing(wave=draft, form=form(now), now=now)
        usual = reminder_words(wave=draft)
        plan_reminders(wave=again(), days=[date(2026, 3, 13)], now=now)

        assert reminder_words(wave=draft) == usual
        assert draft.reminders.get().due_date == date(2026, 3, 13)

    def test_waits_for_a_letter(self, draft: Wave, now: datetime) -> None:
        Wave.objects.update(letter=None)
        Campaign.objects.update(letter=None)
        plan_reminders(wave=again(), days=[date(2026, 3, 13)], now=now)

        assert not draft.reminders.exists()
