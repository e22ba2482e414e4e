"""Processes of the product under test: started with a log each, stopped with all their children."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from tests.services import ROOT

BIN = Path(sys.executable).parent
SHELL = ("HOME", "LANG", "LC_ALL", "TMPDIR")
Found = TypeVar("Found")


def inherit() -> dict[str, str]:
    """Return what a process of the product takes over from this one: no settings of ours."""
    inherited = {name: os.environ[name] for name in SHELL if name in os.environ}
    return inherited | {"PATH": f"{BIN}:{os.environ.get('PATH', os.defpath)}"}


def run_to_end(command: Sequence[str], environment: Mapping[str, str]) -> str:
    """Run a command to its end and return what it printed; a failure is an AssertionError."""
    done = subprocess.run(
        command,
        env=environment,
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, f"{' '.join(command)}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def start_logged(
    command: Sequence[str], environment: Mapping[str, str], log: Path
) -> subprocess.Popen[bytes]:
    """Start a process that stays, in a session of its own; what it prints is added to a file."""
    with log.open("ab") as file:
        return subprocess.Popen(
            command,
            env=environment,
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=file,
            stderr=file,
            start_new_session=True,
        )


def last_words(folder: Path) -> str:
    """Return the ends of all logs in a folder."""
    return "\n".join(
        f"--- {file.stem} ---\n{file.read_text(errors='replace')[-3000:]}"
        for file in sorted(folder.glob("*.log"))
    )


class Processes:
    """A set of processes in one environment."""

    def __init__(self, environment: Mapping[str, str], log_folder: Path) -> None:
        self.environment = {**inherit(), **environment}
        self._log_folder = log_folder
        self._running: dict[str, subprocess.Popen[bytes]] = {}

    def run(self, command: Sequence[str]) -> str:
        """Run a command to its end and return what it printed; a failure is an AssertionError."""
        return run_to_end(command, self.environment)

    def succeeds(self, command: Sequence[str]) -> bool:
        """Run a command to its end and say whether it went well."""
        done = subprocess.run(
            command, env=self.environment, cwd=ROOT, capture_output=True, check=False, timeout=60
        )
        return done.returncode == 0

    def start(
        self, name: str, command: Sequence[str], *, extra: Mapping[str, str] | None = None
    ) -> None:
        """Start a process that stays, in a session of its own."""
        environment = self.environment | dict(extra or {})
        log = self._log_folder / f"{name}.log"
        self._running[name] = start_logged(command, environment, log)

    def wait_until(self, found: Callable[[], Found], *, seconds: float = 30.0) -> Found:
        """Return the first true answer; say what the processes printed if there is none."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            answer = found()
            if answer:
                return answer
            dead = [name for name, process in self._running.items() if process.poll() is not None]
            assert not dead, f"ended by itself: {dead}\n{self.logs()}"
            time.sleep(0.05)
        raise AssertionError(f"nothing within {seconds} s\n{self.logs()}")

    def logs(self) -> str:
        """Return the last words of every process."""
        return last_words(self._log_folder)

    def signal(self, name: str, sign: signal.Signals) -> None:
        """Send a signal to one process."""
        self._running[name].send_signal(sign)

    def stop(self, name: str | None = None) -> None:
        """Stop one process or all of them, with their children."""
        names = [name] if name else list(self._running)
        for stopped in names:
            self._running[stopped].terminate()
        for stopped in names:
            process = self._running.pop(stopped)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(timeout=10)
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
