"""Two workers and one row."""

from datetime import datetime, timedelta

import pytest

from survey.core.leases import claim, held, release
from survey.letters.models import Delivery
from tests.factories.letters import DeliveryFactory

SECOND = timedelta(seconds=1)


@pytest.fixture
def row(db: None) -> Delivery:
    return DeliveryFactory()


class TestClaim:
    def test_gives_a_row_to_one_worker_only(self, row: Delivery, now: datetime) -> None:
        same = Delivery.objects.get(pk=row.pk)

        assert [claim(row, now=now), claim(same, now=now)] == [True, False]

    def test_gives_it_to_another_once_the_lease_has_run_out(
        self, row: Delivery, now: datetime
    ) -> None:
        claim(row, now=now, seconds=60)

        assert not claim(row, now=now + 60 * SECOND)
        assert claim(row, now=now + 61 * SECOND)

    def test_leaves_every_other_row_free(self, row: Delivery, now: datetime) -> None:
        claim(row, now=now)

        assert claim(DeliveryFactory(), now=now)

    def test_holds_nothing_that_is_gone(self, row: Delivery, now: datetime) -> None:
        Delivery.objects.all().delete()

        assert not claim(row, now=now)


class TestHeld:
    def test_gives_the_row_back_whatever_happens(self, row: Delivery, now: datetime) -> None:
        def work() -> None:
            with held(row, now=now) as is_ours:
                assert is_ours
                assert not claim(row, now=now)
                raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            work()

        assert claim(row, now=now)

    def test_leaves_the_lease_of_another_worker(self, row: Delivery, now: datetime) -> None:
        claim(row, now=now)

        with held(row, now=now) as is_ours:
            assert not is_ours

        assert not claim(row, now=now)


class TestRelease:
    def test_gives_the_row_back_before_the_lease_runs_out(
        self, row: Delivery, now: datetime
    ) -> None:
        claim(row, now=now)
        release(row)

        assert claim(row, now=now)

    def test_keeps_the_leases_of_other_rows(self, row: Delivery, now: datetime) -> None:
        other = DeliveryFactory()
        claim(other, now=now)
        release(row)

        assert not claim(other, now=now)
