"""The product with servers of its own: whatever dies is started again, as compose would do it."""

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import psycopg
import redis

from tests.faults.disk import Disk
from tests.faults.guard import Guard
from tests.faults.post import Post
from tests.faults.servers import MortalPostgres, MortalRedis
from tests.faults.tables import bring_tables
from tests.services.processes import inherit, last_words, run_to_end, start_logged
from tests.services.programs import free_port

WEB = ("gunicorn", "config.wsgi", "--config", "config/gunicorn.py", "--workers", "2")
WORKER = ("celery", "--app", "config", "worker", "--concurrency", "2", "--loglevel", "INFO")
BEAT = ("celery", "--app", "config", "beat", "--loglevel", "INFO")
COMPANY = "tests.faults.company"
TICK_SECONDS = 2
LOOK_SECONDS = 0.5


class Plant:
    """Everything that runs; only processes that it started itself are ever signalled."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.chmod(0o711)
        self.disk = Disk(folder / "disk")
        self._guard = Guard(folder)
        self.postgres = MortalPostgres(self.disk.folder / "postgres", note=self._guard.note)
        self.redis = MortalRedis(folder / "redis", note=self._guard.note)
        self.post = Post()
        self.token = ""  # of the till
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.commands: dict[str, Sequence[str]] = {
            "web": (*WEB, "--bind", f"127.0.0.1:{self.port}"),
            "worker": WORKER,
            "beat": BEAT,
        }
        self.restarts: Counter[str] = Counter()
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        self._lock = threading.RLock()
        self._is_over = threading.Event()
        self._keeper = threading.Thread(target=self._keep_alive, daemon=True)

    def start_servers(self) -> None:
        """Start PostgreSQL, Redis and the mail server."""
        self.postgres.start()
        self.redis.start()
        self.post.start()
        self.environment = inherit() | {
            "SECRET_KEY": "of one plant alone, which stands for an hour and is torn down then",
            "DATABASE_URL": self.postgres.url,
            "REDIS_URL": f"{self.redis.url}/0",
            "DATA_DIR": str(self.folder / "data"),
            "KEYS_DIR": str(self.folder / "keys"),
            "BASE_URL": self.url,
            "EMAIL_URL": self.post.url,
            "TICK_SECONDS": str(TICK_SECONDS),
            "STATIC_MANIFEST": "0",
            "LOG_LEVEL": "INFO",
        }

    def set_up(self, *, n_divisions: int) -> None:
        """Make the tables and the company in them."""
        bring_tables(self.postgres.url)
        self.token = self.run([sys.executable, "-m", COMPANY, str(n_divisions)]).split()[-1]

    def start_product(self) -> None:
        """Start web, worker and beat, and keep them alive from now on."""
        for name in self.commands:
            self.start(name)
        self._keeper.start()

    def stop(self) -> None:
        """Stop everything that was started, whatever state it is in."""
        self._is_over.set()
        with self._lock:
            for name in list(self._running):
                self.halt(name)
        self.post.stop()
        with contextlib.suppress(ProcessLookupError, AssertionError):
            self.redis.thaw()
        self.redis.stop()
        self.postgres.stop()
        self._guard.clean_up()

    def start(self, name: str, *, command: Sequence[str] = ()) -> None:
        """Start one process of the product; a command of one's own stays until it is halted."""
        with self._lock:
            self._running[name] = start_logged(
                command or self.commands[name], self.environment, self.folder / f"{name}.log"
            )
            self._guard.note(self._running[name].pid)

    def halt(self, name: str) -> None:
        """End one process and its children at once; it is not started again by itself."""
        with self._lock:
            process = self._running.pop(name)
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def kill(self, name: str) -> None:
        """Kill one process, and only it; it comes back as soon as somebody looks."""
        with self._lock:
            self._running[name].kill()

    def kill_child(self, name: str, which: int) -> bool:
        """Kill one of the processes that a process has started; False where it has none."""
        with self._lock:
            children = children_of(self._running[name].pid)
            if not children:
                return False
            with contextlib.suppress(ProcessLookupError):
                os.kill(children[which % len(children)], signal.SIGKILL)
            return True

    def manage(self, *words: str) -> str:
        """Run a management command and return what it printed; a failure is an AssertionError."""
        return self.run([sys.executable, "manage.py", *words])

    def run(self, command: Sequence[str]) -> str:
        """Run a program of the product to its end and return what it printed."""
        return run_to_end(command, self.environment)

    def connect(self) -> psycopg.Connection:
        """Open a connection to the database, in a hurry: it may be gone."""
        return psycopg.connect(self.postgres.url, autocommit=True, connect_timeout=2)

    def broker(self) -> redis.Redis:
        """Return a client of the broker."""
        return redis.Redis.from_url(f"{self.redis.url}/0", socket_timeout=2)

    def logs(self) -> str:
        """Return the last words of every process."""
        return last_words(self.folder)

    def wait_until(self, is_so: Callable[[], bool], what: str, *, seconds: float = 60.0) -> float:
        """Wait for a condition and return how long it took; fail with words and logs."""
        began_at = time.monotonic()
        while not is_so():
            waited = time.monotonic() - began_at
            assert waited < seconds, f"not within {seconds:.0f} s: {what}\n{self.logs()}"
            time.sleep(0.1)
        return time.monotonic() - began_at

    def _keep_alive(self) -> None:
        """Start again what has died, as `restart: unless-stopped` would."""
        while not self._is_over.wait(LOOK_SECONDS):
            with self._lock:
                dead = [n for n, process in self._running.items() if process.poll() is not None]
                for name in dead:
                    if self._is_over.is_set():
                        return
                    self.halt(name)
                    self.restarts[name] += 1
                    self.start(name)


def children_of(pid: int) -> list[int]:
    """Return the processes that a process has started."""
    try:
        return [int(n) for n in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except (FileNotFoundError, ProcessLookupError):
        return []
