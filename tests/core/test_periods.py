"""Months and quarters."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.core.periods import Period, period_before, period_name, period_start

periods = st.sampled_from(list(Period))


class TestPeriodStart:
    @pytest.mark.parametrize(
        ("day", "month", "quarter"),
        [
            (date(2026, 1, 1), date(2026, 1, 1), date(2026, 1, 1)),
            (date(2026, 3, 31), date(2026, 3, 1), date(2026, 1, 1)),
            (date(2026, 4, 1), date(2026, 4, 1), date(2026, 4, 1)),
            (date(2028, 2, 29), date(2028, 2, 1), date(2028, 1, 1)),
            (date(2026, 12, 31), date(2026, 12, 1), date(2026, 10, 1)),
        ],
    )
    def test_is_the_first_day(self, day: date, month: date, quarter: date) -> None:
        assert period_start(day, Period.MONTH) == month
        assert period_start(day, Period.QUARTER) == quarter

    @given(day=st.dates(), period=periods)
    def test_lies_in_its_own_period(self, day: date, period: Period) -> None:
        start = period_start(day, period)

        assert start <= day
        assert period_start(start, period) == start

    @given(days=st.tuples(st.dates(), st.dates()), period=periods)
    def test_never_turns_two_days_round(self, days: tuple[date, date], period: Period) -> None:
        first, last = sorted(days)

        assert period_start(first, period) <= period_start(last, period)


class TestPeriodBefore:
    @pytest.mark.parametrize(
        ("start", "period", "before"),
        [
            (date(2026, 3, 1), Period.MONTH, date(2026, 2, 1)),
            (date(2026, 1, 1), Period.MONTH, date(2025, 12, 1)),
            (date(2026, 4, 1), Period.QUARTER, date(2026, 1, 1)),
            (date(2026, 1, 1), Period.QUARTER, date(2025, 10, 1)),
        ],
    )
    def test_is_the_one_next_to_it(self, start: date, period: Period, before: date) -> None:
        assert period_before(start, period) == before


class TestPeriodName:
    @pytest.mark.parametrize(
        ("start", "month", "quarter"),
        [
            (date(2026, 1, 1), "January 2026", "Q1 2026"),
            (date(2026, 4, 1), "April 2026", "Q2 2026"),
            (date(2026, 10, 1), "October 2026", "Q4 2026"),
        ],
    )
    def test_is_what_people_say(self, start: date, month: str, quarter: str) -> None:
        assert period_name(start, Period.MONTH) == month
        assert period_name(start, Period.QUARTER) == quarter
