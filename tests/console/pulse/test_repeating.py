"""Waves that follow each other by themselves."""

from datetime import date, datetime, time
from typing import Any

import pytest

from survey.campaigns.models import Rhythm, Schedule, Wave
from survey.console.pulse.repeating import (
    RepeatFields,
    coming_rounds,
    day_field,
    repeat_initial,
    saved_rotation,
    saved_rounds,
    schedule_values,
    time_field,
    unsaved_schedule,
)
from tests.cast import Organisation
from tests.console.waves import make_draft

DATA: dict[str, Any] = {
    "rhythm": "WEEK",
    "every": None,
    "letters_date": date(2026, 3, 9),
    "letters_time": time(9),
    "closes_date": date(2026, 3, 13),
    "skip_dates": [date(2026, 3, 16)],
    "holiday_country": "gb",
    "scales_per_round": None,
}


@pytest.fixture
def draft(bank: None, organisation: Organisation, now: datetime) -> Wave:
    return make_draft(organisation, now)


class TestRepeatFields:
    def test_reads_days_with_commas_between(self) -> None:
        form = RepeatFields({"skip_dates": "2026-12-24, 2026-12-31 2026-12-24"})

        assert form.is_valid(), form.errors
        assert form.cleaned_data["skip_dates"] == [date(2026, 12, 24), date(2026, 12, 31)]

    def test_names_what_is_no_day(self) -> None:
        form = RepeatFields({"skip_dates": "2026-12-24, Easter"})

        assert "“Easter” is not a day" in str(form.errors["skip_dates"])


class TestScheduleValues:
    def test_are_what_the_form_says(self) -> None:
        values = schedule_values(DATA)

        assert (values["every"], values["open_days"]) == (1, 4)
        assert values["holiday_country"] == "GB"
        assert values["first_date"] == date(2026, 3, 9)


class TestComingRounds:
    def test_come_after_the_first_and_leave_out_what_is_skipped(self, draft: Wave) -> None:
        schedule = unsaved_schedule(campaign=draft.campaign, values=schedule_values(DATA))
        ahead = coming_rounds(schedule=schedule, today=date(2026, 3, 2))
        days = [one.planned_date for one in ahead.rounds]

        assert days[:2] == [date(2026, 3, 23), date(2026, 3, 30)]
        assert len(days) == 5
        assert not Schedule.objects.exists()


class TestSavedRounds:
    def test_are_those_of_an_active_schedule(self, draft: Wave) -> None:
        today = date(2026, 3, 2)
        assert saved_rounds(wave=draft, today=today) is None

        unsaved_schedule(campaign=draft.campaign, values=schedule_values(DATA)).save()
        found = saved_rounds(wave=draft, today=today)
        assert found is not None
        assert len(found.rounds) == 5

        Schedule.objects.update(is_active=False)
        assert saved_rounds(wave=draft, today=today) is None


class TestSavedRotation:
    def test_says_when_everybody_has_seen_everything(self, draft: Wave) -> None:
        assert saved_rotation(wave=draft) == ""

        values = schedule_values(DATA | {"scales_per_round": 1})
        unsaved_schedule(campaign=draft.campaign, values=values).save()
        assert saved_rotation(wave=draft).startswith("Each person sees all items every ")


class TestRepeatInitial:
    def test_says_what_is_saved(self, draft: Wave) -> None:
        assert repeat_initial(wave=draft) == {"rhythm": "", "every": 1}

        unsaved_schedule(campaign=draft.campaign, values=schedule_values(DATA)).save()
        initial = repeat_initial(wave=draft)
        assert initial["rhythm"] == Rhythm.WEEK
        assert initial["skip_dates"] == "2026-03-16"


class TestFields:
    def test_are_those_that_browsers_help_with(self) -> None:
        assert day_field("Day").widget.input_type == "date"
        assert time_field("Time", required=False).required is False
