"""The rounds ahead of a campaign, and the one whose turn it is."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from survey.campaigns.models import Campaign, Schedule, Wave
from survey.campaigns.rounds import due_round, rounds_ahead
from survey.campaigns.services import set_schedule
from survey.organization.models import Person
from tests.factories.campaigns import NOW, make_campaign, make_draft, make_teams

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def schedule() -> Schedule:
    """Every Tuesday at nine, from 10 March 2026 on."""
    campaign = make_campaign(make_teams({"top": None}, {"top": 9})["top"])
    return set_schedule(
        campaign=campaign,
        rhythm="WEEK",
        first_date=date(2026, 3, 10),
        letters_time=time(9),
        open_days=4,
        now=NOW,
    )


class TestRoundsAhead:
    def test_are_those_that_will_be_planned(self, schedule: Schedule) -> None:
        found = rounds_ahead(schedule=schedule, today=NOW.date(), n=2)

        assert [one.planned_date.day for one in found.rounds] == [10, 17]
        assert found.n_rounds_for_all == 1

    def test_leave_out_what_is_planned_already(self, schedule: Schedule) -> None:
        make_draft(schedule.campaign, planned_date=date(2026, 3, 10))

        (found,) = rounds_ahead(schedule=schedule, today=NOW.date(), n=1).rounds

        assert found.planned_date.day == 17

    def test_open_by_the_clocks_of_those_who_are_asked(self, schedule: Schedule) -> None:
        Person.objects.update(time_zone="Asia/Tokyo")

        (found,) = rounds_ahead(schedule=schedule, today=NOW.date(), n=1).rounds

        assert found.opens_at == datetime(2026, 3, 10, tzinfo=UTC)


class TestDueRound:
    def test_is_none_before_its_turn(self, schedule: Schedule) -> None:
        assert due_round(schedule=schedule, now=NOW) is None

    def test_opens_a_day_later(self, schedule: Schedule) -> None:
        found = due_round(schedule=schedule, now=datetime(2026, 3, 9, 9, tzinfo=UTC))

        assert found is not None
        assert found.opens_at == datetime(2026, 3, 10, 9, tzinfo=UTC)

    def test_does_not_read_the_roster_where_nothing_is_due(
        self, schedule: Schedule, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        with django_assert_num_queries(1):  # the time zones there are
            due_round(schedule=schedule, now=NOW)

    def test_minds_only_waves_of_its_own_campaign(self, schedule: Schedule) -> None:
        other = Campaign.objects.get(pk=schedule.campaign.pk)
        other.pk, other.code = None, "other"
        other.save()
        make_draft(other, planned_date=date(2026, 3, 10))

        found = due_round(schedule=schedule, now=datetime(2026, 3, 9, 9, tzinfo=UTC))

        assert found is not None
        assert not Wave.objects.filter(campaign=schedule.campaign).exists()
