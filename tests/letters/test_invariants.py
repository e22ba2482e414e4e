"""What must hold of letters."""

from datetime import datetime, timedelta

import pytest

from survey.letters.invariants import broken_invariants
from survey.letters.models import DeliveryState
from tests.factories.letters import DeliveryFactory


@pytest.mark.django_db
class TestBrokenInvariants:
    def test_hold_while_letters_are_sent(self, now: datetime) -> None:
        DeliveryFactory(state=DeliveryState.SENDING, lease_until=now)

        assert broken_invariants(now=now + timedelta(seconds=59)) == []

    def test_name_letters_that_nobody_frees(self, now: datetime) -> None:
        DeliveryFactory(state=DeliveryState.SENDING, lease_until=now)

        assert "1 stuck" in broken_invariants(now=now + timedelta(seconds=61))[0]
