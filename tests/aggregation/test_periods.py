"""Which month or quarter a release belongs to."""

from datetime import UTC, date, datetime, timedelta

import pytest
from pytest_django import Settings

from survey.aggregation.models import Release
from survey.aggregation.periods import closing_moment, find_period, list_periods
from survey.campaigns.models import Campaign, Pairing, Wave
from survey.core.periods import Period
from tests.cast import Organisation
from tests.factories.aggregation import CLOSED, make_campaign, make_instrument, make_wave


@pytest.fixture
def campaign(organisation: Organisation) -> Campaign:
    return make_campaign(make_instrument(), organisation.company)


@pytest.fixture
def wave(campaign: Campaign) -> Wave:
    return make_wave(campaign)


class TestClosingMoment:
    def test_is_when_somebody_closed_the_wave_before_its_time(self, wave: Wave) -> None:
        wave.closed_at = CLOSED - timedelta(days=3)

        assert closing_moment(wave) == CLOSED - timedelta(days=3)

    def test_is_the_time_it_was_to_close_however_late_the_worker_was(self, wave: Wave) -> None:
        wave.closed_at = CLOSED + timedelta(days=3)

        assert closing_moment(wave) == CLOSED


class TestFindPeriod:
    @pytest.mark.parametrize(
        ("period", "start"),
        [(Period.QUARTER, date(2026, 1, 1)), (Period.MONTH, date(2026, 3, 1))],
    )
    def test_is_that_of_the_last_day(self, wave: Wave, period: str, start: date) -> None:
        assert find_period(Release(wave=wave), period) == start

    def test_is_that_of_the_month_of_a_customer_release(self, wave: Wave) -> None:
        release = Release(wave=wave, month_start=date(2025, 11, 1))

        assert find_period(release, Period.QUARTER) == date(2025, 10, 1)

    def test_counts_days_where_the_organisation_lives(self, wave: Wave, settings: Settings) -> None:
        settings.TIME_ZONE = "America/New_York"
        wave.closed_at = datetime(2026, 1, 1, 2, tzinfo=UTC)

        assert find_period(Release(wave=wave), Period.QUARTER) == date(2025, 10, 1)


class TestListPeriods:
    def test_is_a_quarter_where_nothing_is_paired(self, campaign: Campaign) -> None:
        assert list_periods(campaign) == [Period.QUARTER]

    def test_is_what_the_pairings_say(self, campaign: Campaign, organisation: Organisation) -> None:
        other = make_campaign(make_instrument("CUSTOMER", prefix="cx_"), organisation.company, "cx")
        Pairing.objects.create(code="both", name="Both", ex=campaign, cx=other, period=Period.MONTH)

        assert list_periods(campaign) == list_periods(other) == [Period.MONTH]
