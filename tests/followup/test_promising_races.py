"""Two presses at once make one promise."""

from concurrent.futures import ThreadPoolExecutor, wait
from datetime import datetime

import pytest
from django.db import connection, transaction

from survey.accounts.models import User
from survey.followup.models import Commitment
from tests.factories.promises import promise

pytestmark = pytest.mark.django_db(transaction=True)
A_MOMENT, LONGEST = 0.5, 30.0  # seconds: for the second to begin, and for it to end


class TestTwoPressesAtOnce:
    def test_make_one_promise(self, alice: User, now: datetime) -> None:
        def press() -> Commitment:
            try:
                return promise(alice, now)
            finally:
                connection.close()

        with ThreadPoolExecutor(1) as pool:
            with transaction.atomic():
                first = promise(alice, now)
                second = pool.submit(press)
                wait([second], timeout=A_MOMENT)  # a promise that waits for nobody is made by now
            assert second.result(timeout=LONGEST) == first

        assert Commitment.objects.count() == 1
