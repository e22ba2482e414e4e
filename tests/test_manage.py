"""The command line says in one line what is missing before any command can run."""

import subprocess
import sys
from pathlib import Path

import pytest

import manage as command_line
from survey.accounts.models import AccessEntry
from tests import environment
from tests.services import ROOT


def manage(folder: Path, *words: str, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "manage.py", *words],
        env={**environment.clean_environment(), "DATA_DIR": str(folder), **variables},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


class TestManage:
    def test_asks_for_the_secret_key_without_a_traceback(self, tmp_path: Path) -> None:
        done = manage(tmp_path, "linkage", "--help")

        assert done.returncode == 1
        assert done.stderr.startswith("SECRET_KEY is not set.")
        assert "Traceback" not in done.stderr

    def test_says_that_the_tables_are_missing(self, tmp_path: Path) -> None:
        done = manage(tmp_path, "linkage", "--pairing", "x", DEBUG="1")

        assert done.returncode == 1
        assert "manage.py migrate" in done.stderr
        assert "Traceback" not in done.stderr


@pytest.mark.django_db
class TestRecorded:
    @pytest.mark.parametrize("status", [0, 1])
    def test_writes_a_command_and_its_options_into_the_access_log(self, status: int) -> None:
        words = ["create_user", "--email", "ann@example.org", "--role=HR"]

        if status:
            with pytest.raises(SystemExit), command_line.recorded(words):
                sys.exit("refused")
        else:
            with command_line.recorded(words):
                pass

        entry = AccessEntry.objects.get()
        assert (entry.user_name, entry.route, entry.status) == (
            "command line",
            "create_user",
            status,
        )
        assert entry.what == "--email --role"

    @pytest.mark.parametrize(
        "words", [["tick"], ["migrate"], ["linkage", "--help"], ["no_such_command"], []]
    )
    def test_leaves_out_what_concerns_nobody(self, words: list[str]) -> None:
        with command_line.recorded(words):
            pass

        assert not AccessEntry.objects.exists()
