"""Letters by people's own clocks: eight zones over the changes of their clocks."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from survey.campaigns.models import Campaign, Wave
from survey.campaigns.zones import (
    is_zone,
    letter_due_at,
    plan_window,
    quiet_hours_of,
    zone_of,
    zones_of,
)
from survey.core.local_time import QuietHours, after_quiet_hours, local_moment
from survey.organization.models import Customer, Person

ZONES = (
    "Europe/London",
    "America/New_York",
    "America/St_Johns",
    "Australia/Lord_Howe",  # its clock moves by half an hour
    "Pacific/Kiritimati",
    "Pacific/Pago_Pago",
    "Asia/Kathmandu",
    "America/Asuncion",  # its clock used to skip midnight
)
CHANGES = (date(2026, 3, 8), date(2026, 3, 29), date(2026, 10, 25), date(2026, 11, 1))
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)

zones = st.sampled_from(ZONES)
days = st.builds(
    lambda change, n: change + n * DAY, st.sampled_from(CHANGES), st.integers(-2, 2)
) | st.sampled_from([date(2021, 10, 3), date(2022, 3, 27), date(2026, 4, 5), date(2026, 10, 4)])
times = st.times().map(lambda at: at.replace(second=0, microsecond=0))
moments = st.builds(lambda day, at: datetime.combine(day, at, UTC), days, st.times())
quiets = st.builds(QuietHours, times, times)


def wall(moment: datetime, zone: str) -> datetime:
    return moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None)


class TestLocalMoment:
    @given(day=days, at=times, zone=zones)
    def test_is_the_wall_time_or_the_next_that_exists(self, day: date, at: time, zone: str) -> None:
        moment = local_moment(day=day, at=at, zone=zone)

        wanted, found = datetime.combine(day, at), wall(moment, zone)
        assert found >= wanted
        if found > wanted:  # nobody's clock ever showed what lies between
            assert wall(moment - MINUTE, zone) < wanted

    @given(day=days, at=times, zone=zones)
    def test_is_the_first_of_two(self, day: date, at: time, zone: str) -> None:
        moment = local_moment(day=day, at=at, zone=zone)

        shown = [wall(moment - n * 15 * MINUTE, zone) for n in range(1, 13)]
        assert wall(moment, zone) not in shown


class TestAfterQuietHours:
    @given(moment=moments, zone=zones, quiet=quiets)
    def test_never_goes_back_and_never_ends_in_quiet_hours(
        self, moment: datetime, zone: str, quiet: QuietHours
    ) -> None:
        due_at = after_quiet_hours(moment=moment, zone=zone, quiet=quiet)

        assert moment <= due_at <= moment + DAY + timedelta(hours=2)
        assert not quiet.holds(wall(due_at, zone).time())

    @given(moment=moments, zone=zones, quiet=quiets)
    def test_leaves_moments_alone_that_are_not_quiet(
        self, moment: datetime, zone: str, quiet: QuietHours
    ) -> None:
        if not quiet.holds(wall(moment, zone).time()):
            assert after_quiet_hours(moment=moment, zone=zone, quiet=quiet) == moment


class TestPlanWindow:
    @given(day=days, at=times, where=st.sets(zones, min_size=1), n=st.integers(2, 20))
    def test_gives_nobody_less_time_than_the_letter_says(
        self, day: date, at: time, where: set[str], n: int
    ) -> None:
        opens_at, closes_at = plan_window(
            letters_date=day,
            letters_time=at,
            closes_date=day + n * DAY,
            closes_time=at,
            zones=where,
        )

        letters = [local_moment(day=day, at=at, zone=zone) for zone in where]
        ends = [local_moment(day=day + n * DAY, at=at, zone=zone) for zone in where]
        assert opens_at in letters
        assert closes_at in ends
        assert all(opens_at <= moment for moment in letters)
        assert all(closes_at >= moment for moment in ends)

    def test_takes_the_zone_of_the_organisation_where_none_is_known(
        self, settings: Settings
    ) -> None:
        settings.TIME_ZONE = "Asia/Tokyo"

        opens_at, _ = plan_window(
            letters_date=date(2026, 3, 2),
            letters_time=time(9),
            closes_date=date(2026, 3, 9),
            closes_time=time(9),
            zones=(),
        )

        assert opens_at == datetime(2026, 3, 2, tzinfo=UTC)


class TestZoneOf:
    def test_is_the_organisations_where_theirs_is_unknown(self, settings: Settings) -> None:
        settings.TIME_ZONE = "Asia/Tokyo"

        assert zone_of(Person(time_zone="Europe/Berlin")) == "Europe/Berlin"
        assert zone_of(Customer(time_zone="")) == "Asia/Tokyo"
        assert zone_of(Person(time_zone="Middle/Earth")) == "Asia/Tokyo"
        assert zone_of(None) == "Asia/Tokyo"

    @pytest.mark.parametrize("name", ["", "Europe", "../passwd", "/etc/passwd", "Europe/\0"])
    def test_takes_nothing_else_for_a_zone(self, name: str) -> None:
        assert not is_zone(name)


@pytest.mark.django_db
class TestZonesOf:
    def test_are_those_of_some_people_or_of_everybody(self, settings: Settings) -> None:
        settings.TIME_ZONE = "Asia/Tokyo"
        people = [
            Person.objects.create(external_id=zone or "none", name="P", time_zone=zone)
            for zone in ("", "Europe/Berlin", "Asia/Kathmandu")
        ]

        assert zones_of(people={people[0].pk, people[1].pk}) == {"Asia/Tokyo", "Europe/Berlin"}
        assert zones_of() == {"Asia/Tokyo", "Europe/Berlin", "Asia/Kathmandu"}


class TestLetterDueAt:
    @given(day=days, at=times, zone=zones, now=moments, quiet=st.none() | quiets)
    def test_is_never_early_never_quiet_and_never_after_the_close(
        self, day: date, at: time, zone: str, now: datetime, quiet: QuietHours | None
    ) -> None:
        wave = make_wave(day, at, quiet)

        due_at = letter_due_at(wave=wave, zone=zone, now=now)

        turn = max(now, local_moment(day=day, at=at, zone=zone))
        if due_at is None:
            assert after_quiet_hours(moment=turn, zone=zone, quiet=quiet) >= wave.closes_at
        else:
            assert turn <= due_at < wave.closes_at
            assert quiet is None or not quiet.holds(wall(due_at, zone).time())

    def test_is_now_where_the_wave_names_no_time(self) -> None:
        now = datetime(2026, 3, 2, 9, tzinfo=UTC)

        assert letter_due_at(wave=make_wave(None, None, None), zone="UTC", now=now) == now


def make_wave(day: date | None, at: time | None, quiet: QuietHours | None) -> Wave:
    campaign = Campaign(
        quiet_from=quiet.begins if quiet else None, quiet_until=quiet.ends if quiet else None
    )
    assert quiet_hours_of(campaign) == quiet
    first = datetime.combine(day or date(2026, 3, 2), time(9), UTC)
    return Wave(campaign=campaign, letters_date=day, letters_time=at, closes_at=first + 3 * DAY)
