"""manage.py create_user."""

import io

import pytest
from django.core.management import CommandError, call_command

from survey.accounts.models import Grant, Role, User
from tests.cast import Organisation

WHO = ("--email", "priya@example.org", "--name", "Priya Nair")


def create_user(*arguments: str) -> str:
    out = io.StringIO()
    call_command("create_user", *WHO, "--password-stdin", *arguments, stdout=out)
    return out.getvalue()


def type_in(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(text))


@pytest.mark.django_db
class TestCreateUserCommand:
    def test_makes_an_account_with_a_role(self, monkeypatch: pytest.MonkeyPatch) -> None:
        type_in(monkeypatch, "rye and wheat 1\n")

        assert "priya@example.org can log in as HR" in create_user("--role", "HR")
        user = User.objects.get()
        assert user.check_password("rye and wheat 1")
        assert user.grants.get().role == Role.HR

    def test_gives_a_leader_a_team(
        self, monkeypatch: pytest.MonkeyPatch, organisation: Organisation
    ) -> None:
        type_in(monkeypatch, "rye and wheat 1\n")
        create_user("--role", "LEADER", "--team", "bakery")

        assert Grant.objects.get().team == organisation.bakery

    @pytest.mark.parametrize(
        ("password", "arguments", "reason"),
        [
            ("short", ("--role", "HR"), "too short"),
            ("rye and wheat 1", ("--role", "LEADER"), "needs a team"),
            ("rye and wheat 1", ("--role", "LEADER", "--team", "x"), "No team has the code 'x'"),
        ],
    )
    def test_makes_nothing_when_something_is_wrong(
        self,
        monkeypatch: pytest.MonkeyPatch,
        password: str,
        arguments: tuple[str, ...],
        reason: str,
    ) -> None:
        type_in(monkeypatch, password)

        with pytest.raises(CommandError, match=reason):
            create_user(*arguments)
        assert not User.objects.exists()

    def test_asks_twice_for_the_password(self, monkeypatch: pytest.MonkeyPatch) -> None:
        typed = iter(["rye and wheat 1", "rye and wheat 2"])
        monkeypatch.setattr("getpass.getpass", lambda prompt: next(typed))

        with pytest.raises(CommandError, match="differ"):
            call_command("create_user", *WHO, "--role", "HR")
