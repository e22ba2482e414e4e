"""The demo as a product of its own: folder, settings, address and processes."""

import os
import secrets
import shutil
import socket
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from pathlib import Path
from urllib.parse import quote

from survey.samples.supervisor import EndedError, ProcessDiedError, Program, Supervisor

ROOT = Path(__file__).resolve().parent.parent.parent
FOLDER = ROOT / "var" / "demo"
REPORT_NAME = "demo-report.txt"
PREFERRED_PORT = 8000
PORTS_TRIED = 100
READY_SECONDS = 60.0
BUILDER = Program("builder", [sys.executable, str(ROOT / "manage.py"), "demo"])


def serve_demo(*, say: Callable[[str], None], folder: Path = FOLDER) -> int:
    """Build the organisation if it is missing, then serve it until somebody ends it."""
    remove_unfinished(folder)
    port = find_free_port()
    environment = demo_environment(folder=folder, port=port)
    try:
        with Supervisor(environment=environment) as supervisor:
            supervisor.run(BUILDER)
            for program in demo_programs(port=port):
                supervisor.start(program)
            supervisor.wait_until(lambda: answers(port), seconds=READY_SECONDS)
            say(f"\nIts commands: {command_prefix(folder)} ...")
            say(f"Hearthline is at {environment['BASE_URL']} (Ctrl-C stops it)")
            supervisor.wait()
    except EndedError:
        say("Stopped.")
        return 0
    except (ProcessDiedError, TimeoutError) as error:
        say(f"Stopped: {error}.")
    return 1


def command_prefix(folder: Path) -> str:
    """Return how to run a management command beside the demo, from the project's folder."""
    place = folder.relative_to(ROOT) if folder.is_relative_to(ROOT) else folder
    return f"SECRET_KEY_FILE={place}/secret-key DATA_DIR={place} .venv/bin/python manage.py"


def remove_unfinished(folder: Path) -> None:
    """Start anew where an earlier build was stopped half-way."""
    if folder.exists() and not (folder / REPORT_NAME).exists():
        shutil.rmtree(folder)


def demo_environment(*, folder: Path, port: int) -> dict[str, str]:
    """Return the settings of the demo: as in production, on SQLite, with all state in a folder."""
    (folder / "static").mkdir(parents=True, exist_ok=True)
    settings = {
        "SECRET_KEY_FILE": str(_secret_key_file(folder)),
        "DATA_DIR": str(folder),
        "DATABASE_URL": f"sqlite:///{quote(str(folder / 'hearthline.sqlite3'))}",
        "EMAIL_URL": f"filemail:///{quote(str(folder / 'letters'))}",
        "BASE_URL": f"http://localhost:{port}",
        "STATIC_MANIFEST": "0",
        "LOG_LEVEL": "WARNING",
    }
    return _inherited(os.environ) | settings


def demo_programs(*, port: int) -> tuple[Program, ...]:
    """Return the web server and the worker with its timetable."""
    python = sys.executable
    server = [python, "-m", "gunicorn", "config.wsgi", "--config", "config/gunicorn.py"]
    worker = [python, "-m", "celery", "--app", "config", "--quiet", "worker", "--beat"]
    return (
        Program("web server", [*server, "--bind", f"127.0.0.1:{port}", "--log-level", "warning"]),
        Program("worker", [*worker, "--concurrency", "1", "--loglevel", "WARNING"]),
    )


def find_free_port(preferred: int = PREFERRED_PORT) -> int:
    """Return the preferred port, or the next one that nobody listens on."""
    for port in range(preferred, preferred + PORTS_TRIED):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise OSError(f"no free port from {preferred} to {preferred + PORTS_TRIED - 1}")


def answers(port: int) -> bool:
    """Say whether the web server is up."""
    address = f"http://127.0.0.1:{port}/health/live"
    try:
        with urllib.request.urlopen(address, timeout=2) as reply:
            return bool(reply.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def _inherited(environment: Mapping[str, str]) -> dict[str, str]:
    """Keep what programs need from the shell, and none of the settings of another product."""
    kept = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "TZ", "VIRTUAL_ENV", "TERM")
    return {name: environment[name] for name in kept if name in environment}


def _secret_key_file(folder: Path) -> Path:
    file = folder / "secret-key"
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(50))
    return file
