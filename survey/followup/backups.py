"""Back the database up into one file, and read such a file into an empty database.

A backup never holds the keys of open waves: with both, somebody could read the answers that were
waiting. It is a tar of a manifest and of the dump that the database's own tools made.
"""

import hashlib
import os
import tarfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import datetime
from functools import partial
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Protocol, cast

from django.conf import settings
from django.db import connection
from django.utils.module_loading import import_string

from survey.followup.manifests import (
    BackupError,
    Manifest,
    Read,
    describe,
    known_migrations,
    list_differences,
    list_tables,
    read_text,
)

MANIFEST, DATABASE = "manifest.json", "database"
MOST_NAMED = 5

Tell = Callable[[str], object]


class _Dump(Protocol):
    def __call__(self, file: Path, describe: Callable[[Read], Manifest]) -> Manifest: ...


def make_backup(*, target: Path, now: datetime, tell: Tell) -> tuple[Path, Manifest]:
    """Write a backup to a file, or into a folder under a name with the time; return both."""
    file = target / f"hearthline-{now:%Y%m%d-%H%M%S}.backup" if target.is_dir() else target
    _check_place(file)
    dump = cast(_Dump, import_string(settings.DUMP_DATABASE))
    with _folder_beside(file) as folder:
        tell(f"Dumping {len(list_tables())} tables …")
        made = dump(folder / DATABASE, partial(describe, now=now))
        manifest = replace(made, digest=_digest(folder / DATABASE))
        size = (folder / DATABASE).stat().st_size
        tell(f"Packing {manifest.n_rows} rows, {size / 1e6:.1f} MB …")
        _pack(folder, manifest)
        (folder / "whole").rename(file)
    return file, manifest


def restore_backup(*, file: Path, now: datetime, tell: Tell) -> Manifest:
    """Read a backup into an empty database and compare every count and checksum.

    Raise BackupError where the database is not empty, the backup is damaged or of another version,
    or where something is not as it was.
    """
    _check_empty()
    with TemporaryDirectory() as folder:
        tell(f"Unpacking {file} …")
        manifest = _unpack(file, Path(folder) / DATABASE)
        _check_fits(manifest)
        tell(f"Reading {manifest.n_rows} rows in …")
        cast(Callable[[Path], None], import_string(settings.LOAD_DATABASE))(Path(folder) / DATABASE)
    tell(f"Comparing {len(manifest.counts)} tables and {len(manifest.releases)} releases …")
    differences = list(list_differences(manifest, describe(_read, now=now)))
    if differences:
        raise BackupError("Not everything is as it was: " + "; ".join(differences))
    return manifest


def _read(query: str) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return list(cursor.fetchall())


def _check_place(file: Path) -> None:
    folders = [Path(folder) for folder in (settings.KEYS_DIR, settings.KEYS_DIR_COPY) if folder]
    if any(file.resolve().is_relative_to(folder.resolve()) for folder in folders):
        raise BackupError(
            f"{file} lies in the folder of the keys. A backup beside the keys of open waves lets "
            "whoever finds both read the answers: choose another folder."
        )
    if file.exists():
        raise BackupError(f"{file} exists already; nothing was written over it.")
    if not file.parent.is_dir():
        raise BackupError(f"There is no folder {file.parent}.")


def _check_empty() -> None:
    names = connection.introspection.table_names()
    if not names:
        return
    counted = sorted(((_count_rows(name), name) for name in names), reverse=True)
    told = ", ".join(f"{name} ({n} rows)" for n, name in counted[:MOST_NAMED])
    raise BackupError(
        f"The database is not empty: it has {len(names)} tables, among them {told}. Nothing was "
        "changed. Make an empty database, name it in DATABASE_URL and restore into that one."
    )


def _count_rows(table: str) -> int:
    name = connection.ops.quote_name(table)
    return int(str(_read(f"SELECT COUNT(*) FROM {name}")[0][0]))  # noqa: S608


def _check_fits(manifest: Manifest) -> None:
    if manifest.engine != connection.vendor:
        raise BackupError(
            f"It is a backup of {manifest.engine}; DATABASE_URL names {connection.vendor}."
        )
    known = known_migrations()
    unlike = sorted(set(known) ^ set(manifest.migrations))
    if unlike:
        told = ", ".join(unlike[:MOST_NAMED])
        raise BackupError(
            f"It was made by another version of the product ({manifest.version}): {told} differ. "
            "Restore with the version that made it, then upgrade."
        )


@contextmanager
def _folder_beside(file: Path) -> Iterator[Path]:
    """Give a folder that only we may read on the disk of the file, so that it appears whole."""
    try:
        with TemporaryDirectory(dir=file.parent, prefix=".backup-") as folder:
            yield Path(folder)
    except OSError as error:
        raise BackupError(f"The backup could not be written: {error}") from error


def _pack(folder: Path, manifest: Manifest) -> None:
    text = manifest.as_text().encode()
    header = tarfile.TarInfo(MANIFEST)
    header.size = len(text)
    descriptor = os.open(folder / "whole", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as whole:
        with tarfile.open(fileobj=whole, mode="w") as tar:
            tar.addfile(header, BytesIO(text))
            tar.add(folder / DATABASE, arcname=DATABASE)
        whole.flush()
        os.fsync(whole.fileno())


def _unpack(file: Path, target: Path) -> Manifest:
    """Write the dump to a place of ours, proven to be the one that was packed."""
    try:
        with closing(tarfile.open(file)) as tar:
            manifest = read_text(_member(tar, MANIFEST).read().decode())
            with target.open("wb") as copy, _member(tar, DATABASE) as dump:
                while block := dump.read(1 << 20):
                    copy.write(block)
    except (OSError, tarfile.TarError, UnicodeDecodeError) as error:
        raise BackupError(f"{file} is no whole backup: {error}") from error
    if _digest(target) != manifest.digest:
        raise BackupError(f"{file} is damaged: its checksum does not fit. Take an earlier one.")
    return manifest


def _member(tar: tarfile.TarFile, name: str) -> IO[bytes]:
    try:
        member = tar.extractfile(name)
    except KeyError:
        member = None
    if member is None:
        raise BackupError(f"It is no backup of this product: {name} is missing.")
    return member


def _digest(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
