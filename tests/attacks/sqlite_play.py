"""Plays a whole wave in a SQLite file that has tables; prints what the attacker knows, as JSON.

It runs in a process of its own (`manage.py shell`), since the suite's database is another one.
"""

import json
import shutil
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path

from django.conf import settings
from django.db import connection

from config.databases import empty_journal
from tests.attacks import stage


def main(*, is_open: bool) -> None:
    """Play the wave, with boxes left open and rows left in order or with all protection on."""
    with connection.cursor() as cursor:  # a log that keeps everything, for a patient attacker
        cursor.execute("PRAGMA wal_autocheckpoint = 0")
    settings.EMPTY_JOURNAL = "tests.attacks.sqlite_play.copy_and_empty"
    with ExitStack() as stack:
        if is_open:
            stack.enter_context(stage.boxes_left_open())
            stack.enter_context(stage.nothing_shuffled())
        wave = stage.prepare_wave()
        arrived = stage.answer_in_order(wave)
        stage.seal(wave)
    print(json.dumps([asdict(known) for known in arrived]))  # noqa: T201


def copy_and_empty() -> bool:
    """Copy the log just before it is emptied, once: the attacker was there in time."""
    database = Path(str(connection.settings_dict["NAME"]))
    copy = database.with_name("copied-wal")
    if not copy.exists():
        shutil.copy(database.with_name(database.name + "-wal"), copy)
    return empty_journal()
