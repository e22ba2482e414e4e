"""Cleans up after a plant once whoever built it has gone, however: python -m tests.faults.guard.

A plant notes the processes it starts. Only those are ended, and only while they still live in the
plant's folder or environment: a number may have been given to somebody else meanwhile.
"""

import os
import shutil
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from tests.services import ROOT

PIDS = "pids"


class Guard:
    """Holds the other end of a pipe to a process that cleans up when the pipe is closed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.guard", str(folder)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            start_new_session=True,
        )

    def note(self, pid: int) -> None:
        """Remember a process that was started."""
        with (self._folder / PIDS).open("a") as file:
            file.write(f"{pid}\n")

    def clean_up(self) -> None:
        """Let everything be removed that is left, and wait for it."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(timeout=60)


def main(folder: Path) -> None:
    """Wait for the end of standard input; then end what is left, and remove the folder."""
    while os.read(sys.stdin.fileno(), 1024):
        pass
    with suppress(FileNotFoundError):
        for pid in map(int, (folder / PIDS).read_text().split()):
            if _is_ours(pid, folder):
                _end(pid)
    disk = folder / "disk"
    if disk.is_mount():
        subprocess.run(["umount", "--lazy", disk], check=False)
    shutil.rmtree(folder, ignore_errors=True)


def _is_ours(pid: int, folder: Path) -> bool:
    place = Path("/proc") / str(pid)
    try:
        words = (place / "environ").read_bytes().decode(errors="replace")
        return str(folder) in words or (place / "cwd").readlink().is_relative_to(folder)
    except OSError:
        return False


def _end(pid: int) -> None:
    """End a process with its group where it leads one; the servers lead none."""
    with suppress(ProcessLookupError):
        if os.getpgid(pid) == pid:
            os.killpg(pid, signal.SIGKILL)
        else:
            os.kill(pid, signal.SIGQUIT)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
