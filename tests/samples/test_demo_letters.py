"""The letters of the demo organisation."""

import pytest

from survey.letters.models import Letter
from survey.samples.demo_letters import write_customer_letter, write_staff_letter
from survey.samples.logins import demo_logins


@pytest.mark.django_db
class TestLetters:
    @pytest.mark.parametrize("write", [write_staff_letter, write_customer_letter])
    def test_are_signed_by_somebody_who_can_log_in(self, write: object) -> None:
        letter: Letter = write()  # type: ignore[operator]
        people = {login.name: login.email for login in demo_logins()}

        assert people[letter.signer_name] == letter.reply_to

    def test_differ(self) -> None:
        assert write_staff_letter().body != write_customer_letter().body
