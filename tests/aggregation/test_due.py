"""What is waiting to be rolled up or released."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from survey.aggregation.due import (
    uncounted_cells,
    uncounted_responses,
    uncounted_waves,
    unreleased_months,
    unreleased_waves,
)
from survey.aggregation.services import make_due_releases, refresh_due_rollups
from survey.campaigns.models import Wave
from tests.cast import Organisation
from tests.factories.aggregation import (
    IMPORT,
    answer,
    fair,
    make_campaign,
    make_cell,
    make_instrument,
    make_wave,
    plant,
)

TREE = {"company": None, "bakery": "company", "garden": "company"}
FEBRUARY, MARCH = date(2026, 2, 1), date(2026, 3, 1)
APRIL = datetime(2026, 4, 1, tzinfo=UTC)
SECOND, AN_HOUR = timedelta(seconds=1), timedelta(hours=1)


def staff_wave(organisation: Organisation, **options: Any) -> Wave:
    """Seal a staff wave that six people of Bakery answered."""
    wave = make_wave(make_campaign(make_instrument(), organisation.company), **options)
    answer(plant(wave, TREE)["bakery"], [fair(4)] * 6)
    return wave


def customer_wave(organisation: Organisation, **options: Any) -> Wave:
    """Make a customer wave with a cell of Bakery in February and one in March."""
    campaign = make_campaign(make_instrument("CUSTOMER"), organisation.company)
    wave = make_wave(campaign, **options)
    bakery = plant(wave, TREE)["bakery"]
    make_cell(bakery, date(2026, 2, 28), [fair(4)] * 6)
    make_cell(bakery, date(2026, 3, 2), [fair(2)] * 6)
    return wave


class TestUncounted:
    def test_answers_wait_until_they_are_rolled_up(
        self, organisation: Organisation, now: datetime
    ) -> None:
        wave = staff_wave(organisation)
        assert (uncounted_responses(wave).count(), list(uncounted_waves())) == (6, [wave])

        refresh_due_rollups(now=now)
        assert (uncounted_responses(wave).count(), list(uncounted_waves())) == (0, [])

    def test_a_new_cell_waits_beside_one_that_was_counted(
        self, organisation: Organisation, now: datetime
    ) -> None:
        wave = customer_wave(organisation)
        refresh_due_rollups(now=now)
        new = make_cell(wave.groups.get(code="garden"), date(2026, 3, 3), [fair(3)] * 5)

        assert list(uncounted_cells()) == [new]
        assert {response.cell_id for response in uncounted_responses(wave)} == {new.pk}

    @pytest.mark.parametrize(
        "fields",
        [
            {"families": []},
            {"sealed_at": None, "withdrawn_at": APRIL, "withdrawn_reason": "a mistake"},
        ],
    )
    def test_waves_without_figures_never_wait(
        self, organisation: Organisation, fields: dict[str, object]
    ) -> None:
        staff_wave(organisation, **fields)

        assert not uncounted_waves().exists()


class TestUnreleasedWaves:
    def test_wait_for_the_count_and_then_for_their_one_release(
        self, organisation: Organisation, now: datetime
    ) -> None:
        wave = staff_wave(organisation)
        assert not unreleased_waves().exists()

        refresh_due_rollups(now=now)
        assert list(unreleased_waves()) == [wave]

        make_due_releases(now=now)
        assert not unreleased_waves().exists()

    def test_are_not_those_that_still_take_answers(
        self, organisation: Organisation, now: datetime
    ) -> None:
        staff_wave(organisation, is_open=True)
        refresh_due_rollups(now=now)

        assert not unreleased_waves().exists()

    @pytest.mark.parametrize(("options", "n"), [({}, 0), ({"channel": IMPORT}, 1)])
    def test_are_customers_waves_only_where_answers_were_brought_in(
        self, organisation: Organisation, now: datetime, options: dict[str, Any], n: int
    ) -> None:
        customer_wave(organisation, **options)
        refresh_due_rollups(now=now)

        assert unreleased_waves().count() == n


class TestUnreleasedMonths:
    def months(self, organisation: Organisation, at: datetime, **options: Any) -> list[date]:
        wave = customer_wave(organisation, **options)
        refresh_due_rollups(now=at)
        found = unreleased_months(at)
        assert {pk for pk, _ in found} <= {wave.pk}
        return [month for _, month in found]

    def test_are_those_that_are_over_while_the_wave_is_open(
        self, organisation: Organisation, now: datetime
    ) -> None:
        assert self.months(organisation, now, is_open=True) == [FEBRUARY]

    @pytest.mark.parametrize(
        ("since_april", "months"),
        [(AN_HOUR - SECOND, [FEBRUARY]), (AN_HOUR, [FEBRUARY, MARCH])],
    )
    def test_wait_an_hour_for_the_last_seal_of_a_month(
        self, organisation: Organisation, since_april: timedelta, months: list[date]
    ) -> None:
        closes_at = APRIL + timedelta(days=90)
        at = APRIL + since_april

        assert self.months(organisation, at, is_open=True, closed_at=closes_at) == months

    def test_are_all_of_them_once_the_wave_is_sealed(
        self, organisation: Organisation, now: datetime
    ) -> None:
        assert self.months(organisation, now) == [FEBRUARY, MARCH]

    def test_wait_for_the_seal_of_a_closed_wave(self, organisation: Organisation) -> None:
        assert self.months(organisation, APRIL + AN_HOUR, sealed_at=None) == []

    def test_wait_for_the_count(self, organisation: Organisation, now: datetime) -> None:
        customer_wave(organisation)

        assert unreleased_months(now) == []

    def test_are_released_once(self, organisation: Organisation, now: datetime) -> None:
        assert len(self.months(organisation, now)) == 2
        make_due_releases(now=now)

        assert unreleased_months(now) == []
