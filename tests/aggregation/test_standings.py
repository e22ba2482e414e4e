"""Standings follow the releases they are made of."""

from datetime import UTC, date, datetime, timedelta

import pytest

from survey.aggregation.models import Release, Standing
from survey.aggregation.services import make_due_releases, refresh_due_rollups, supersede_release
from survey.aggregation.standings import update_due_standings
from survey.campaigns.models import Campaign, Group, Wave
from survey.core.periods import Period
from tests.cast import Organisation
from tests.factories.aggregation import (
    CLOSED,
    answer,
    fair,
    make_campaign,
    make_cell,
    make_instrument,
    make_wave,
    plant,
)

TREE = {"company": None, "food": "company", "bakery": "food", "kitchen": "food"}


@pytest.fixture
def campaign(organisation: Organisation) -> Campaign:
    return make_campaign(make_instrument(), organisation.company)


@pytest.fixture
def customers(organisation: Organisation) -> Campaign:
    return make_campaign(make_instrument("CUSTOMER", prefix="cx_"), organisation.company, "cx")


def release(wave: Wave, now: datetime, *, bakery: int = 4, kitchen: int = 2) -> dict[str, Group]:
    """Answer, roll up and release a wave of two teams."""
    groups = plant(wave, TREE)
    answer(groups["bakery"], [fair(bakery)] * 3 + [fair(bakery - 1)] * 3)
    answer(groups["kitchen"], [fair(kitchen)] * 4 + [fair(kitchen + 1)] * 2)
    refresh_due_rollups(now=now)
    make_due_releases(now=now)
    return groups


class TestUpdateDueStandings:
    def test_describes_each_part_once(self, campaign: Campaign, now: datetime) -> None:
        release(make_wave(campaign), now)

        assert update_due_standings(now=now) == 1
        assert update_due_standings(now=now) == 0

        rows = Standing.objects.filter(campaign=campaign, period=Period.QUARTER)
        assert {row.scope.code for row in rows} == {"company", "food"}
        assert {row.period_start for row in rows} == {date(2026, 1, 1)}
        food = rows.get(scope__code="food")
        assert [part["code"] for part in food.parts] == ["bakery", "kitchen"]
        assert food.metrics["fair"]["n"] == 12
        assert food.metrics["fair"]["mean"] == pytest.approx((62.5 + 100 / 3) / 2, abs=0.06)

    def test_counts_the_later_of_two_waves_in_a_quarter(
        self, campaign: Campaign, now: datetime
    ) -> None:
        release(make_wave(campaign, closed_at=CLOSED - timedelta(days=40)), now, bakery=2)
        release(make_wave(campaign), now, bakery=5)

        update_due_standings(now=now)

        rows = Standing.objects.filter(campaign=campaign, period=Period.QUARTER)
        food = rows.get(scope__code="food")
        assert food.parts[0]["metrics"]["fair"]["mean"] == pytest.approx(87.5, abs=0.06)

    def test_adds_the_months_of_customers_up(
        self, customers: Campaign, organisation: Organisation
    ) -> None:
        wave = make_wave(customers, closed_at=datetime(2026, 6, 30, tzinfo=UTC), is_open=True)
        groups = plant(wave, TREE)
        for day, value in ((date(2026, 1, 20), 3), (date(2026, 2, 20), 5)):
            for code in ("bakery", "kitchen"):
                people = [fair(value, prefix="cx_")] * 5 + [fair(value - 1, prefix="cx_")] * 5
                make_cell(groups[code], day, people)
        now = datetime(2026, 3, 2, tzinfo=UTC)
        refresh_due_rollups(now=now)
        make_due_releases(now=now)

        assert update_due_standings(now=now) == 1

        company = Standing.objects.filter(campaign=customers, period=Period.QUARTER).get(
            scope__code="company"
        )
        assert company.metrics["cx_fair"]["n"] == 40
        assert company.metrics["cx_fair"]["mean"] == pytest.approx((37.5 + 87.5) / 2, abs=0.06)

    def test_is_computed_anew_when_a_release_is_superseded(
        self, campaign: Campaign, now: datetime
    ) -> None:
        release(make_wave(campaign), now)
        Release.objects.update(checksum="0" * 64)  # what a wrong release said
        update_due_standings(now=now)
        before = Standing.objects.first()
        assert before is not None

        supersede_release(release_id=Release.objects.get().pk, reason="a slip", now=now)

        assert update_due_standings(now=now) == 1
        after = Standing.objects.first()
        assert after is not None
        assert after.release_checksum != before.release_checksum

    def test_goes_with_its_releases(self, campaign: Campaign, now: datetime) -> None:
        wave = make_wave(campaign)
        release(wave, now)
        update_due_standings(now=now)
        Release.objects.all().delete()

        update_due_standings(now=now)

        assert not Standing.objects.exists()

    def test_waits_for_a_release_that_shows_something(
        self, campaign: Campaign, now: datetime
    ) -> None:
        wave = make_wave(campaign)
        answer(plant(wave, TREE)["bakery"], [fair(4)] * 3)
        refresh_due_rollups(now=now)
        make_due_releases(now=now)

        assert update_due_standings(now=now) == 0
