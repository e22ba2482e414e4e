"""Stored cascades, read again."""

from datetime import UTC, datetime

import pytest

from survey.linkage.cascade import update_cascades
from survey.linkage.cascade_reading import cascade_document, cascade_periods, latest_cascade
from survey.organization.models import Team
from tests.factories.cascade import QUARTERS, Colleagues, make_colleagues, release_quarters

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 7, 2, tzinfo=UTC)


@pytest.fixture
def colleagues() -> Colleagues:
    made = make_colleagues()
    release_quarters(made, 2)
    update_cascades(pairing=made.pairing, now=NOW)
    return made


class TestLatestCascade:
    def test_is_that_of_the_whole_in_the_last_period(self, colleagues: Colleagues) -> None:
        found = latest_cascade(pairing=colleagues.pairing)

        assert (found.scope.code, found.period_start) == ("company", QUARTERS[1])

    def test_may_be_that_of_a_part_and_a_period(self, colleagues: Colleagues) -> None:
        north = Team.objects.get(code="north")

        found = latest_cascade(pairing=colleagues.pairing, scope=north, period_start=QUARTERS[0])

        assert (found.scope.code, found.period_start) == ("north", QUARTERS[0])
        assert (
            latest_cascade(pairing=colleagues.pairing, scope=north, period_start=QUARTERS[5])
            is None
        )


class TestCascadePeriods:
    def test_are_those_with_a_cascade(self, colleagues: Colleagues) -> None:
        assert cascade_periods(pairing=colleagues.pairing) == QUARTERS[:2]


class TestCascadeDocument:
    def test_holds_what_is_stored(self, colleagues: Colleagues) -> None:
        study = latest_cascade(pairing=colleagues.pairing)

        document = cascade_document(pairing=colleagues.pairing)

        assert document["period"] == "2025-04-01"
        for name in ("release_checksum", "n_arrows", "n_waves", "chains", "arrows", "teams"):
            assert document[name] == getattr(study, name)

    def test_says_why_there_is_none(self, colleagues: Colleagues) -> None:
        team = Team.objects.get(code=colleagues.company.teams[0])

        assert cascade_document(pairing=colleagues.pairing, scope=team)["reason"] == (
            f"Fewer than 20 pairs of teams end below {team}."
        )

    def test_says_that_nothing_was_released(self) -> None:
        document = cascade_document(pairing=make_colleagues().pairing)

        assert document["reason"] == "No survey among colleagues has figures for this yet."
