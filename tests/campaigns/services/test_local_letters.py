"""Letters by everybody's own clock, outside quiet hours."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.core.mail import EmailMessage
from pytest_django import Settings

from survey.campaigns.models import Campaign, Invitation, Wave
from survey.campaigns.services import launch_wave, open_due_waves, send_due_letters
from survey.campaigns.zones import plan_window
from survey.letters.models import Delivery, DomainPace
from survey.organization.models import Person
from tests.factories.campaigns import NOW, make_campaign, make_draft, make_teams

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
SPRING = date(2026, 3, 29)  # Berlin's clock skips from two to three
PLACES = ("Asia/Tokyo", "Europe/Berlin", "America/New_York")


@pytest.fixture
def campaign() -> Campaign:
    """Two people each in three places."""
    campaign = make_campaign(make_teams({"top": None}, {"top": 6})["top"])
    for number, person in enumerate(Person.objects.order_by("pk")):
        person.time_zone = PLACES[number % 3]
        person.save()
    return campaign


def launch(campaign: Campaign, day: date, at: time) -> Wave:
    opens_at, closes_at = plan_window(
        letters_date=day,
        letters_time=at,
        closes_date=day + 3 * DAY,
        closes_time=at,
        zones=PLACES,
    )
    draft = make_draft(
        campaign, opens_at=opens_at, closes_at=closes_at, letters_date=day, letters_time=at
    )
    wave = launch_wave(wave_id=draft.pk, now=NOW)
    assert open_due_waves(now=wave.opens_at) == 1
    return wave


def due_times(zone: str) -> set[datetime]:
    rows = Delivery.objects.filter(invitation__person__time_zone=zone)
    return set(rows.values_list("due_at", flat=True))


def utc(day: int, hour: int, minute: int = 0, month: int = 3) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


class TestQueueInvitations:
    def test_writes_to_everybody_at_the_same_hour_of_their_day(self, campaign: Campaign) -> None:
        wave = launch(campaign, date(2026, 3, 10), time(9))

        assert [due_times(zone) for zone in PLACES] == [
            {utc(10, 0)}, {utc(10, 8)}, {utc(10, 13)},
        ]  # fmt: skip
        assert (wave.opens_at, wave.closes_at) == (utc(10, 0), utc(13, 13))

    def test_takes_the_next_minute_there_is(self, campaign: Campaign) -> None:
        launch(campaign, SPRING, time(2, 30))

        assert due_times("Europe/Berlin") == {utc(29, 1)}

    def test_waits_for_the_end_of_quiet_hours(self, campaign: Campaign) -> None:
        campaign.quiet_from, campaign.quiet_until = time(20), time(10)
        campaign.save()

        launch(campaign, date(2026, 3, 10), time(9))

        assert due_times("Asia/Tokyo") == {utc(10, 1)}
        assert due_times("America/New_York") == {utc(10, 14)}

    def test_writes_at_once_where_the_hour_has_passed(self, campaign: Campaign) -> None:
        day = date(2026, 3, 10)
        draft = make_draft(campaign, opens_at=utc(10, 12), letters_date=day, letters_time=time(9))
        launch_wave(wave_id=draft.pk, now=utc(10, 12))

        open_due_waves(now=utc(10, 12))

        assert due_times("Asia/Tokyo") == due_times("Europe/Berlin") == {utc(10, 12)}
        assert due_times("America/New_York") == {utc(10, 13)}

    def test_writes_to_nobody_whose_quiet_hours_end_after_the_close(
        self, campaign: Campaign
    ) -> None:
        campaign.quiet_from, campaign.quiet_until = time(8), time(20)
        campaign.save()
        draft = make_draft(campaign, opens_at=utc(10, 12), closes_at=utc(10, 20))
        launch_wave(wave_id=draft.pk, now=NOW)

        open_due_waves(now=utc(10, 12))

        assert due_times("Asia/Tokyo") == {utc(10, 12)}  # nine in the evening there
        assert due_times("Europe/Berlin") == {utc(10, 19)}
        assert due_times("America/New_York") == set()  # only at midnight UTC
        assert Invitation.objects.filter(delivery=None).count() == 2


class TestSendDueLetters:
    def test_lets_letters_that_are_quiet_take_no_share_from_others(
        self, campaign: Campaign, settings: Settings, mailoutbox: list[EmailMessage]
    ) -> None:
        settings.LETTERS_PER_DOMAIN_MINUTE = 6
        launch(campaign, date(2026, 3, 10), time(9))
        campaign.quiet_from, campaign.quiet_until = time(20), time(10)
        campaign.save()

        send_due_letters(now=utc(10, 13))  # nine in the morning in New York, the worker is late

        assert len(mailoutbox) == 2  # to Berlin
        assert due_times("America/New_York") == {utc(10, 14)}
        assert due_times("Asia/Tokyo") == {utc(11, 1)}
        assert DomainPace.objects.get().n_letters == 2


class TestLaunchWave:
    def test_opens_earlier_for_somebody_further_east_who_joined(self, campaign: Campaign) -> None:
        day = date(2026, 3, 10)
        draft = make_draft(
            campaign, opens_at=utc(10, 8), letters_date=day, letters_time=time(9)
        )  # planned for Berlin

        wave = launch_wave(wave_id=draft.pk, now=NOW)

        assert wave.opens_at == utc(10, 0)
