"""The command that restores; the drill itself is in tests/followup/test_backups.py."""

import io
from datetime import datetime
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from survey.followup.management.commands import restore
from survey.followup.manifests import BackupError
from tests.followup.management.commands.test_backup import manifest


@pytest.fixture
def asked_at(monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    """The moments as of which it was verified; nothing is broken."""
    moments: list[datetime] = []

    def verify(*, now: datetime) -> list[str]:
        moments.append(now)
        return []

    monkeypatch.setattr(restore, "restore_backup", lambda **_: manifest())
    monkeypatch.setattr(restore, "broken_invariants", verify)
    return moments


def said() -> str:
    out = io.StringIO()
    call_command("restore", "a.backup", stdout=out)
    return out.getvalue()


class TestRestore:
    def test_verifies_as_of_the_moment_of_the_backup(self, asked_at: list[datetime]) -> None:
        assert "Everything of 2026-03-02T09:00:00 is back; every invariant holds." in said()
        assert asked_at == [datetime.fromisoformat("2026-03-02T09:00:00")]

    def test_names_what_is_broken_and_says_where_keys_go(
        self, asked_at: list[datetime], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        broken = ["campaigns: Wave 7: its keys are missing"]
        monkeypatch.setattr(restore, "broken_invariants", lambda now: broken)

        with pytest.raises(CommandError, match=r"1 invariants are broken.*put them into KEYS_DIR"):
            said()

    def test_fails_in_the_words_of_what_went_wrong(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def fail(**_: Any) -> None:
            raise BackupError("The database is not empty.")

        monkeypatch.setattr(restore, "restore_backup", fail)

        with pytest.raises(CommandError, match="not empty"):
            said()
