"""Local days."""

from datetime import UTC, date, datetime

import pytest
from django.utils import timezone

from survey.core.timestamps import local_date


class TestLocalDate:
    @pytest.mark.parametrize(
        ("zone", "day"),
        [
            ("UTC", date(2026, 3, 31)),
            ("Asia/Tokyo", date(2026, 4, 1)),
            ("America/New_York", date(2026, 3, 31)),
        ],
    )
    def test_is_the_day_where_the_organisation_lives(self, zone: str, day: date) -> None:
        with timezone.override(zone):
            assert local_date(datetime(2026, 3, 31, 23, 30, tzinfo=UTC)) == day

    def test_follows_summer_time(self) -> None:
        with timezone.override("Europe/London"):
            assert local_date(datetime(2026, 6, 30, 23, 0, tzinfo=UTC)) == date(2026, 7, 1)
            assert local_date(datetime(2026, 12, 31, 23, 0, tzinfo=UTC)) == date(2026, 12, 31)
