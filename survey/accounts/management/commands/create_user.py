"""Make an account with a role."""

import getpass
import sys
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from survey.accounts.models import Role
from survey.accounts.services import AccountError, create_user, grant_role
from survey.organization.models import Team


class Command(BaseCommand):
    """Ask for what the command line does not say, above all the password."""

    help = (
        "Make an account that can log in. A password is asked for, or read with --password-stdin."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Name the person, the role and, for leaders, the team."""
        parser.add_argument("--email")
        parser.add_argument("--name")
        parser.add_argument("--role", choices=Role.values, required=True)
        parser.add_argument("--team", metavar="CODE", help="for LEADER and TEAM_LEAD")
        parser.add_argument("--password-stdin", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make the account and its role together, or neither."""
        email = options["email"] or input("E-mail: ").strip()
        name = options["name"] or input("Name: ").strip()
        password = _read_password(from_stdin=options["password_stdin"])
        try:
            validate_password(password)
            with transaction.atomic():
                user = create_user(email=email, name=name, password=password)
                grant_role(user=user, role=options["role"], team=_find_team(options["team"]))
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        except AccountError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(self.style.SUCCESS(f"{user.email} can log in as {options['role']}."))


def _find_team(code: str | None) -> Team | None:
    if code is None:
        return None
    team = Team.objects.filter(code=code).first()
    if team is None:
        raise CommandError(f"No team has the code {code!r}.")
    return team


def _read_password(*, from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    password = getpass.getpass("Password: ")
    if password != getpass.getpass("The same again: "):
        raise CommandError("The two passwords differ.")
    return password
