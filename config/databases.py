"""What only one kind of database needs."""

import time
from collections.abc import Iterator

from django.db import connection

ATTEMPTS = 20
PAUSE_SECONDS = 0.1

SILENT = {  # what PostgreSQL must not write down by itself: statements, values, moments
    "log_statement": "none",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_duration": "off",
    "log_min_duration_statement": "-1",
    "log_min_duration_sample": "-1",
    "log_transaction_sample_rate": "0",
    "log_parameter_max_length_on_error": "0",
    "track_commit_timestamp": "off",
}


def empty_journal() -> bool:
    """Write SQLite's write-ahead log into the database and cut it to nothing, while not busy."""
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        return True  # nothing to empty, or nothing that is written yet
    for _ in range(ATTEMPTS):
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            is_busy, _, _ = cursor.fetchone()
        if not is_busy:
            return True
        time.sleep(PAUSE_SECONDS)
    return False


def list_loose_settings() -> Iterator[tuple[str, str, str]]:
    """Yield the settings of the live server by which it would tell too much: name, is, should be.

    SQLite writes down nothing but its data.
    """
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, setting FROM pg_settings")
        found = dict(cursor.fetchall())
    for name, wanted in SILENT.items():
        if found.get(name, wanted) != wanted:
            yield name, found[name], wanted
