"""When people are asked."""

from datetime import UTC, date, datetime, time
from typing import Any

import pytest

from survey.campaigns.models import Wave
from survey.campaigns.services.redrafting import Window
from survey.console.pulse.timing import (
    TimingForm,
    closing_wall_time,
    first_reminders,
    first_window,
    timing_initial,
)
from survey.core.local_time import QuietHours
from survey.questionnaires.models import Audience
from tests.cast import Organisation
from tests.console.waves import make_draft

GIVEN = {
    "starts": "on",
    "letters_date": "2026-03-09",
    "letters_time": "09:00",
    "closes_date": "2026-03-19",
    "closes_time": "17:00",
    "quiet_from": "20:00",
    "quiet_until": "08:00",
    "reminder_1": "2026-03-12",
    "every": "1",
}
WORLD = {"Asia/Tokyo", "Europe/Berlin", "America/New_York"}


def form(now: datetime, *, zones: set[str] | None = None, **changes: Any) -> TimingForm:
    return TimingForm(GIVEN | changes, now=now, zones=zones or {"UTC"}, is_staff=True)


class TestTimingForm:
    def test_opens_where_the_day_begins_and_closes_where_it_ends(self, now: datetime) -> None:
        window = self.window(form(now, zones=WORLD))

        assert window.opens_at == datetime(2026, 3, 9, 0, 0, tzinfo=UTC)  # Tokyo
        assert window.closes_at == datetime(2026, 3, 19, 21, 0, tzinfo=UTC)  # New York
        assert (window.letters_date, window.letters_time) == (date(2026, 3, 9), time(9))

    def test_lets_letters_go_at_once(self, now: datetime) -> None:
        window = self.window(form(now, starts="now"))

        assert (window.opens_at, window.letters_date) == (now, None)

    def window(self, given: TimingForm) -> Window:
        assert given.is_valid(), given.errors
        assert given.window is not None
        return given.window

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"letters_date": ""}, "letters_date"),
            ({"letters_time": ""}, "letters_time"),
            ({"letters_date": "2026-03-01"}, "letters_date"),
            ({"closes_date": "2026-03-08"}, "closes_date"),
            ({"closes_date": "2027-06-08"}, "closes_date"),
            ({"closes_date": "soon"}, "closes_date"),
            ({"quiet_until": ""}, "quiet_until"),
            ({"quiet_from": ""}, "quiet_from"),
            ({"quiet_until": "20:00"}, "quiet_until"),
            ({"starts": "now", "rhythm": "WEEK"}, "starts"),
            ({"rhythm": "DAY"}, "rhythm"),
            ({"every": "0"}, "every"),
            ({"skip_dates": "2026-12-24, Christmas"}, "skip_dates"),
        ],
    )
    def test_names_the_field_that_is_wrong(
        self, now: datetime, changes: dict[str, str], field: str
    ) -> None:
        assert set(form(now, **changes).errors) == {field}

    def test_reads_quiet_hours_and_reminders(self, now: datetime) -> None:
        given = form(now, reminder_1="2026-03-16", reminder_2="2026-03-12")

        assert given.is_valid()
        assert given.quiet_hours() == QuietHours(time(20), time(8))
        assert given.reminder_days() == [date(2026, 3, 12), date(2026, 3, 16)]

    def test_needs_no_quiet_hours(self, now: datetime) -> None:
        given = form(now, quiet_from="", quiet_until="")

        assert given.is_valid()
        assert given.quiet_hours() is None

    def test_repeats_and_reminds_staff_only(self, now: datetime) -> None:
        customers = TimingForm(GIVEN, now=now, zones=(), is_staff=False)

        assert customers.is_valid()
        assert "rhythm" not in customers.fields
        assert customers.reminder_days() == []


class TestClosingWallTime:
    def test_is_that_of_the_westernmost_zone(self) -> None:
        closes_at = datetime(2026, 3, 19, 21, 0, tzinfo=UTC)

        assert closing_wall_time(closes_at=closes_at, zones=WORLD).time() == time(17)
        assert closing_wall_time(closes_at=closes_at, zones=()).time() == time(21)


class TestTimingInitial:
    @pytest.mark.usefixtures("bank")
    def test_says_what_the_draft_says(self, organisation: Organisation, now: datetime) -> None:
        draft = make_draft(organisation, now)
        at_once = timing_initial(wave=draft, zones=())
        draft.letters_date, draft.letters_time = date(2026, 3, 9), time(10)
        on_a_day = timing_initial(wave=draft, zones=())

        assert (at_once["starts"], on_a_day["starts"]) == ("now", "on")
        assert on_a_day["letters_time"] == time(10)
        assert (at_once["quiet_from"], at_once["quiet_until"]) == (time(20), time(8))
        assert Wave.objects.get().letters_date is None


class TestFirstWindow:
    @pytest.mark.parametrize(
        ("today", "starts"), [(2, 3), (6, 9), (7, 9), (8, 9)]
    )  # 2 March 2026 is a Monday
    def test_begins_on_the_next_working_morning(self, today: int, starts: int) -> None:
        now = datetime(2026, 3, today, 9, 0, tzinfo=UTC)
        window = first_window(audience=Audience.EMPLOYEE, now=now, zones={"UTC"})

        assert window.opens_at == datetime(2026, 3, starts, 9, 0, tzinfo=UTC)
        assert (window.closes_at - window.opens_at).days == 10

    def test_asks_customers_from_now_on(self, now: datetime) -> None:
        window = first_window(audience=Audience.CUSTOMER, now=now, zones=set())

        assert window.opens_at == now
        assert (window.closes_at - now).days == 90


class TestFirstReminders:
    def test_are_working_days_within_the_wave(self, now: datetime) -> None:
        window = first_window(audience=Audience.EMPLOYEE, now=now, zones={"UTC"})
        days = first_reminders(window=window)

        assert len(days) == 2
        assert all(day.weekday() < 5 for day in days)
        assert now.date() < days[0] < days[1] < window.closes_at.date()

    def test_are_none_where_letters_go_at_once(self, now: datetime) -> None:
        assert first_reminders(window=Window(now, now)) == []
