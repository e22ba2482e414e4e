#!/usr/bin/env python
"""Django's command line."""

import getpass
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress

from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line, get_commands
from django.db import DatabaseError, OperationalError, ProgrammingError
from django.utils import timezone
from django.utils.module_loading import import_string

NO_TABLES = ("no such table", "does not exist")
UNRECORDED = frozenset({"demo", "tick", "verify"})  # nobody's doing: a timetable's, or a trial


def main() -> None:
    """Run a command; say in a line what is missing before any command can run."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    try:
        with recorded(sys.argv[1:]):
            execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        sys.exit(str(error))
    except (OperationalError, ProgrammingError) as error:
        if not any(words in str(error) for words in NO_TABLES):
            raise
        sys.exit("The database has no tables yet, or not all of them. Run: manage.py migrate")


@contextmanager
def recorded(words: Sequence[str]) -> Iterator[None]:
    """Write into the access log that a command of ours was run, whether it succeeds or not."""
    try:
        yield
    except BaseException:
        with suppress(DatabaseError):  # what went wrong is said, not that it could not be recorded
            record(words, status=1)
        raise
    record(words, status=0)


def record(words: Sequence[str], *, status: int) -> None:
    """Record a command of this product; Django's own show and change nothing of anybody."""
    name = words[0] if words else ""
    if not apps.ready or name in UNRECORDED or "--help" in words:
        return
    if not str(get_commands().get(name, "")).startswith("survey."):
        return
    options = [word.partition("=")[0] for word in words[1:] if word.startswith("--")]
    record_command = import_string("survey.accounts.access_log.record_command")
    record_command(name=name, account=account(), options=options, status=status, now=timezone.now())


def account() -> str:
    """Return the machine's account that runs this; a container's may have no name."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return ""


if __name__ == "__main__":
    main()
