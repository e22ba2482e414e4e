"""Processes that lock a file as long as they live."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from pytest_django import Settings

from survey.letters.vigils import clear_vigils, find_gone, keep_vigil, list_own

LIVE = """
import sys
from pathlib import Path
from django.conf import settings
settings.configure(DATA_DIR=Path(sys.argv[1]))
from survey.letters.vigils import keep_vigil
print(keep_vigil(), flush=True)
sys.stdin.read()
"""


@pytest.fixture(autouse=True)
def data_folder(settings: Settings, tmp_path: Path) -> Path:
    settings.DATA_DIR = tmp_path
    return tmp_path


@pytest.fixture
def unreadable(data_folder: Path) -> str:
    """Leave what nobody can open for writing, root neither, in the place of a file."""
    mark = "e" * 32
    (data_folder / "sending" / mark).mkdir(parents=True)
    return mark


@contextmanager
def another_process(folder: Path) -> Iterator[tuple[str, "subprocess.Popen[str]"]]:
    """Run a process that keeps vigil until it is killed; yield its mark too."""
    process = subprocess.Popen(
        [sys.executable, "-c", LIVE, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdin
    assert process.stdout
    try:
        yield process.stdout.readline().strip(), process
    finally:
        process.kill()
        process.wait(timeout=30)
        process.stdin.close()
        process.stdout.close()


class TestKeepVigil:
    def test_gives_a_process_one_mark(self) -> None:
        assert keep_vigil() == keep_vigil()

    def test_goes_on_answering_to_a_mark_whose_file_is_gone(self, data_folder: Path) -> None:
        first = keep_vigil()
        (data_folder / "sending" / first).unlink()
        second = keep_vigil()

        assert second != first
        assert {first, second} <= set(list_own())
        assert find_gone([first, second]) == []

    def test_gives_a_child_a_mark_of_its_own(self) -> None:
        mine, (read, write) = keep_vigil(), os.pipe()
        child = os.fork()
        if not child:
            os.write(write, keep_vigil().encode())
            os.kill(os.getpid(), signal.SIGKILL)
        os.waitpid(child, 0)
        its = os.read(read, 32).decode()
        os.close(read)
        os.close(write)

        assert its != mine
        assert find_gone([mine, its]) == [its]

    def test_says_once_that_it_may_keep_none(
        self, data_folder: Path, caplog: pytest.LogCaptureFixture
    ) -> None:
        (data_folder / "sending").write_text("in the place of the folder")

        assert [keep_vigil(), keep_vigil()] == ["", ""]
        assert [record.levelname for record in caplog.records] == ["WARNING"]
        clear_vigils(kept=[])


class TestFindGone:
    def test_finds_a_process_that_was_killed_and_no_other(self, data_folder: Path) -> None:
        with another_process(data_folder) as (mark, process):
            assert find_gone([mark]) == []
            process.kill()
            process.wait(timeout=30)

            assert find_gone([keep_vigil(), mark]) == [mark]

    def test_knows_nothing_of_processes_elsewhere(self) -> None:
        assert find_gone(["", "f" * 32]) == []

    def test_knows_nothing_of_whom_the_file_cannot_be_read(self, unreadable: str) -> None:
        assert find_gone([unreadable]) == []


class TestClearVigils:
    def test_clears_up_after_the_gone_that_hold_no_letters(self, data_folder: Path) -> None:
        keep_vigil()
        with another_process(data_folder) as (living, _):
            with another_process(data_folder) as (holding, _), another_process(data_folder):
                pass
            clear_vigils(kept=[holding])

            left = {file.name for file in (data_folder / "sending").iterdir()}
            assert left == {keep_vigil(), living, holding}

    def test_leaves_alone_what_it_cannot_read(self, data_folder: Path, unreadable: str) -> None:
        clear_vigils(kept=[])

        assert (data_folder / "sending" / unreadable).exists()
