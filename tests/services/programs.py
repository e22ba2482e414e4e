"""Finding server programs, and running them as somebody they accept."""

import os
import pwd
import signal
import socket
import subprocess
from collections.abc import Sequence
from pathlib import Path

UNPRIVILEGED = ("postgres", "nobody")
ATTEMPTS = 3


class MissingProgramError(Exception):
    """A server program is neither on this machine nor in the installed wheels."""


class ServerNotReadyError(Exception):
    """A server ended, or did not answer in time; the message is the end of its log."""


def free_port() -> int:
    """Return a port of the loopback interface that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def unprivileged_user() -> str | None:
    """Return whom to run as, because PostgreSQL refuses root; None to stay who we are."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return next((name for name in UNPRIVILEGED if name in known), None)


def run_as(user: str | None, command: Sequence[str | Path], folder: Path) -> str:
    """Run a command to its end in a folder and return what it printed."""
    done = subprocess.run(
        [str(part) for part in command],
        user=user,
        group=None if user is None else pwd.getpwnam(user).pw_gid,
        extra_groups=None if user is None else [],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode:
        raise ServerNotReadyError(done.stdout)
    return done.stdout


def spawn_as(
    user: str | None, command: Sequence[str | Path], folder: Path
) -> subprocess.Popen[bytes]:
    """Start a server in a folder, its words in the file log beside its data."""
    with (folder / "log").open("ab") as log:
        return subprocess.Popen(
            [str(part) for part in command],
            user=user,
            group=None if user is None else pwd.getpwnam(user).pw_gid,
            extra_groups=None if user is None else [],
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )


def stop_process(process: subprocess.Popen[bytes], sign: signal.Signals) -> None:
    """End a server: politely, then for good."""
    if process.poll() is not None:
        return
    process.send_signal(sign)
    try:
        process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
