"""Back the database up."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from survey.followup.backups import make_backup
from survey.followup.manifests import BackupError


class Command(BaseCommand):
    help = "Write the whole database into one file, without the keys of open waves."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take where to write."""
        parser.add_argument("target", type=Path, help="a folder, or a file that is not there yet")

    def handle(self, *args: Any, target: Path, **options: Any) -> None:
        """Write the backup and say what it holds, and what it leaves out."""
        try:
            file, manifest = make_backup(target=target, now=timezone.now(), tell=self.stdout.write)
        except BackupError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"{file}: {manifest.n_rows} rows in {len(manifest.counts)} tables, "
            f"{len(manifest.releases)} releases, version {manifest.version}."
        )
        self.stdout.write(
            "The keys of open waves are not in it, on purpose: keep them elsewhere (KEYS_DIR_COPY)."
        )
        if manifest.n_unsealed:
            self.stdout.write(
                f"{manifest.n_unsealed} waves are not sealed yet. Whoever restores this needs "
                "their keys, or loses the answers that were waiting."
            )
