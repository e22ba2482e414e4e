"""The command line says in one line what is missing before any command can run."""

import subprocess
import sys
from pathlib import Path

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
