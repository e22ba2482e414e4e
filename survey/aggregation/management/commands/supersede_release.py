"""Put a right release in the place of a wrong one."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from survey.aggregation.models import Release
from survey.aggregation.selectors import current_releases
from survey.aggregation.services import (
    AlreadySupersededError,
    DifferentRespondentsError,
    supersede_release,
)


class Command(BaseCommand):
    """Count one release again; the wrong one stays in the ledger and is read no more."""

    help = "Count and compute a wrong release again, over exactly the same people."

    def add_arguments(self, parser: CommandParser) -> None:
        """Name the release and what was wrong with it."""
        parser.add_argument("release_id", type=int, metavar="RELEASE_ID")
        parser.add_argument("--reason", required=True, metavar="TEXT", help="what was wrong")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make the new release and name it."""
        release_id, reason = options["release_id"], options["reason"].strip()
        if not reason:
            raise CommandError("Say with --reason what was wrong: the ledger keeps it.")
        if not Release.objects.filter(pk=release_id).exists():
            raise CommandError(f"There is no release {release_id}. {list_current()}")
        try:
            new = supersede_release(release_id=release_id, reason=reason, now=timezone.now())
        except (AlreadySupersededError, DifferentRespondentsError) as error:
            raise CommandError(f"Release {release_id} stays as it is: {error}.") from error
        self.stdout.write(f"Release {new.pk} ({new}) stands in the place of {release_id}.")


def list_current() -> str:
    """Name the releases that count now, by their ids."""
    current = ", ".join(f"{release.pk} ({release})" for release in current_releases())
    return f"There is: {current or 'none yet'}."
