"""Rounds over eight zones, four changes of the clock and three rhythms."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.campaigns.models import Campaign, Rhythm, Schedule
from survey.campaigns.schedules import (
    UnknownCalendarError,
    begin_later,
    check_calendar,
    longest_gap_days,
    next_rounds,
    shortest_gap_days,
)
from survey.core.local_time import local_moment
from tests.campaigns.test_zones import CHANGES, ZONES

DAY = timedelta(days=1)
CALENDARS = ("", "GB", "US", "DE-BY", "AU-NSW")


def make_schedule(rhythm: str = "WEEK", first: date = date(2026, 1, 5), **fields: Any) -> Schedule:
    defaults = {"every": 1, "letters_time": time(9), "open_days": 5, "skip_dates": []}
    return Schedule(
        campaign=Campaign(name="Pulse"), rhythm=rhythm, first_date=first, **defaults | fields
    )


@st.composite
def schedules(draw: st.DrawFn) -> Schedule:
    """Draw a schedule whose first rounds come near a change of the clock."""
    rhythm, every = draw(st.sampled_from(Rhythm.values)), draw(st.integers(1, 6))
    shortest = shortest_gap_days(rhythm=rhythm, every=every)
    return make_schedule(
        rhythm,
        draw(st.sampled_from(CHANGES)) - draw(st.integers(0, 40)) * DAY,
        every=every,
        letters_time=draw(st.times()).replace(second=0, microsecond=0),
        open_days=draw(st.integers(1, shortest - 1)),
        holiday_country=draw(st.sampled_from(CALENDARS)),
    )


zones = st.sets(st.sampled_from(ZONES), min_size=1)


class TestNextRounds:
    @given(schedule=schedules(), where=zones)
    def test_follow_each_other_whatever_clocks_do(
        self, schedule: Schedule, where: set[str]
    ) -> None:
        rounds = next_rounds(schedule=schedule, after=schedule.first_date - DAY, n=6, zones=where)

        assert len(rounds) == 6
        for this, following in pairwise(rounds):
            gap = (following.planned_date - this.planned_date).days
            assert gap >= shortest_gap_days(rhythm=schedule.rhythm, every=schedule.every)
            assert this.letters_date < following.letters_date
            if (following.letters_date - this.letters_date).days > 2:
                assert this.closes_at <= following.opens_at
        for one in rounds:
            assert one.planned_date <= one.letters_date
            assert one.letters_date.weekday() < 5
            assert one.opens_at < one.closes_at

    @given(schedule=schedules(), zone=st.sampled_from(ZONES))
    def test_open_at_the_letters_time_by_the_clock(self, schedule: Schedule, zone: str) -> None:
        for one in next_rounds(
            schedule=schedule, after=schedule.first_date - DAY, n=4, zones={zone}
        ):
            wanted = local_moment(day=one.letters_date, at=schedule.letters_time, zone=zone)
            assert one.opens_at == wanted
            shown = one.closes_at.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
            late = shown - datetime.combine(shown.date(), schedule.letters_time)
            assert timedelta() <= late <= timedelta(hours=1)  # later only where clocks skip it

    def test_ask_weekly_on_the_same_weekday(self) -> None:
        rounds = next_rounds(schedule=make_schedule(), after=date(2026, 3, 20), n=3)

        assert [one.planned_date for one in rounds] == [
            date(2026, 3, 23), date(2026, 3, 30), date(2026, 4, 6),
        ]  # fmt: skip

    def test_ask_every_other_week(self) -> None:
        rounds = next_rounds(schedule=make_schedule(every=2), after=date(2026, 1, 1), n=3)

        assert [one.planned_date.day for one in rounds] == [5, 19, 2]

    def test_ask_monthly_on_the_last_day_of_shorter_months(self) -> None:
        schedule = make_schedule("MONTH", date(2026, 1, 31))

        rounds = next_rounds(schedule=schedule, after=date(2026, 1, 1), n=4)

        assert [one.planned_date.day for one in rounds] == [31, 28, 31, 30]

    def test_ask_quarterly(self) -> None:
        schedule = make_schedule("QUARTER", date(2026, 2, 2))

        rounds = next_rounds(schedule=schedule, after=date(2026, 2, 2), n=3)

        assert [one.planned_date.month for one in rounds] == [5, 8, 11]

    def test_begin_on_the_next_working_day_after_a_weekend_and_holidays(self) -> None:
        schedule = make_schedule("MONTH", date(2025, 12, 25), holiday_country="GB-ENG")

        first = next_rounds(schedule=schedule, after=date(2025, 12, 1), n=1)[0]

        assert (first.planned_date.day, first.letters_date.day) == (25, 29)  # over a weekend

    def test_leave_out_what_would_begin_on_a_skipped_day(self) -> None:
        schedule = make_schedule(skip_dates=["2026-01-12"])

        rounds = next_rounds(schedule=schedule, after=date(2026, 1, 1), n=2)

        assert [one.planned_date.day for one in rounds] == [5, 19]

    def test_leave_out_what_would_be_moved_onto_a_skipped_day(self) -> None:
        schedule = make_schedule(first=date(2026, 1, 3), skip_dates=["2026-01-12"])  # Saturdays

        rounds = next_rounds(schedule=schedule, after=date(2026, 1, 1), n=2)

        assert [one.letters_date.day for one in rounds] == [5, 19]

    def test_leave_out_what_holidays_move_onto_the_next(self) -> None:
        schedule = make_schedule(first=date(2025, 9, 24), holiday_country="CN")

        rounds = next_rounds(schedule=schedule, after=date(2025, 9, 30), n=1)

        assert rounds[0].planned_date == date(2025, 10, 8)  # that of 1 October would begin then
        assert rounds[0].letters_date == date(2025, 10, 9)

    def test_end_before_the_next_begins(self) -> None:
        schedule = make_schedule(first=date(2026, 1, 3), open_days=6)  # Saturdays, so Mondays
        skewed = make_schedule("MONTH", date(2026, 1, 31), open_days=27)

        for one in (schedule, skewed):
            for this, following in pairwise(
                next_rounds(schedule=one, after=date(2026, 1, 1), n=12)
            ):
                assert this.closes_at <= following.opens_at

    def test_take_turns_with_the_scales(self) -> None:
        blocks = (("a", "b"), ("c",))

        rounds = next_rounds(schedule=make_schedule(), after=date(2026, 1, 1), n=3, blocks=blocks)

        assert [one.scale_codes for one in rounds] == [("a", "b"), ("c",), ("a", "b")]

    def test_end_where_every_day_is_skipped(self) -> None:
        first = date(2026, 1, 5)
        skipped = [(first + 7 * n * DAY).isoformat() for n in range(5300)]

        assert next_rounds(schedule=make_schedule(skip_dates=skipped), after=first, n=2) == []


class TestBeginLater:
    def test_keeps_its_name_and_its_length(self) -> None:
        late = begin_later(
            schedule=make_schedule("MONTH"),
            planned_date=date(2026, 2, 5),
            earliest=date(2026, 2, 14),  # a Saturday
        )

        assert late is not None
        assert (late.planned_date.day, late.letters_date.day) == (5, 16)
        assert late.closes_at - late.opens_at == 5 * DAY

    def test_ends_when_the_next_begins(self) -> None:
        late = begin_later(
            schedule=make_schedule(), planned_date=date(2026, 1, 5), earliest=date(2026, 1, 9)
        )

        assert late is not None
        assert late.closes_at == datetime(2026, 1, 12, 9, tzinfo=UTC)

    def test_gives_up_where_the_next_begins_by_then(self) -> None:
        late = begin_later(
            schedule=make_schedule(), planned_date=date(2026, 1, 5), earliest=date(2026, 1, 10)
        )

        assert late is None

    def test_knows_no_round_that_is_not_planned(self) -> None:
        day = date(2026, 1, 6)

        assert begin_later(schedule=make_schedule(), planned_date=day, earliest=day) is None


class TestCalendars:
    @pytest.mark.parametrize("country", [*CALENDARS, "JP", "CA-QC"])
    def test_are_those_of_countries_and_their_parts(self, country: str) -> None:
        check_calendar(country=country)

    @pytest.mark.parametrize("country", ["XX", "GB-NOWHERE", "Utopia", "-"])
    def test_are_refused_where_nobody_knows_them(self, country: str) -> None:
        with pytest.raises(UnknownCalendarError):
            check_calendar(country=country)


class TestGaps:
    @given(schedule=schedules())
    def test_hold_all_that_there_are(self, schedule: Schedule) -> None:
        schedule.holiday_country = ""
        rounds = next_rounds(schedule=schedule, after=schedule.first_date - DAY, n=12)

        kind = {"rhythm": schedule.rhythm, "every": schedule.every}
        for this, following in pairwise(one.planned_date for one in rounds):
            gap = (following - this).days
            assert shortest_gap_days(**kind) <= gap <= longest_gap_days(**kind)
