"""Databases of their own for whole products, on the suite's PostgreSQL server."""

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql


@contextmanager
def own_database(server_url: str, name: str) -> Iterator[str]:
    """Make an empty database, give its address, and drop it afterwards."""
    identifier = sql.Identifier(name)
    drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(identifier)
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(drop)
        connection.execute(sql.SQL("CREATE DATABASE {}").format(identifier))
        yield urlunsplit(urlsplit(server_url)._replace(path=f"/{name}"))
        connection.execute(drop)
