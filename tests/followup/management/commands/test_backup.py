"""The command that backs up; what it writes is tried in tests/followup/test_backups.py."""

import io
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from survey.followup.management.commands import backup
from survey.followup.manifests import BackupError, Manifest


def manifest(n_unsealed: int = 0) -> Manifest:
    counts = {"responses_intake": 7, "letters_delivery": 3}
    return Manifest("2026-03-02T09:00:00", "sqlite", "0.1.0", [], counts, {"1": "abc"}, n_unsealed)


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> None:
    def make(*, target: Path, **_: Any) -> tuple[Path, Manifest]:
        return target / "made", manifest(2 if target.name == "unsealed" else 0)

    monkeypatch.setattr(backup, "make_backup", make)


def said(target: str) -> str:
    out = io.StringIO()
    call_command("backup", target, stdout=out)
    return out.getvalue()


@pytest.mark.usefixtures("made")
class TestBackup:
    def test_says_what_it_holds_and_that_keys_are_not_in_it(self) -> None:
        words = said("folder")

        assert "folder/made: 10 rows in 2 tables, 1 releases, version 0.1.0." in words
        assert "The keys of open waves are not in it, on purpose" in words
        assert "not sealed" not in words

    def test_says_how_many_waves_need_their_keys(self) -> None:
        assert "2 waves are not sealed yet" in said("unsealed")

    def test_fails_in_the_words_of_what_went_wrong(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def fail(**_: Any) -> None:
            raise BackupError("The disk is full.")

        monkeypatch.setattr(backup, "make_backup", fail)

        with pytest.raises(CommandError, match=r"The disk is full\."):
            said("folder")
