"""Dump the database into a file, and read such a file in, as each kind of database does it."""

import os
import re
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, TypeVar

from django.db import connection, transaction
from psycopg.pq import Conninfo

from survey.followup.manifests import BackupError, Read

PLACES = ("/usr/lib/postgresql/{major}/bin",)  # of Debian, beside those of other versions

Described = TypeVar("Described")


def dump(file: Path, describe: Callable[[Read], Described]) -> Described:
    """Write the whole database into a file; return what `describe` reads at the same moment."""
    if connection.vendor == "sqlite":
        return _dump_sqlite(file, describe)
    return _dump_postgresql(file, describe)


def load(file: Path) -> None:
    """Read a dump into the database, which must be empty."""
    if connection.vendor == "sqlite":
        _load_sqlite(file)
    else:
        _load_postgresql(file)


def _dump_sqlite(file: Path, describe: Callable[[Read], Described]) -> Described:
    """Copy without the pages of what was deleted; writers go on meanwhile."""
    with closing(sqlite3.connect(_sqlite_path())) as source:
        source.execute("VACUUM INTO ?", [str(file)])
    with closing(sqlite3.connect(file)) as copy:
        return describe(lambda query: copy.execute(query).fetchall())


def _load_sqlite(file: Path) -> None:
    connection.close()
    with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(_sqlite_path())) as ours:
        source.backup(ours)


def _sqlite_path() -> str:
    return str(connection.settings_dict["NAME"])


def _dump_postgresql(file: Path, describe: Callable[[Read], Described]) -> Described:
    """Let pg_dump see the rows that are described, whatever is written meanwhile."""
    program = _find_program("pg_dump")
    with _one_moment() as (read, snapshot):
        described = describe(read)
        options = ["--format=custom", "--no-owner", "--no-privileges", "--no-password"]
        _run(program, *options, f"--snapshot={snapshot}", f"--file={file}")
    return described


def _load_postgresql(file: Path) -> None:
    """Read the dump in whole or not at all."""
    options = ["--exit-on-error", "--single-transaction", "--no-owner", "--no-privileges"]
    name = connection.settings_dict["NAME"]
    _run(_find_program("pg_restore"), *options, "--no-password", f"--dbname={name}", str(file))


@contextmanager
def _one_moment() -> Iterator[tuple[Read, str]]:
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        cursor.execute("SET LOCAL statement_timeout = 0")
        cursor.execute("SELECT pg_export_snapshot()")
        snapshot = cursor.fetchone()[0]

        def read(query: str) -> list[tuple[Any, ...]]:
            cursor.execute(query)
            return list(cursor.fetchall())

        yield read, snapshot


def _find_program(name: str) -> str:
    """Return a program of the server's own version: others write what it does not understand."""
    major = str(connection.get_database_version()[0])
    folders = [place.format(major=major) for place in PLACES]
    found = [shutil.which(name, path=folder) for folder in (*folders, None)]
    versions = {path: _read_version(path) for path in found if path}
    for path, version in versions.items():
        if version == major:
            return path
    others = f" (here is version {', '.join(versions.values())})" if versions else ""
    raise BackupError(
        f"{name} of PostgreSQL {major} is missing{others}. It comes with the package "
        f"postgresql-client-{major} of Debian and Ubuntu, and with postgresql{major}-client of "
        "Alpine."
    )


def _read_version(program: str) -> str:
    said = subprocess.run(  # noqa: S603 (a program of PostgreSQL's own)
        [program, "--version"], capture_output=True, text=True, check=False
    )
    number = re.search(r"\d+", said.stdout)
    return number[0] if number else "unknown"


def _run(program: str, *options: str) -> None:
    done = subprocess.run(  # noqa: S603 (a program of PostgreSQL's own)
        [program, *options], env=_environment(), capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        raise BackupError(f"{Path(program).name} failed: {done.stderr.strip()}")


def _environment() -> dict[str, str]:
    """Return where the database is, the password too: command lines can be read by everybody."""
    known = {
        option.keyword.decode(): option.envvar.decode()
        for option in Conninfo.get_defaults()
        if option.envvar is not None
    }
    parameters = connection.get_connection_params()
    given = {known[name]: str(value) for name, value in parameters.items() if name in known}
    given.pop("PGOPTIONS", None)  # our own time limits
    return {**os.environ, **given}
