"""manage.py unlock_account."""

import io

from django.conf import settings
from django.core.management import call_command
from django.test import Client

from survey.accounts.models import User
from tests.cast import PASSWORD


def unlock(email: str) -> str:
    out = io.StringIO()
    call_command("unlock_account", email, stdout=out)
    return out.getvalue()


def log_in(email: str, password: str) -> int:
    return Client().post("/login/", {"username": email, "password": password}).status_code


class TestUnlockAccountCommand:
    def test_lets_the_right_password_in_before_the_wait_is_over(self, alice: User) -> None:
        for _ in range(settings.AXES_FAILURE_LIMIT):
            log_in(alice.email, "salt, pepper and ash")
        assert log_in(alice.email, PASSWORD) == 429

        assert unlock(alice.email) == "alice@example.org can try again at once.\n"
        assert log_in(alice.email, PASSWORD) == 302

    def test_says_so_where_nobody_waits(self, alice: User) -> None:
        assert "does not wait" in unlock(alice.email)
