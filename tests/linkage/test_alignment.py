"""Which releases belong to one period."""

from datetime import UTC, date, datetime

import pytest

from survey.aggregation.models import Release
from survey.campaigns.models import Pairing, Wave
from survey.linkage.alignment import Aligned, closing_moment, find_period

CLOSES = datetime(2026, 4, 1, 18, tzinfo=UTC)


def release(**fields: object) -> Release:
    return Release(wave=Wave(closes_at=CLOSES, **fields), checksum="c")


class TestClosingMoment:
    def test_is_when_somebody_closed_the_wave_early(self) -> None:
        early = datetime(2026, 3, 30, tzinfo=UTC)
        assert closing_moment(Wave(closes_at=CLOSES, closed_at=early)) == early

    def test_is_the_planned_moment_when_workers_came_late(self) -> None:
        late = datetime(2026, 7, 1, tzinfo=UTC)
        assert closing_moment(Wave(closes_at=CLOSES, closed_at=late)) == CLOSES


class TestFindPeriod:
    @pytest.mark.parametrize(
        ("period", "start"), [("MONTH", date(2026, 4, 1)), ("QUARTER", date(2026, 4, 1))]
    )
    def test_is_that_of_the_close(self, period: str, start: date) -> None:
        assert find_period(release(), Pairing(period=period)) == start

    def test_is_that_of_a_month_of_customers(self) -> None:
        found = release()
        found.month_start = date(2026, 2, 1)
        assert find_period(found, Pairing(period="QUARTER")) == date(2026, 1, 1)

    def test_counts_days_where_the_organisation_lives(
        self, settings: pytest.FixtureRequest
    ) -> None:
        settings.TIME_ZONE = "America/New_York"
        midnight = datetime(2026, 4, 1, 2, tzinfo=UTC)
        found = find_period(release(closed_at=midnight), Pairing(period="QUARTER"))
        assert found == date(2026, 1, 1)


class TestAligned:
    def test_has_a_checksum_over_its_releases_and_the_period_before(self) -> None:
        aligned = Aligned(date(2026, 1, 1), release(), (release(), Release(checksum="d")))
        turned = Aligned(date(2026, 1, 1), release(), aligned.cx[::-1])
        assert aligned.checksum("") == turned.checksum("") != aligned.checksum("before")
