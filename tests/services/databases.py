"""Databases of their own for whole products, on the suite's PostgreSQL server."""

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql


@contextmanager
def own_database(server_url: str, name: str, *, template: str = "") -> Iterator[str]:
    """Make a database, empty or like a template; give its address, and drop it afterwards."""
    drop_database(server_url, name)
    create_database(server_url, name, template=template)
    yield address_of(server_url, name)
    drop_database(server_url, name)


def create_database(server_url: str, name: str, *, template: str = "") -> None:
    """Make a database, empty or like a template."""
    words = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
    _tell(server_url, words.format(sql.Identifier(name), sql.Identifier(template or "template1")))


def drop_database(server_url: str, name: str) -> None:
    """Remove a database, whoever is still in it."""
    words = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")
    _tell(server_url, words.format(sql.Identifier(name)))


def address_of(server_url: str, name: str) -> str:
    """Return the address of a database on a server."""
    return urlunsplit(urlsplit(server_url)._replace(path=f"/{name}"))


def _tell(server_url: str, words: sql.Composed) -> None:
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(words)
