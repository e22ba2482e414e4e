"""Drafts that wait, on every day around their last, in three zones."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from survey.accounts.models import User
from survey.campaigns.models import Campaign, Wave
from survey.core.timestamps import local_date
from survey.followup.models import Playback
from survey.followup.playbacks import latest_playback, open_drafts, overdue_playbacks
from survey.questionnaires.models import Audience
from tests.cast import Organisation
from tests.factories.aggregation import make_campaign, make_instrument, make_wave, plant
from tests.factories.playbacks import make_playback

pytestmark = pytest.mark.django_db
DUE = date(2026, 4, 14)
ZONES = ("Pacific/Kiritimati", "UTC", "America/Los_Angeles")


@pytest.fixture
def campaign(organisation: Organisation) -> Campaign:
    return make_campaign(make_instrument(), organisation.company)


@pytest.fixture
def wave(campaign: Campaign) -> Wave:
    return make_wave(campaign)


@pytest.fixture(params=ZONES)
def zone(request: pytest.FixtureRequest) -> Iterator[str]:
    with timezone.override(request.param):
        yield request.param


def hours_around(day: date) -> Iterator[datetime]:
    """Yield every half hour of four days, and the seconds beside each midnight of the zones."""
    start = datetime(day.year, day.month, day.day, tzinfo=UTC) - timedelta(days=1)
    for step in range(4 * 48):
        moment = start + step * timedelta(minutes=30)
        yield from (moment - timedelta(seconds=1), moment)


def is_over(day: date, zone: str, moment: datetime) -> bool:
    """Say by the zone's own clock whether a day is over: written apart from the product."""
    return moment.astimezone(ZoneInfo(zone)).strftime("%Y%m%d") > day.strftime("%Y%m%d")


class TestOverduePlaybacks:
    def test_holds_a_draft_from_the_first_second_after_its_last_day(
        self, wave: Wave, now: datetime, zone: str
    ) -> None:
        make_playback(wave, now=now, due_date=DUE)
        seen = set()
        for moment in (one for one in hours_around(DUE) if one.minute in (0, 59)):
            found = overdue_playbacks(today=local_date(moment), audience=Audience.EMPLOYEE)
            assert bool(found) == is_over(DUE, zone, moment), moment
            seen.add(bool(found))
        assert seen == {True, False}

    def test_leaves_the_other_audience_and_what_was_published_out(
        self, campaign: Campaign, wave: Wave, now: datetime
    ) -> None:
        late = DUE + timedelta(days=1)
        make_playback(wave, now=now, due_date=DUE)
        make_playback(make_wave(campaign), now=now, due_date=DUE, is_published=True)

        assert len(overdue_playbacks(today=late, audience=Audience.EMPLOYEE)) == 1
        assert not overdue_playbacks(today=late, audience=Audience.CUSTOMER)


class TestOpenDrafts:
    def test_lists_somebodys_own_the_first_due_first(
        self, campaign: Campaign, alice: User, bob: User, now: datetime
    ) -> None:
        later, sooner = (
            make_playback(make_wave(campaign), now=now, owner=alice, due_date=day)
            for day in (DUE + timedelta(days=1), DUE)
        )
        make_playback(make_wave(campaign), now=now, owner=bob)

        found = open_drafts(user=alice, today=DUE + timedelta(days=1))

        assert [(one.id, one.is_overdue) for one in found] == [
            (sooner.pk, True), (later.pk, False),
        ]  # fmt: skip
        assert found[0].owner_name == "Alice"
        assert len(open_drafts(user=None, today=DUE)) == 3

    def test_forgets_drafts_of_waves_that_were_withdrawn(self, wave: Wave, now: datetime) -> None:
        make_playback(wave, now=now)
        Wave.objects.update(sealed_at=None, withdrawn_at=now, withdrawn_reason="x")

        assert not open_drafts(user=None, today=DUE)


class TestLatestPlayback:
    def test_returns_what_was_published_last(self, campaign: Campaign, now: datetime) -> None:
        newer, _ = (
            make_playback(make_wave(campaign), now=moment, is_published=True)
            for moment in (now, now - timedelta(days=9))
        )
        make_playback(make_wave(campaign), now=now)

        assert latest_playback(audience=Audience.EMPLOYEE) == newer
        assert latest_playback(audience=Audience.CUSTOMER) is None

    def test_asks_whether_the_wave_was_about_some_teams(
        self, organisation: Organisation, wave: Wave, now: datetime
    ) -> None:
        plant(wave, {"bakery": None})
        playback = make_playback(wave, now=now, is_published=True)

        def of(team_id: int) -> Playback | None:
            return latest_playback(audience=Audience.EMPLOYEE, team_ids=[team_id])

        assert of(organisation.bakery.pk) == playback
        assert of(organisation.garden.pk) is None
