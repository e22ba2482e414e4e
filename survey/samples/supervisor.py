"""Runs several processes as one: all are up, or all are down and nothing is left behind."""

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import FrameType, TracebackType
from typing import Self

POLL_SECONDS = 0.1
ENDING_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class EndedError(Exception):
    """Somebody asked for the end (Ctrl-C, or a signal)."""


class ProcessDiedError(Exception):
    """One of the processes ended by itself; the others are being stopped."""


@dataclass(frozen=True)
class Program:
    """One process to run: what people call it, and its command."""

    name: str
    command: Sequence[str]


class Supervisor:
    """Starts programs in sessions of their own and stops them all, whichever way it ends."""

    def __init__(self, *, environment: Mapping[str, str], patience_seconds: float = 15.0) -> None:
        self._environment = dict(environment)
        self._patience_seconds = patience_seconds
        self._processes: dict[str, subprocess.Popen[bytes]] = {}
        self._is_asked_to_end = False

    def __enter__(self) -> Self:
        self._former_handlers = {
            sign: signal.signal(sign, self._ask_to_end) for sign in ENDING_SIGNALS
        }
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.stop()
        for sign, handler in self._former_handlers.items():
            signal.signal(sign, handler)

    def start(self, program: Program) -> None:
        """Start a program that is to live as long as the supervisor."""
        self._processes[program.name] = self._spawn(program)

    def run(self, program: Program) -> None:
        """Run a program to its end; one that fails raises ProcessDiedError."""
        process = self._spawn(program)
        self._processes[program.name] = process
        while process.poll() is None:
            self._pause()
        if process.returncode:
            self._check()
        del self._processes[program.name]

    def wait_until(self, is_ready: Callable[[], bool], *, seconds: float) -> None:
        """Wait for a condition while all processes live; TimeoutError if it takes too long."""
        deadline = time.monotonic() + seconds
        while not is_ready():
            self._check()
            self._pause()
            if time.monotonic() > deadline:
                raise TimeoutError(f"not ready within {seconds:.0f} seconds")

    def wait(self) -> None:
        """Wait for the end: EndedError or ProcessDiedError says which."""
        while True:
            self._check()
            self._pause()

    def stop(self) -> None:
        """Ask every process to end, wait a little, then end what is left with its children."""
        for process in self._processes.values():
            process.terminate()
        deadline = time.monotonic() + self._patience_seconds
        for process in self._processes.values():
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(timeout=max(0.0, deadline - time.monotonic()))
        for process in self._processes.values():
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        self._processes.clear()

    def _spawn(self, program: Program) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(  # noqa: S603
            program.command,
            env=self._environment,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )

    def _check(self) -> None:
        for name, process in self._processes.items():
            code = process.poll()
            if code is not None:
                raise ProcessDiedError(f"the {name} ended by itself with code {code}")

    def _pause(self) -> None:
        if self._is_asked_to_end:
            raise EndedError
        time.sleep(POLL_SECONDS)

    def _ask_to_end(self, number: int, frame: FrameType | None) -> None:
        self._is_asked_to_end = True
