"""Whose clock a page is read by."""

from survey.accounts.models import User
from survey.console.wave.clocks import clock_of
from survey.organization.models import Person


class TestClockOf:
    def test_is_that_of_the_staff_list_else_the_organisations(self, alice: User) -> None:
        assert clock_of(alice).key == "UTC"

        Person.objects.create(
            external_id="a", name="Alice", email=alice.email, time_zone="Asia/Tokyo"
        )
        assert clock_of(alice).key == "Asia/Tokyo"
