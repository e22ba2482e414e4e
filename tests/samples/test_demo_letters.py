"""The letters of the demo organisation."""

import pytest

from survey.letters.models import Letter
from survey.samples.demo_letters import (
    write_colleagues_letter,
    write_customer_letter,
    write_staff_letter,
)
from survey.samples.logins import demo_logins

WRITERS = (write_staff_letter, write_colleagues_letter, write_customer_letter)


@pytest.mark.django_db
class TestLetters:
    @pytest.mark.parametrize("write", WRITERS)
    def test_are_signed_by_somebody_who_can_log_in(self, write: object) -> None:
        letter: Letter = write()  # type: ignore[operator]
        people = {login.name: login.email for login in demo_logins()}

        assert people[letter.signer_name] == letter.reply_to

    def test_differ(self) -> None:
        assert len({write().body for write in WRITERS}) == len(WRITERS)
