"""Databases with every table, migrated once for the whole run and copied where a product begins."""

import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tests.services import ROOT
from tests.services.databases import address_of, create_database, drop_database
from tests.services.processes import Processes

DONE = "done"
SECONDS = 240  # ten seconds of a core; the first test of all waits for it


def postgres_template(server_url: str) -> str:
    """Return the name of a migrated database on the suite's server; nobody may stay connected."""
    folder = _folder()
    name = _name(folder)
    with _first_comes("postgres") as done:
        if not done.exists():
            drop_database(server_url, name)
            create_database(server_url, name)
            _migrate({"DATABASE_URL": address_of(server_url, name)}, done.parent)
            done.touch()
    return name


def copy_sqlite_template(target: Path) -> None:
    """Put a migrated SQLite database where a product looks for it."""
    with _first_comes("sqlite") as done:
        made = done.with_name("migrated.sqlite3")
        if not done.exists():
            _migrate({"DATABASE_URL": f"sqlite:///{made}"}, done.parent)
            done.touch()
    shutil.copyfile(made, target)


def forget_templates(server_url: str) -> None:
    """Leave nothing on a server that is not the suite's own."""
    drop_database(server_url, _name(_folder()))


def _folder() -> Path:
    return Path(os.environ["HEARTHLINE_SUITE_FOLDER"])


def _name(folder: Path) -> str:
    """Return a name that no other run on the same server uses."""
    return "template_" + folder.name.replace("-", "_").lower()


@contextmanager
def _first_comes(engine: str) -> Iterator[Path]:
    """Let one process at a time see whether the work is done; the mark lies in a folder."""
    folder = _folder() / f"template-{engine}"
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield folder / DONE


def _migrate(urls: Mapping[str, str], folder: Path) -> None:
    environment = {
        "SECRET_KEY": "for making tables, and for nothing else whatever it may be",
        "DATA_DIR": str(folder),
        "BASE_URL": "http://testserver",
        **urls,
    }
    done = subprocess.run(
        [sys.executable, "manage.py", "migrate", "-v", "0"],
        env=Processes(environment, folder).environment,
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=SECONDS,
    )
    assert done.returncode == 0, done.stdout + done.stderr
