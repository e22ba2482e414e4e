"""Until when somebody is called back, checked hour by hour by somebody who counts on fingers."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from survey.followup.callback_times import add_hours

ZONES = ("Europe/Berlin", "America/New_York", "Asia/Kolkata")
MINUTE, HALF_HOUR = timedelta(minutes=1), timedelta(minutes=30)


def count_working_time(start: datetime, end: datetime, zone: ZoneInfo) -> timedelta:
    """Count the half hours from one moment to another that are on no Saturday or Sunday."""
    total, moment = timedelta(), start
    while moment < end:
        step = min(
            HALF_HOUR - (moment - datetime.min.replace(tzinfo=UTC)) % HALF_HOUR, end - moment
        )
        if moment.astimezone(zone).strftime("%a") not in ("Sat", "Sun"):
            total += step
        moment += step
    return total


class TestAddHours:
    @pytest.mark.parametrize("name", ZONES)
    @pytest.mark.parametrize("hours", [1, 24, 60])
    def test_counts_the_hours_of_working_days_on_every_day_of_a_year(
        self, name: str, hours: int
    ) -> None:
        zone = ZoneInfo(name)
        for day in range(365):
            midnight = datetime(2026, 1, 1, tzinfo=zone).replace(tzinfo=None) + timedelta(days=day)
            for wall in (midnight - MINUTE, midnight, midnight + timedelta(hours=13, minutes=7)):
                start = wall.replace(tzinfo=zone).astimezone(UTC)
                due = add_hours(moment=start, hours=hours, counts_weekends=False, zone=zone)

                assert count_working_time(start, due, zone) == timedelta(hours=hours)
                assert (due - MINUTE).astimezone(zone).strftime("%a") not in ("Sat", "Sun")

    def test_counts_every_hour_where_weekends_count(self) -> None:
        friday = datetime(2026, 3, 6, 17, 0, tzinfo=UTC)

        due = add_hours(moment=friday, hours=24, counts_weekends=True, zone=ZoneInfo("UTC"))

        assert due == datetime(2026, 3, 7, 17, 0, tzinfo=UTC)

    def test_goes_on_on_monday_after_a_friday(self) -> None:
        friday = datetime(2026, 3, 6, 17, 0, tzinfo=UTC)

        due = add_hours(moment=friday, hours=24, counts_weekends=False, zone=ZoneInfo("UTC"))

        assert due == datetime(2026, 3, 9, 17, 0, tzinfo=UTC)
