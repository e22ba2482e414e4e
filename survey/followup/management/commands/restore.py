"""Read a backup into an empty database."""

from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from survey.followup.backups import restore_backup
from survey.followup.invariants import broken_invariants
from survey.followup.manifests import BackupError


class Command(BaseCommand):
    help = "Read a backup into an empty database, compare it with its manifest and verify it."
    requires_system_checks: list[str] = []  # they may read tables, of which there are none

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the backup."""
        parser.add_argument("file", type=Path, help="what manage.py backup wrote")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        """Restore, compare and verify as of the moment of the backup; name what is broken."""
        now = timezone.now()
        try:
            manifest = restore_backup(file=file, now=now, tell=self.stdout.write)
        except BackupError as error:
            raise CommandError(str(error)) from error
        self.stdout.write("Every count and every checksum is as it was. Verifying …")
        broken = list(broken_invariants(now=datetime.fromisoformat(manifest.made_at)))
        for sentence in broken:
            self.stdout.write(sentence)
        if broken:
            raise CommandError(
                f"Everything of {manifest.made_at} is back, but {len(broken)} invariants are "
                "broken. Keys that are missing are no part of a backup: put them into KEYS_DIR and "
                "run manage.py verify again."
            )
        self.stdout.write(f"Everything of {manifest.made_at} is back; every invariant holds.")
