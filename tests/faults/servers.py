"""PostgreSQL and Redis that can be killed and come back with what they had written down."""

import shutil
import signal
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from tests.services.postgres import SILENT, PostgresServer
from tests.services.programs import stop_process
from tests.services.redis import RedisServer

AS_IN_PRODUCTION = {**SILENT, "fsync": "on", "synchronous_commit": "on", "max_wal_size": "64MB"}
AS_SHIPPED = (
    "--appendonly",
    "yes",
    "--appendfsync",
    "everysec",
    "--maxmemory-policy",
    "noeviction",
)
Note = Callable[[int], None]  # of the number of a process that was started


class MortalPostgres(PostgresServer):
    """Keeps what it says it has committed; its crash is `pg_ctl stop -m immediate`."""

    def __init__(self, folder: Path, *, note: Note) -> None:
        super().__init__(folder, settings=AS_IN_PRODUCTION)
        self.url = ""
        self._note = note

    def start(self) -> str:
        """Make the database folder and start for the first time."""
        self.url = super().start()
        return self.url

    def crash(self) -> None:
        """Stop at once, without writing anything more."""
        assert self._process is not None
        stop_process(self._process, signal.SIGQUIT)

    def _serve(self, port: int) -> None:
        super()._serve(port)
        assert self._process is not None
        self._note(self._process.pid)

    @property
    def is_dead(self) -> bool:
        """It has ended by itself."""
        return self._process is None or self._process.poll() is not None

    def come_back(self) -> None:
        """Start again where it was, on the same port, and recover."""
        port = urlsplit(self.url).port
        assert port is not None
        self._serve(port)


class MortalRedis(RedisServer):
    """As docker-compose.yml runs it."""

    def __init__(self, folder: Path, *, note: Note) -> None:
        super().__init__(folder, options=AS_SHIPPED)
        self.url = ""
        self._note = note

    def start(self) -> str:
        """Start for the first time."""
        self.url = super().start()
        return self.url

    def crash(self) -> None:
        """Die at once."""
        assert self._process is not None
        self._process.kill()
        self._process.wait()

    def come_back(self, *, with_its_file: bool = True) -> None:
        """Start again on the same port, with or without what it had written to its file."""
        port = urlsplit(self.url).port
        assert port is not None
        if not with_its_file:
            self._forget()
        self._serve(port)

    def _serve(self, port: int) -> None:
        super()._serve(port)
        assert self._process is not None
        self._note(self._process.pid)

    def _forget(self) -> None:
        """Remove the file, or from Redis 7 on the folder of files, that it would read."""
        shutil.rmtree(self._folder / "appendonlydir", ignore_errors=True)
        (self._folder / "appendonly.aof").unlink(missing_ok=True)

    def freeze(self) -> None:
        """Stop answering while connections stay."""
        assert self._process is not None
        self._process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """Go on."""
        assert self._process is not None
        self._process.send_signal(signal.SIGCONT)
