"""What only one kind of database needs."""

import time

from django.db import connection

ATTEMPTS = 20
PAUSE_SECONDS = 0.1


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
