"""Several processes as one: all up, or all down."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from survey.samples.supervisor import EndedError, ProcessDiedError, Program, Supervisor
from tests.services import ROOT

SLEEPER = Program("sleeper", [sys.executable, "-c", "import time; time.sleep(60)"])
STUBBORN = """
import os, pathlib, signal, subprocess, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
pathlib.Path(sys.argv[1]).write_text(f"{os.getpid()} {child.pid}")
time.sleep(60)
"""
SUPERVISED = """
import sys
from survey.samples.supervisor import EndedError, Program, Supervisor
stubborn = Program("stubborn", [sys.executable, "-c", sys.argv[1], sys.argv[2]])
try:
    with Supervisor(environment={}, patience_seconds=0.2) as supervisor:
        supervisor.start(stubborn)
        supervisor.wait()
except EndedError:
    sys.exit(0)
"""


def wait_for(condition: Callable[[], object]) -> None:
    deadline = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    state = Path(f"/proc/{pid}/stat")
    return not state.exists() or state.read_text().rpartition(")")[2].split()[0] != "Z"


class TestSupervisor:
    @pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
    def test_leaves_nothing_behind_when_it_is_ended(
        self, tmp_path: Path, sign: signal.Signals
    ) -> None:
        pids_file = tmp_path / "pids"
        supervisor = subprocess.Popen(
            [sys.executable, "-c", SUPERVISED, STUBBORN, str(pids_file)], cwd=ROOT
        )
        wait_for(lambda: pids_file.exists() and len(pids_file.read_text().split()) == 2)
        pids = [int(pid) for pid in pids_file.read_text().split()]
        assert all(is_alive(pid) for pid in pids)

        supervisor.send_signal(sign)

        assert supervisor.wait(timeout=10) == 0
        wait_for(lambda: not any(is_alive(pid) for pid in pids))

    def test_stops_the_others_when_one_dies(self) -> None:
        dying = Program("dying", [sys.executable, "-c", "raise SystemExit(3)"])

        with Supervisor(environment={}) as supervisor:
            supervisor.start(SLEEPER)
            supervisor.start(dying)
            others = [process.pid for process in supervisor._processes.values()]
            with pytest.raises(ProcessDiedError, match="the dying ended by itself with code 3"):
                supervisor.wait()

        assert not any(is_alive(pid) for pid in others)

    def test_runs_a_program_to_its_end(self, tmp_path: Path) -> None:
        mark = tmp_path / "mark"
        writer = Program("writer", [sys.executable, "-c", f"open({str(mark)!r}, 'w').close()"])

        with Supervisor(environment={}) as supervisor:
            supervisor.run(writer)

        assert mark.exists()

    def test_says_that_a_program_failed(self) -> None:
        failing = Program("builder", [sys.executable, "-c", "raise SystemExit(1)"])

        with (
            Supervisor(environment={}) as supervisor,
            pytest.raises(ProcessDiedError, match="builder"),
        ):
            supervisor.run(failing)

    def test_waits_until_something_is_ready(self) -> None:
        answers = iter([False, False, True])

        with Supervisor(environment={}) as supervisor:
            supervisor.start(SLEEPER)
            supervisor.wait_until(lambda: next(answers), seconds=5)

    def test_does_not_wait_for_ever(self) -> None:
        with Supervisor(environment={}) as supervisor, pytest.raises(TimeoutError):
            supervisor.wait_until(lambda: False, seconds=0.2)

    def test_gives_the_signals_back(self) -> None:
        before = signal.getsignal(signal.SIGINT)

        with Supervisor(environment={}) as supervisor:
            signal.raise_signal(signal.SIGINT)
            with pytest.raises(EndedError):
                supervisor.wait()

        assert signal.getsignal(signal.SIGINT) is before
