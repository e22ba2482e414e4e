"""A whole product as processes on free ports: web server, worker, timetable and mail server."""

import contextlib
import sqlite3
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from email.message import EmailMessage
from pathlib import Path
from typing import Any, LiteralString, TypeVar

import psycopg

from tests.journeys.mailbox import Mailbox
from tests.services.processes import Processes
from tests.services.programs import free_port

Found = TypeVar("Found")
WEB = ("gunicorn", "config.wsgi", "--config", "config/gunicorn.py", "--workers", "1")
WORKER = ("celery", "--app", "config", "worker", "--beat", "--concurrency", "1")
SQLITE = "hearthline.sqlite3"
KEYS_OUT_OF_REACH = {"KEYS_DIR": "/dev/null/keys", "KEYS_DIR_COPY": ""}


class Product:
    """Hearthline as somebody runs it: on PostgreSQL and Redis, or on files alone."""

    def __init__(self, *, folder: Path, database_url: str = "", redis_url: str = "") -> None:
        self.folder = folder
        self.keys_folder = folder / "keys"
        self.mailbox = Mailbox()
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.environment = {
            "SECRET_KEY": "a journey's own, and nobody else's, for an hour or so",
            "DATABASE_URL": database_url or f"sqlite:///{folder / SQLITE}",
            "REDIS_URL": redis_url,
            "DATA_DIR": str(folder),
            "KEYS_DIR": str(self.keys_folder),
            "BASE_URL": self.url,
            "EMAIL_URL": self.mailbox.url,
            "TICK_SECONDS": "2",
            "STATIC_MANIFEST": "0",
            "LOG_LEVEL": "INFO",
        }
        logs = folder / "logs"
        logs.mkdir(parents=True)
        self.processes = Processes(self.environment, logs)
        self.is_embedded = not redis_url

    def start(self, *, web_environment: Mapping[str, str] = KEYS_OUT_OF_REACH) -> None:
        """Start everything, on a database with tables; the web process cannot reach the keys."""
        self.mailbox.start()
        bind = ("--bind", f"127.0.0.1:{self.port}")
        self.processes.start("web", (*WEB, *bind), extra=web_environment)
        self.start_worker()
        self.wait_until(lambda: self.get("/login/")[0] == 200, seconds=60)

    def start_worker(self) -> None:
        """Start the worker, which also keeps the timetable."""
        self.processes.start("worker", (*WORKER, "--loglevel", "INFO"))

    def stop(self) -> None:
        """Stop everything this product started."""
        self.processes.stop()
        self.mailbox.stop()

    def manage(self, *words: str) -> str:
        """Run a management command and return what it printed."""
        return self.processes.run(["python", "manage.py", *words])

    def shell(self, code: str) -> str:
        """Run lines of Python inside the product and return what they printed."""
        return self.manage("shell", "--no-imports", "--command", code)

    def ask(self, query: LiteralString) -> list[tuple[Any, ...]]:
        """Ask the database itself: a process of the product would take seconds to begin."""
        if self.is_embedded:
            file = f"file:{self.folder / SQLITE}?mode=ro"
            with contextlib.closing(sqlite3.connect(file, uri=True)) as connection:
                return connection.execute(query).fetchall()
        with psycopg.connect(self.environment["DATABASE_URL"]) as server:
            return server.execute(query).fetchall()

    def wait_until(self, found: Callable[[], Found], *, seconds: float = 120.0) -> Found:
        """Return the first true answer of a condition; fail with the logs if there is none."""
        return self.processes.wait_until(found, seconds=seconds)

    def wait_for_letters(
        self, address: str, *, count: int = 1, seconds: float = 120.0
    ) -> list[EmailMessage]:
        """Return the letters of an address once there are that many."""

        def enough() -> list[EmailMessage]:
            letters = self.mailbox.letters_to(address)
            return letters if len(letters) >= count else []

        return self.wait_until(enough, seconds=seconds)

    def get(self, path: str) -> tuple[int, str]:
        """Fetch a page without a browser: its status (0 if nobody listens) and text."""
        try:
            with urllib.request.urlopen(self.url + path, timeout=10) as reply:  # noqa: S310
                return reply.status, reply.read().decode()
        except urllib.error.HTTPError as error:
            with contextlib.closing(error):
                return error.code, error.read().decode()
        except OSError:
            return 0, ""
