"""Remembering who wants no more letters."""

from datetime import date, datetime

import pytest

from survey.letters.models import StopEntry
from survey.letters.selectors import stopped_addresses
from survey.letters.services import stop_address

pytestmark = pytest.mark.django_db


class TestStopAddress:
    def test_is_kept_as_a_digest_whatever_the_letters_case(self, now: datetime) -> None:
        stop_address(address="Ana@Example.org ", today=now.date())
        stop_address(address="ana@example.org", today=date(2027, 1, 1))

        assert stopped_addresses(addresses=["ana@example.org", "ben@example.org"]) == {
            "ana@example.org"
        }
        assert "ana" not in str(StopEntry.objects.values().get())

    def test_finds_every_spelling_that_was_asked_about(self, now: datetime) -> None:
        stop_address(address="ana@example.org", today=now.date())

        both = {"ana@example.org", "ANA@example.org"}
        assert stopped_addresses(addresses=both) == both
