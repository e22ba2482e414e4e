"""Let somebody in again whose password was typed wrongly too often."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from survey.accounts.guessing import forget_guesses


class Command(BaseCommand):
    """Forget the wrong passwords of one account; its password stays as it is."""

    help = "Forget the wrong passwords typed for an account, so that it need not wait."

    def add_arguments(self, parser: CommandParser) -> None:
        """Name the account."""
        parser.add_argument("email", help="the address that is logged in with")

    def handle(self, *args: Any, **options: Any) -> None:
        """Forget them and say so; an account that does not wait is no error."""
        was_counted = forget_guesses(email=options["email"])
        said = "can try again at once" if was_counted else "does not wait: nothing was counted"
        self.stdout.write(f"{options['email']} {said}.")
