"""The whole tool on a toy package, as `make mutants` runs it."""

import os
import subprocess
import sys
from pathlib import Path

from tests.services import ROOT

MODULE = """\
def first_above(limit):
    number = 0
    while number <= limit:
        number += 1
    return number
"""
GOOD = """\
from toy.counting import first_above

def test_counts():
    assert [first_above(-1), first_above(2)] == [0, 3]
"""
BLIND = "from toy.counting import first_above\n\ndef test_is_there():\n    assert first_above\n"
WRONG = GOOD.replace("[0, 3]", "[0, 4]")


class TestMutation:
    def run(self, toy: Path, checks: str, *words: str) -> subprocess.CompletedProcess[str]:
        files = {"toy/counting.py": MODULE, "checks/test_counting.py": checks, "pytest.ini": ""}
        for name, text in files.items():
            (toy / name).parent.mkdir(exist_ok=True)
            (toy / name).write_text(text, encoding="utf-8")
        options = ("--package", "toy", "--tests", "checks", "--seconds", "2", *words)
        return subprocess.run(
            [sys.executable, "-m", "tests.mutation", *options],
            cwd=toy,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=False,
        )

    def test_is_content_where_every_mistake_is_noticed(self, tmp_path: Path) -> None:
        done = self.run(tmp_path, GOOD)

        assert done.returncode == 0, done.stderr
        assert done.stdout.splitlines()[-1].split() == ["all", "6", "4", "2", "0", "100.0"]
        assert (tmp_path / "toy" / "counting.py").read_text(encoding="utf-8") == MODULE

    def test_shows_the_survivors_where_too_few_are_noticed(self, tmp_path: Path) -> None:
        done = self.run(tmp_path, BLIND)

        assert done.returncode == 1, done.stderr
        assert "-    while number <= limit:\n+    while number < limit:" in done.stdout
        assert done.stdout.splitlines()[-1].split() == ["all", "6", "0", "0", "6", "0.0"]

    def test_plants_nothing_where_the_tests_fail_anyway(self, tmp_path: Path) -> None:
        done = self.run(tmp_path, WRONG)

        assert done.returncode == 2
        assert "fail before anything is changed" in done.stderr
        assert done.stdout == ""
