"""The demo's own folder, settings and port."""

import contextlib
import signal
import socket
import stat
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from environ import Env

from survey.samples.demo_product import (
    answers,
    command_prefix,
    demo_environment,
    demo_programs,
    find_free_port,
    remove_unfinished,
)
from tests.services import ROOT
from tests.services.templates import copy_sqlite_template

SERVE_EMPTY = """
import pathlib, sys
from survey.samples import demo_product
from survey.samples.supervisor import Program
folder, tables = map(pathlib.Path, sys.argv[1:])
demo_product.BUILDER = Program("builder", ["cp", tables, folder / "hearthline.sqlite3"])
say = lambda line: print(line.strip(), flush=True)
sys.exit(demo_product.serve_demo(say=say, folder=folder))
"""


class TestDemoEnvironment:
    def test_keeps_all_state_in_its_folder(self, tmp_path: Path) -> None:
        variables = demo_environment(folder=tmp_path / "it's 100% mine", port=8000)

        database = Env.db_url_config(variables["DATABASE_URL"])
        letters = Env.email_url_config(variables["EMAIL_URL"])
        assert Path(database["NAME"]).parent == tmp_path / "it's 100% mine"
        assert Path(letters["EMAIL_FILE_PATH"]).parent == tmp_path / "it's 100% mine"

    def test_makes_one_secret_key_and_keeps_it(self, tmp_path: Path) -> None:
        file = Path(demo_environment(folder=tmp_path, port=8000)["SECRET_KEY_FILE"])
        first = file.read_text()
        demo_environment(folder=tmp_path, port=8000)

        assert len(first) >= 50
        assert file.read_text() == first
        assert stat.S_IMODE(file.stat().st_mode) == 0o600

    def test_takes_no_setting_of_another_product(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("REDIS_URL", "redis://production")
        monkeypatch.setenv("DEBUG", "1")

        variables = demo_environment(folder=tmp_path, port=8000)

        assert not {"REDIS_URL", "DEBUG"} & variables.keys()


def processes_in(folder: Path) -> list[str]:
    """Return the commands of all processes that run with their data in a folder."""
    found = []
    for place in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if f"DATA_DIR={folder}".encode() in (place / "environ").read_bytes():
                found.append((place / "cmdline").read_bytes().replace(b"\0", b" ").decode())
    return found


@pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc")
class TestServeDemo:
    @pytest.fixture
    def served(
        self, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
    ) -> Iterator[tuple["subprocess.Popen[str]", list[str]]]:
        """The demo as make starts it, with empty tables in place of the organisation."""
        tables = tmp_path_factory.mktemp("tables") / "migrated.sqlite3"
        copy_sqlite_template(tables)
        process = subprocess.Popen(
            [sys.executable, "-c", SERVE_EMPTY, str(tmp_path), str(tables)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert process.stdout is not None
        lines = []
        for line in process.stdout:
            lines.append(line.strip())
            if line.startswith("Hearthline is at"):
                break
        yield process, lines
        process.kill()
        process.wait()
        process.stdout.close()

    def test_serves_until_ctrl_c_and_leaves_no_process_behind(
        self, served: tuple["subprocess.Popen[str]", list[str]], tmp_path: Path
    ) -> None:
        process, lines = served
        address = lines[-1].split()[3]
        with urllib.request.urlopen(address + "/health/ready", timeout=5) as reply:  # noqa: S310
            assert reply.status == 200
        running = " ".join(processes_in(tmp_path))
        assert "gunicorn" in running
        assert "celery" in running

        process.send_signal(signal.SIGINT)

        assert process.wait(timeout=30) == 0
        assert processes_in(tmp_path) == []


class TestCommandPrefix:
    def test_runs_commands_beside_the_demo(self, tmp_path: Path) -> None:
        variables = demo_environment(folder=tmp_path, port=8000)

        prefix = command_prefix(tmp_path)

        assert f"SECRET_KEY_FILE={variables['SECRET_KEY_FILE']} " in prefix
        assert f"DATA_DIR={variables['DATA_DIR']} " in prefix
        assert prefix.endswith("manage.py")


class TestRemoveUnfinished:
    @pytest.mark.parametrize(("name", "stays"), [("demo-report.txt", True), ("broker", False)])
    def test_starts_anew_only_where_a_build_was_stopped_half_way(
        self, tmp_path: Path, name: str, stays: bool
    ) -> None:
        (tmp_path / name).touch()

        remove_unfinished(tmp_path)

        assert tmp_path.exists() is stays


class TestDemoPrograms:
    def test_are_a_web_server_and_a_worker_with_the_timetable(self) -> None:
        web, worker = demo_programs(port=8123)

        assert "127.0.0.1:8123" in web.command
        assert "--beat" in worker.command


class TestFindFreePort:
    def test_takes_the_next_port_when_one_is_taken(self) -> None:
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            port = taken.getsockname()[1]

            assert find_free_port(port) > port
            assert not answers(find_free_port(port))
