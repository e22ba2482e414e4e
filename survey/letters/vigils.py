"""Whether the process that took letters to send still lives, for those on the same machine.

A process holds a locked file as long as it lives; the system unlocks it at its end, however that
comes. Whose file is unlocked is gone, and its letters need not wait for their lease. Of processes
elsewhere no file is seen here: their leases run out. So do those of whoever may not lock a file,
and those of whom the file may not be read: no file stops a letter.
"""

import fcntl
import logging
import os
from collections.abc import Collection
from contextlib import suppress
from functools import cache
from pathlib import Path
from uuid import uuid4

from django.conf import settings

logger = logging.getLogger(__name__)
_own: dict[int, list[str]] = {}  # by process, since a child must not answer to its parent's marks


def keep_vigil() -> str:
    """Return the mark of this process, which holds for as long as it lives.

    Where somebody deleted its file, it begins another and goes on answering to the first; where
    it may keep none, the mark is empty.
    """
    marks = _own.setdefault(os.getpid(), [])
    try:
        while not marks or not _file_of(marks[-1]).exists():
            marks.append(_begin())
    except OSError as error:
        _warn_once(_folder(), type(error).__name__)
        return ""
    return marks[-1]


def list_own() -> list[str]:
    """Return every mark under which this process may hold letters."""
    return _own.get(os.getpid(), [])


def find_gone(marks: Collection[str]) -> list[str]:
    """Return the marks of processes that lived on this machine and do no more."""
    return [mark for mark in marks if mark and mark not in list_own() and _is_gone(mark)]


def clear_vigils(*, kept: Collection[str]) -> None:
    """Delete the files of processes that are gone and hold no letters."""
    for file in _folder().glob("*"):
        if file.name not in {*kept, *list_own()} and _is_gone(file.name):
            with suppress(OSError):
                file.unlink()


def _begin() -> str:
    mark = uuid4().hex
    _folder().mkdir(parents=True, exist_ok=True)
    file = os.open(_file_of(mark), os.O_CREAT | os.O_RDWR, 0o600)
    try:
        fcntl.flock(file, fcntl.LOCK_EX)
    except OSError:
        os.close(file)
        raise
    return mark


@cache
def _warn_once(folder: Path, reason: str) -> None:
    logger.warning("Letters of processes that end wait for their lease: %s, %s", folder, reason)


def _is_gone(mark: str) -> bool:
    try:
        file = os.open(_file_of(mark), os.O_RDWR)
    except OSError:
        return False
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    finally:
        os.close(file)
    return True


def _folder() -> Path:
    return settings.DATA_DIR / "sending"


def _file_of(mark: str) -> Path:
    return _folder() / mark
