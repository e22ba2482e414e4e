"""Search everything that a product and its servers wrote for what may stand nowhere."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import psycopg
from psycopg import sql

Planted = Mapping[str, str]  # what it is: how it reads


def find_in_files(planted: Planted, files: Mapping[str, Path]) -> set[tuple[str, str]]:
    """Return which planted things stand in which files; folders are read whole."""
    found = set()
    for name, path in files.items():
        content = b"".join(_contents(path))
        found |= {(name, what) for what, text in planted.items() if text.encode() in content}
    return found


def find_in_database(planted: Planted, url: str) -> set[tuple[str, str]]:
    """Return which planted things stand in which tables, as text or as bytes."""
    found = set()
    with psycopg.connect(url) as connection:
        tables = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        for (table,) in tables.fetchall():
            query = sql.SQL("SELECT * FROM {}").format(sql.Identifier(table))
            content = b"\n".join(_bytes(row) for row in connection.execute(query))
            found |= {(table, what) for what, text in planted.items() if text.encode() in content}
    return found


def _contents(path: Path) -> Iterator[bytes]:
    for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
        if file.is_file():
            yield file.read_bytes()


def _bytes(row: tuple[object, ...]) -> bytes:
    return b"|".join(
        bytes(one) if isinstance(one, bytes | memoryview) else str(one).encode() for one in row
    )
