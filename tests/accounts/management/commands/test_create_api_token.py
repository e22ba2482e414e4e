"""manage.py create_api_token."""

import io

import pytest
from django.core.management import CommandError, call_command

from survey.accounts.models import User
from survey.accounts.services import find_api_token


@pytest.mark.django_db
class TestCreateApiTokenCommand:
    def test_prints_a_key_that_works(self, alice: User) -> None:
        out = io.StringIO()
        call_command(
            "create_api_token",
            "--email",
            alice.email,
            "--name",
            "till",
            stdout=out,
            stderr=io.StringIO(),
        )

        found = find_api_token(token=out.getvalue().strip())
        assert found is not None
        assert found.user == alice

    def test_needs_an_account(self) -> None:
        with pytest.raises(CommandError, match="Nobody active"):
            call_command("create_api_token", "--email", "x@example.org", "--name", "till")
