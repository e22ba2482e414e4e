"""Hand out a machine's key for the API."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from survey.accounts.models import User
from survey.accounts.services import create_api_token


class Command(BaseCommand):
    """Print the key once; only its digest is kept."""

    help = "Make a key for the API that acts for an account. It is shown once and never again."

    def add_arguments(self, parser: CommandParser) -> None:
        """Name the account and the machine."""
        parser.add_argument("--email", required=True, help="the account the machine acts for")
        parser.add_argument("--name", required=True, help="what the key is for")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make the key and print it alone on a line."""
        user = User.objects.filter(email=options["email"].lower(), is_active=True).first()
        if user is None:
            raise CommandError(f"Nobody active has the address {options['email']!r}.")
        token = create_api_token(user=user, name=options["name"], now=timezone.now())
        self.stdout.write(token)
        self.stderr.write("Keep it safe: it cannot be shown again.")
