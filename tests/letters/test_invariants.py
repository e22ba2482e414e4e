"""What must hold of letters."""

from datetime import datetime, timedelta

import pytest

from survey.letters.invariants import broken_invariants
from survey.letters.models import DeliveryState
from tests.factories.letters import DeliveryFactory


@pytest.mark.django_db
class TestBrokenInvariants:
    def test_hold_while_letters_are_sent(self, now: datetime) -> None:
        DeliveryFactory(state=DeliveryState.SENDING, lease_until=now, attempts=1)

        assert broken_invariants(now=now + timedelta(seconds=59)) == []

    def test_name_letters_that_nobody_frees(self, now: datetime) -> None:
        DeliveryFactory(state=DeliveryState.SENDING, lease_until=now, attempts=1)

        assert "1 stuck" in broken_invariants(now=now + timedelta(seconds=61))[0]

    @pytest.mark.parametrize(
        ("state", "attempts", "is_uncertain"),
        [
            (DeliveryState.QUEUED, 0, False),
            (DeliveryState.QUEUED, 1, True),
            (DeliveryState.SENT, 1, False),
            (DeliveryState.SENT, 2, True),
        ],
    )
    def test_hold_of_letters_claimed_before_each_try(
        self, now: datetime, state: str, attempts: int, is_uncertain: bool
    ) -> None:
        DeliveryFactory(state=state, attempts=attempts, is_uncertain=is_uncertain)

        assert broken_invariants(now=now) == []

    @pytest.mark.parametrize(
        ("state", "attempts", "is_uncertain"),
        [
            (DeliveryState.QUEUED, 0, True),
            (DeliveryState.SENT, 0, False),
            (DeliveryState.SENT, 1, True),
        ],
    )
    def test_name_letters_that_may_have_gone_out_twice(
        self, now: datetime, state: str, attempts: int, is_uncertain: bool
    ) -> None:
        DeliveryFactory(state=state, attempts=attempts, is_uncertain=is_uncertain)

        assert ["perhaps twice" in line for line in broken_invariants(now=now)] == [True]
