"""An administrator of SQLite after the seal: live rows, the file's bytes, a log copied in time."""

import json
import re
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.attacks.sqlite_play import DATABASE, KNOWN
from tests.attacks.stage import (
    ITEMS,
    N_PEOPLE,
    TOO_GOOD,
    Answers,
    Known,
    found_by_team_order,
    share_found,
)
from tests.environment import clean_environment
from tests.services.processes import run_to_end
from tests.services.templates import copy_sqlite_template

ROW_ORDERS = ("r.rowid", "r.id")


@dataclass(frozen=True)
class Loot:
    """What the attacker carries off: the file, its log, the log before it was emptied."""

    folder: Path
    arrived: list[Known]

    def bytes_of(self, name: str) -> bytes:
        path = self.folder / name
        return path.read_bytes() if path.exists() else b""


@pytest.fixture(scope="module")
def loot(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Loot]:
    """Two waves, sealed as ever and left open, played in a process of their own."""
    folders = {name: tmp_path_factory.mktemp(name) for name in ("sealed", "open")}
    for folder in folders.values():
        copy_sqlite_template(folder / DATABASE)
    told = ", ".join(f"{name}={str(folder)!r}" for name, folder in folders.items())
    environment = {
        **clean_environment(),
        "DATABASE_URL": f"sqlite:///{folders['sealed'] / DATABASE}",
        "DATA_DIR": str(tmp_path_factory.mktemp("data")),
        "SECRET_KEY": "known",
        "EMAIL_URL": "dummymail://",
    }
    program = f"from tests.attacks.sqlite_play import main; main({told})"
    run_to_end([sys.executable, "manage.py", "shell", "--no-imports", "-c", program], environment)
    return {name: read_loot(folder) for name, folder in folders.items()}


def read_loot(folder: Path) -> Loot:
    """Return what lies in a folder, and who is known to have answered."""
    known = json.loads((folder / KNOWN).read_text())
    return Loot(folder, [Known(row["team"], tuple(row["answers"])) for row in known])


@pytest.fixture(scope="module")
def sealed(loot: dict[str, Loot]) -> Loot:
    return loot["sealed"]


@pytest.fixture(scope="module")
def left_open(loot: dict[str, Loot]) -> Loot:
    return loot["open"]


class TestAdministrator:
    def test_finds_nobody_by_live_rows(self, sealed: Loot) -> None:
        for order in ROW_ORDERS:
            rows = rows_in(sealed, order)
            assert len(rows) == N_PEOPLE
            assert found_by_team_order(sealed.arrived, rows) <= TOO_GOOD

    def test_finds_nobody_by_the_bytes_of_file_and_log(self, sealed: Loot) -> None:
        teams = dict.fromkeys(rows_in(sealed, "r.rowid"))
        team_of = {answers: team for team, answers in teams}
        for name in (DATABASE, "copied-wal"):
            found = plain_answers(sealed.bytes_of(name))
            rows = [(team_of[answers], answers) for answers in found]
            assert found_by_team_order(sealed.arrived, rows) <= TOO_GOOD
            assert share_found(sealed.arrived, found) <= TOO_GOOD

    def test_finds_the_log_empty_and_no_box_in_the_file(self, sealed: Loot) -> None:
        assert sealed.bytes_of(f"{DATABASE}-wal") == b""
        assert len(plain_answers(sealed.bytes_of(DATABASE))) == N_PEOPLE
        assert count_rows(sealed, "responses_intake") == 0
        assert count_rows(sealed, "campaigns_credential") == 0
        assert list((sealed.folder / "keys").iterdir()) == []

    def test_finds_no_counter_of_boxes_or_answers(self, sealed: Loot) -> None:
        counted = {name for name, *_ in query(sealed, "SELECT name FROM sqlite_sequence")}

        assert "campaigns_wave" in counted
        assert {name for name in counted if name.startswith("responses_")} <= {"responses_cell"}

    def test_finds_everybody_in_boxes_left_open_and_rows_left_in_order(
        self, left_open: Loot
    ) -> None:
        found = plain_answers(left_open.bytes_of("copied-wal"))

        assert share_found(left_open.arrived, found) >= 0.95
        assert found_by_team_order(left_open.arrived, rows_in(left_open, "r.rowid")) >= 0.95


def plain_answers(content: bytes) -> list[Answers]:
    """Return the answers that lie in a file in plain sight, each once, in its order."""
    pattern = ", ?".join(f'"{item}": ?(\\d)' for item in ITEMS).encode()
    found = (tuple(map(int, match.groups())) for match in re.finditer(pattern, content))
    return list(dict.fromkeys(found))


def rows_in(loot: Loot, order: str) -> list[tuple[str, Answers]]:
    """Return all responses in an order that only an administrator sees."""
    sql = (
        "SELECT g.code, r.answers FROM responses_response r "  # noqa: S608
        f"JOIN campaigns_group g ON g.id = r.group_id ORDER BY {order}"
    )
    rows = ((code, json.loads(answers)["answers"]) for code, answers in query(loot, sql))
    return [(code, tuple(answers[item] for item in ITEMS)) for code, answers in rows]


def count_rows(loot: Loot, table: str) -> int:
    return int(next(query(loot, f"SELECT count(*) FROM {table}"))[0])  # noqa: S608


def query(loot: Loot, sql: str) -> Iterator[tuple[str, ...]]:
    with closing(sqlite3.connect(loot.folder / DATABASE)) as connection:
        yield from connection.execute(sql).fetchall()
