"""Dumps by the database's own tools."""

import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import connection
from pytest_django import DjangoDbBlocker

from config import dumps
from survey.followup.manifests import BackupError, Read
from tests.followup.databases import empty_databases, using, with_programs

ROWS = "SELECT COUNT(*) FROM kept"


@pytest.fixture
def database(tmp_path: Path, django_db_blocker: DjangoDbBlocker) -> Iterator[dict[str, Any]]:
    """A PostgreSQL database with one row, in which Django is."""
    with (
        django_db_blocker.unblock(),
        with_programs(),
        empty_databases("postgresql", tmp_path, "dumped") as found,
        using(found[0]),
    ):
        with connection.cursor() as cursor:
            cursor.execute("CREATE TABLE kept AS SELECT 1 AS n")
        yield found[0]


def write_meanwhile() -> None:
    """Write a row over another connection."""
    with psycopg.connect(**_parameters()) as other:
        other.execute("INSERT INTO kept VALUES (2)")


def _parameters() -> dict[str, Any]:
    names = {"NAME": "dbname", "USER": "user", "PASSWORD": "password", "HOST": "host"}
    return {to: connection.settings_dict[name] for name, to in names.items()} | {
        "port": connection.settings_dict["PORT"]
    }


class TestDump:
    def test_holds_what_was_described_and_nothing_written_since(
        self, database: dict[str, Any], tmp_path: Path
    ) -> None:
        def describe(read: Read) -> int:
            write_meanwhile()
            return int(read(ROWS)[0][0])

        described = dumps.dump(tmp_path / "dump", describe)

        with (
            empty_databases("postgresql", tmp_path, "loaded") as found,
            using(found[0]),
        ):
            dumps.load(tmp_path / "dump")
            with connection.cursor() as cursor:
                cursor.execute(ROWS)
                assert described == cursor.fetchone()[0] == 1

    def test_shows_the_password_on_no_command_line(
        self, database: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        commands: list[list[str]] = []
        run = subprocess.run

        def note(command: list[str], **options: Any) -> Any:
            commands.append(command)
            return run(command, **options)

        monkeypatch.setattr(subprocess, "run", note)
        dumps.dump(tmp_path / "dump", lambda read: None)

        assert any("--format=custom" in command for command in commands)
        assert database["PASSWORD"] not in str(commands)

    @pytest.mark.parametrize(
        ("version", "words"), [("", "is missing. It comes"), ("9", "here is version 9")]
    )
    def test_names_the_package_where_the_right_tool_is_missing(
        self,
        database: dict[str, Any],
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
        version: str,
        words: str,
    ) -> None:
        if version:
            (tmp_path / "pg_dump").write_text(f"#!/bin/sh\necho 'pg_dump (PostgreSQL) {version}.1'")
            (tmp_path / "pg_dump").chmod(0o755)
        monkeypatch.setenv("PATH", f"{tmp_path}:/bin" if version else str(tmp_path))
        monkeypatch.setattr(dumps, "PLACES", ())

        with pytest.raises(BackupError, match=words) as told:
            dumps.dump(tmp_path / "dump", lambda read: None)
        assert f"postgresql-client-{connection.get_database_version()[0]}" in str(told.value)

    def test_says_what_the_tool_said(self, database: dict[str, Any], tmp_path: Path) -> None:
        with pytest.raises(BackupError, match=r"pg_dump failed: .*away"):
            dumps.dump(tmp_path / "away" / "dump", lambda read: None)


class TestLoad:
    def test_reads_in_everything_or_nothing(self, database: dict[str, Any], tmp_path: Path) -> None:
        dumps.dump(tmp_path / "dump", lambda read: None)

        with pytest.raises(BackupError, match=r'pg_restore failed: .*"kept" already exists'):
            dumps.load(tmp_path / "dump")
        with connection.cursor() as cursor:
            cursor.execute(ROWS)
            assert cursor.fetchone() == (1,)
