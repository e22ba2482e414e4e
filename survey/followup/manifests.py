"""What a backup says of itself: its version, its rows and its releases, read at one moment."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from survey import __version__

FORMAT = 1
MIGRATIONS = "django_migrations"

Read = Callable[[str], list[tuple[Any, ...]]]


class BackupError(Exception):
    """The backup cannot be made or read in; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """The rows per table, the checksum of each release, and how far the tables are migrated."""

    made_at: str
    engine: str
    version: str
    migrations: list[str]
    counts: dict[str, int]
    releases: dict[str, str]
    n_unsealed: int
    digest: str = ""  # SHA-256 of the dump
    format: int = FORMAT

    @property
    def n_rows(self) -> int:
        """The rows of all tables."""
        return sum(self.counts.values())

    def as_text(self) -> str:
        """Return the manifest as JSON."""
        return json.dumps(asdict(self), indent=1)


def read_text(text: str) -> Manifest:
    """Return the manifest that a text holds; raise BackupError where it is none."""
    try:
        return Manifest(**json.loads(text))
    except (TypeError, ValueError) as error:
        raise BackupError("Its manifest cannot be read: another version made it.") from error


def describe(read: Read, *, now: datetime) -> Manifest:
    """Count every row and note every release, through one reader and so at one moment."""
    unsealed = (
        "SELECT COUNT(*) FROM campaigns_wave "
        "WHERE launched_at IS NOT NULL AND sealed_at IS NULL AND withdrawn_at IS NULL"
    )
    return Manifest(
        made_at=now.isoformat(timespec="seconds"),
        engine=connection.vendor,
        version=__version__,
        migrations=sorted(f"{app}.{name}" for app, name in read(_MIGRATED)),
        counts={table: int(read(_count(table))[0][0]) for table in list_tables()},
        releases={str(pk): checksum for pk, checksum in read(_RELEASES)},
        n_unsealed=int(read(unsealed)[0][0]),
    )


_MIGRATED = f"SELECT app, name FROM {MIGRATIONS}"  # noqa: S608
_RELEASES = "SELECT id, checksum FROM aggregation_release ORDER BY id"


def list_tables() -> list[str]:
    """Return the names of all tables of the product."""
    models = apps.get_models(include_auto_created=True)
    return sorted({MIGRATIONS, *(model._meta.db_table for model in models if model._meta.managed)})


def _count(table: str) -> str:
    return f'SELECT COUNT(*) FROM "{table}"'  # noqa: S608


def known_migrations() -> list[str]:
    """Return the migrations that this version of the product has."""
    loader = MigrationLoader(None)
    return sorted(f"{app}.{name}" for app, name in loader.disk_migrations)


def list_differences(before: Manifest, after: Manifest) -> Iterator[str]:
    """Say what is not as it was when the backup was made."""
    yield from _differences("rows in", before.counts, after.counts)
    yield from _differences("checksum of release", before.releases, after.releases)
    if before.migrations != after.migrations:
        yield "other migrations"


def _differences(what: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[str]:
    for name in sorted(before.keys() | after.keys()):
        was, is_now = before.get(name, "nothing"), after.get(name, "nothing")
        if was != is_now:
            yield f"{what} {name}: {was} before, {is_now} now"
