"""Measure how many letters a second one worker hands to a real SMTP server on this machine.

Usage: .venv/bin/python benchmarks/benchmark_letters.py [--letters 10000 100000] [--runs N]. Every
run starts with an empty database: a SQLite file, and where DATABASE_URL names a PostgreSQL also one
more database on that server, which is dropped afterwards. People, a campaign and a wave are made by
the product's own services; the letters are what everybody would get, with their own links. The SMTP
server (aiosmtpd) is a process of its own, which takes every letter and keeps only its Message-ID.
"""

import argparse
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

ROOT = Path(__file__).resolve().parent.parent
OWN_DATABASE = f"benchmark_letters_{os.getpid()}"
WORK = "--work"
SERVE = "--serve"


def serve(port: int, counted: Path) -> None:
    """Take letters for ever, and write down how many different ones came."""
    from aiosmtpd.controller import Controller  # noqa: PLC0415

    class Counter:
        async def handle_DATA(self, server: object, session: object, envelope: object) -> str:  # noqa: N802
            head = envelope.content[:2000].lower()  # type: ignore[attr-defined]
            at = head.index(b"message-id: ")
            seen.add(head[at + 12 : head.index(b"\n", at)])
            with counted.open("w") as file:
                file.write(f"{len(seen)}")
            return "250 OK"

    seen: set[bytes] = set()
    controller = Controller(Counter(), hostname="127.0.0.1", port=port)
    controller.start()
    sys.stdin.read()
    controller.stop()


def work(n_letters: int) -> None:
    """Make a company, open a wave and send its letters run by run, as the worker does."""
    import django  # noqa: PLC0415

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    from survey.campaigns.services import (  # noqa: PLC0415
        launch_wave,
        open_due_waves,
        send_due_letters,
    )
    from tests.factories.campaigns import (  # noqa: PLC0415
        NOW,
        make_campaign,
        make_draft,
        make_teams,
    )

    n_teams = max(n_letters // 500, 1)
    codes = [f"t{number}" for number in range(n_teams)]
    parents: dict[str, str | None] = {"top": None} | dict.fromkeys(codes, "top")
    teams = make_teams(parents, dict.fromkeys(codes, n_letters // n_teams))
    draft = make_draft(make_campaign(teams["top"]))
    started = time.perf_counter()
    launch_wave(wave_id=draft.pk, now=NOW)
    launched = time.perf_counter()
    open_due_waves(now=NOW)
    queued = time.perf_counter()
    n_sent = 0
    while report := send_due_letters(now=NOW):
        if not report.sent:
            break
        n_sent += report.sent
    took = time.perf_counter() - queued
    cpu = time.process_time()
    print(n_sent, launched - started, queued - launched, took, cpu)  # noqa: T201


@contextmanager
def mail_server() -> Iterator[tuple[int, Path]]:
    """Run the SMTP server as a process of its own; yield its port and its count."""
    with socket.socket() as probe, tempfile.TemporaryDirectory() as folder:
        probe.bind(("127.0.0.1", 0))
        port, counted = probe.getsockname()[1], Path(folder) / "counted"
        probe.close()
        command = [sys.executable, __file__, SERVE, str(port), str(counted)]
        with subprocess.Popen(command, stdin=subprocess.PIPE) as server:  # noqa: S603
            _wait_for(port)
            yield port, counted
            server.terminate()


@contextmanager
def databases() -> Iterator[dict[str, str]]:
    """Yield the databases to try, by name, each empty when it is asked for."""
    with tempfile.TemporaryDirectory() as folder:
        urls = {"SQLite": f"sqlite:///{folder}/letters.sqlite3"}
        server = os.environ.get("DATABASE_URL", "")
        if server.startswith("postgres"):
            urls["PostgreSQL"] = urlsplit(server)._replace(path=f"/{OWN_DATABASE}").geturl()
        yield urls


def empty(url: str) -> None:
    """Drop a database and make it anew."""
    if url.startswith("sqlite"):
        for file in Path(url.removeprefix("sqlite:///")).parent.glob("letters.sqlite3*"):
            file.unlink()
        return
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
        name = sql.Identifier(OWN_DATABASE)
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(name))
        connection.execute(sql.SQL("CREATE DATABASE {}").format(name))


def run(url: str, n_letters: int) -> list[float]:
    """Return letters, launch, queue, send (seconds) and the CPU seconds of one worker."""
    empty(url)
    with mail_server() as (port, counted), tempfile.TemporaryDirectory() as data:
        environment = os.environ | {
            "DATABASE_URL": url,
            "DATA_DIR": data,
            "SECRET_KEY": "benchmark",
            "STATIC_MANIFEST": "0",
            "EMAIL_URL": f"smtp://127.0.0.1:{port}",
            "DEFAULT_FROM_EMAIL": "letters@example.org",
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "PYTHONPATH": str(ROOT),
            "LOG_LEVEL": "WARNING",
        }
        done = subprocess.run(  # noqa: S603
            [sys.executable, __file__, WORK, str(n_letters)],
            env=environment,
            cwd=ROOT,
            check=True,
            capture_output=True,
            text=True,
        )
        figures = [float(figure) for figure in done.stdout.split()]
        if int(counted.read_text()) != n_letters or figures[0] != n_letters:
            raise SystemExit(f"{figures[0]:.0f} sent, {counted.read_text()} came")
        return figures


def _wait_for(port: int) -> None:
    for _ in range(100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--letters", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--runs", type=int, default=3)
    given = parser.parse_args()
    print("| database | letters | launch s | queue s | send s | letters/s | CPU s |")  # noqa: T201
    print("|---|---|---|---|---|---|---|")  # noqa: T201
    with databases() as urls:
        for name, url in urls.items():
            for n_letters in given.letters:
                runs = [run(url, n_letters) for _ in range(given.runs)]
                _, launch, queue, send, cpu = map(statistics.median, zip(*runs, strict=True))
                print(  # noqa: T201
                    f"| {name} | {n_letters} | {launch:.1f} | {queue:.1f} | {send:.1f} "
                    f"| {n_letters / send:.0f} | {cpu:.1f} |",
                    flush=True,
                )


if __name__ == "__main__":
    if sys.argv[1:2] == [SERVE]:
        serve(int(sys.argv[2]), Path(sys.argv[3]))
    elif sys.argv[1:2] == [WORK]:
        work(int(sys.argv[2]))
    else:
        main()
