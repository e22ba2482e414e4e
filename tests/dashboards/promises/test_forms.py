"""What is filled in to promise something."""

from datetime import date, timedelta

import pytest

from survey.dashboards.promises.forms import DayForm, KeptForm, PromiseForm

TODAY = date(2026, 3, 2)
DAY = timedelta(days=1)
FILLED = {"answer": "will", "audience": "EMPLOYEE", "what": "Paint", "who_name": "Jo"}


def fill(**more: str) -> PromiseForm:
    return PromiseForm(
        FILLED | more,
        teams=[(7, "Bakery")],
        has_everybody=True,
        themes=[("fair", "Fairness")],
        today=TODAY,
    )


class TestPromiseForm:
    @pytest.mark.parametrize(
        ("given", "wrong"),
        [
            ({"due_date": "2026-03-02"}, []),
            ({"due_date": "2026-03-01"}, ["due_date"]),
            ({}, ["due_date"]),
            ({"answer": "wont"}, ["because"]),
            ({"answer": "wont", "because": "No money"}, []),
            ({"due_date": "2026-03-02", "team": "8"}, ["team"]),
            ({"due_date": "2026-03-02", "team": "7", "theme": "fair"}, []),
            ({"due_date": "2026-03-02", "theme": "lost"}, ["theme"]),
            ({"due_date": "2026-03-02", "what": ""}, ["what"]),
        ],
    )
    def test_asks_for_a_day_or_a_reason(self, given: dict[str, str], wrong: list[str]) -> None:
        assert list(fill(**given).errors) == wrong


class TestKeptForm:
    @pytest.mark.parametrize(("day", "is_fine"), [(0, True), (-2, True), (-3, False), (1, False)])
    def test_takes_days_since_the_promise(self, day: int, is_fine: bool) -> None:
        data = {"kept_date": (TODAY + day * DAY).isoformat()}

        assert KeptForm(data, made=TODAY - 2 * DAY, today=TODAY).is_valid() == is_fine


class TestDayForm:
    @pytest.mark.parametrize(("day", "is_fine"), [(0, True), (9, True), (-1, False)])
    def test_takes_days_to_come(self, day: int, is_fine: bool) -> None:
        data = {"due_date": (TODAY + day * DAY).isoformat(), "why": "Late shift"}

        assert DayForm(data, today=TODAY).is_valid() == is_fine
