"""Write a sheet of single-use codes into a file, where the keys are."""

import os
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from survey.campaigns.keys import KeysMissingError
from survey.campaigns.services.codes import NoCodesError, print_codes


class Command(BaseCommand):
    """Print codes for people without an e-mail address, or for customers of one team."""

    help = (
        "Write a page with single-use codes, to be printed and cut: for everybody in a wave who "
        "has no e-mail address, or so many for one team's customers. Run it where the keys are."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Name the wave and the file; for customers the team and how many."""
        parser.add_argument("--wave", type=int, required=True, help="the number in its address")
        parser.add_argument("--out", type=Path, required=True, help="a file that is not there yet")
        parser.add_argument("--team", default="", help="customers: the code of their team")
        parser.add_argument("--count", type=int, default=0, help="customers: how many codes")

    def handle(
        self, *args: Any, wave: int, out: Path, team: str, count: int, **options: Any
    ) -> None:
        """Write the page for its owner's eyes only, or say why not."""
        try:
            descriptor = os.open(out, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except OSError as error:
            raise CommandError(f"The file cannot be made: {error.strerror}.") from error
        try:
            n, page = print_codes(wave_id=wave, team_code=team, n=count, now=timezone.now())
        except (NoCodesError, KeysMissingError) as error:
            os.close(descriptor)
            out.unlink()
            raise CommandError(f"Nothing was printed: {error}") from error
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(page)
        self.stdout.write(self.style.SUCCESS(f"{n} codes stand in {out}. Delete it once printed."))
