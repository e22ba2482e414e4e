"""The servers the suite runs against: found on the machine or in wheels, stopped afterwards."""

import contextlib
import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent


@dataclass(frozen=True)
class Services:
    """What was started: addresses (empty where a server cannot be had) and the common folder."""

    folder: Path
    postgres_url: str
    redis_url: str
    missing: tuple[str, ...]


class ServicesError(Exception):
    """The servers could not be started; the message is what they printed."""


class Keeper:
    """A process that holds the servers and stops them once this process has gone, however."""

    def __init__(self, names: tuple[str, ...]) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.services", *names],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise ServicesError("the test servers did not start; see the lines above")
        found = json.loads(line)
        self.services = Services(
            folder=Path(found["folder"]),
            postgres_url=found["postgres"],
            redis_url=found["redis"],
            missing=tuple(found["missing"]),
        )

    def stop(self) -> None:
        """Stop the servers and remove their folder."""
        if self._process.stdin is not None:
            with contextlib.suppress(BrokenPipeError):
                self._process.stdin.close()
        self._process.wait(timeout=30)
        if self._process.stdout is not None:
            self._process.stdout.close()
