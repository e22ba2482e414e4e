"""When the waves of the demo's past took answers."""

from datetime import UTC, date, datetime, timedelta

import pytest

from survey.core.periods import Period, period_start
from survey.samples.history import (
    colleague_window,
    customer_window,
    employee_window,
    next_quarter,
    past_quarters,
)


class TestPastQuarters:
    @pytest.mark.parametrize("today", [date(2026, 1, 1), date(2026, 2, 28), date(2026, 3, 31)])
    def test_are_those_before_the_present_one(self, today: date) -> None:
        assert past_quarters(today=today, n=3) == [
            date(2025, 4, 1),
            date(2025, 7, 1),
            date(2025, 10, 1),
        ]


class TestWindows:
    @pytest.mark.parametrize("start", past_quarters(today=date(2026, 11, 21), n=8))
    def test_close_inside_their_quarter(self, start: date) -> None:
        end = next_quarter(start)

        for window in (customer_window(start, end), colleague_window(end), employee_window(end)):
            assert window.opens_at < window.closes_at
            assert period_start(window.opens_at.date(), Period.QUARTER) == start
            assert period_start(window.closes_at.date(), Period.QUARTER) == start

    def test_let_employees_answer_for_two_weeks(self) -> None:
        window = employee_window(date(2026, 4, 1))

        assert window.closes_at == datetime(2026, 3, 11, 18, tzinfo=UTC)
        assert window.closes_at - window.opens_at == timedelta(days=14)

    @pytest.mark.parametrize("start", past_quarters(today=date(2026, 11, 21), n=8))
    def test_ask_colleagues_before_employees(self, start: date) -> None:
        end = next_quarter(start)

        assert colleague_window(end).closes_at <= employee_window(end).opens_at
