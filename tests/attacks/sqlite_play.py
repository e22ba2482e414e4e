"""Plays whole waves in SQLite files that have tables; leaves beside each what its attacker knows.

It runs in a process of its own (`manage.py shell`), since the suite's database is another one, and
plays every wave in a child of that: what one keeps in mind is nothing of another's.
"""

import json
import shutil
from contextlib import ExitStack
from dataclasses import asdict
from multiprocessing import get_context
from pathlib import Path

from django.conf import settings
from django.db import connection

from config.databases import empty_journal
from tests.attacks import stage

DATABASE, KNOWN = "play.sqlite3", "known.json"


def main(**folders: str) -> None:
    """Play with all protection on in the folder named so, and without it in the one left open."""
    fork = get_context("fork")
    for name, folder in folders.items():
        child = fork.Process(target=play, args=(Path(folder),), kwargs={"is_open": name == "open"})
        child.start()
        child.join()
        assert child.exitcode == 0, name


def play(folder: Path, *, is_open: bool) -> None:
    """Play a wave, with boxes left open and rows left in order or with all protection on."""
    connection.settings_dict["NAME"] = folder / DATABASE
    settings.KEYS_DIR = folder / "keys"
    settings.EMPTY_JOURNAL = "tests.attacks.sqlite_play.copy_and_empty"
    with connection.cursor() as cursor:  # a log that keeps everything, for a patient attacker
        cursor.execute("PRAGMA wal_autocheckpoint = 0")
    size = (stage.FEW_TEAMS, stage.N_FEW) if is_open else (stage.N_TEAMS, stage.N_PEOPLE)
    with ExitStack() as stack:
        if is_open:
            stack.enter_context(stage.boxes_left_open())
            stack.enter_context(stage.nothing_shuffled())
        wave = stage.prepare_wave(*size)
        arrived = stage.answer_in_order(wave)
        stage.seal(wave)
    connection.close()
    (folder / KNOWN).write_text(json.dumps([asdict(known) for known in arrived]))


def copy_and_empty() -> bool:
    """Copy the log just before it is emptied, once: the attacker was there in time."""
    database = Path(str(connection.settings_dict["NAME"]))
    copy = database.with_name("copied-wal")
    if not copy.exists():
        shutil.copy(database.with_name(database.name + "-wal"), copy)
    return empty_journal()
