"""Tests of wall clocks over changes of the clock."""

from datetime import UTC, date, datetime, time

import pytest

from survey.core.local_time import QuietHours, after_quiet_hours, local_moment

NIGHT = QuietHours(time(20), time(8))
BERLIN = "Europe/Berlin"


def utc(day: int, hour: int, minute: int = 0, month: int = 3) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


class TestLocalMoment:
    def test_takes_an_ordinary_time_as_it_is(self) -> None:
        moment = local_moment(day=date(2026, 3, 28), at=time(9), zone=BERLIN)
        assert moment == utc(28, 8)

    @pytest.mark.parametrize("minute", [0, 30, 59])
    def test_takes_the_next_valid_minute_where_the_clock_skips(self, minute: int) -> None:
        skipped = local_moment(day=date(2026, 3, 29), at=time(2, minute), zone=BERLIN)
        assert skipped == local_moment(day=date(2026, 3, 29), at=time(3), zone=BERLIN) == utc(29, 1)

    def test_takes_the_first_of_two(self) -> None:
        moment = local_moment(day=date(2026, 10, 25), at=time(2, 30), zone=BERLIN)
        assert moment == utc(25, 0, 30, month=10)


class TestAfterQuietHours:
    @pytest.mark.parametrize(
        ("hour", "expected"),
        [(6, utc(10, 7)), (7, utc(10, 7)), (18, utc(10, 18)), (19, utc(11, 7)), (23, utc(11, 7))],
    )
    def test_waits_for_their_end(self, hour: int, expected: datetime) -> None:
        assert after_quiet_hours(moment=utc(10, hour), zone=BERLIN, quiet=NIGHT) == expected

    def test_leaves_a_moment_alone_where_no_hour_is_quiet(self) -> None:
        assert after_quiet_hours(moment=utc(10, 1), zone=BERLIN, quiet=None) == utc(10, 1)

    def test_never_ends_inside_the_quiet_hours(self) -> None:
        noon = QuietHours(time(12), time(13))
        assert after_quiet_hours(moment=utc(10, 11, 30), zone=BERLIN, quiet=noon) == utc(10, 12)
        assert after_quiet_hours(moment=utc(10, 12), zone=BERLIN, quiet=noon) == utc(10, 12)

    @pytest.mark.parametrize(
        ("hour", "end"), [(0, utc(25, 0, 30, month=10)), (1, utc(25, 1, 30, month=10))]
    )
    def test_never_goes_back_to_an_end_before_the_clock_was_set_back(
        self, hour: int, end: datetime
    ) -> None:
        quiet = QuietHours(time(22), time(2, 30))  # 02:15 comes twice that night
        moment = utc(25, hour, 15, month=10)
        assert after_quiet_hours(moment=moment, zone=BERLIN, quiet=quiet) == end
