"""How a connection to PostgreSQL is known to work."""

import os
import time
from collections.abc import Iterator

import pytest
from django.db import ConnectionHandler, ProgrammingError
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.postgresql import base
from environ import Env

pytestmark = pytest.mark.django_db

SOON = 10  # seconds


@pytest.fixture
def connections() -> Iterator[ConnectionHandler]:
    url = os.environ["HEARTHLINE_SUITE_POSTGRES_URL"]
    if not url:
        pytest.skip("there is no PostgreSQL on this machine")
    database = {**Env.db_url_config(url), "ENGINE": "config.postgresql"}
    handler = ConnectionHandler({"default": database, "other": dict(database)})
    yield handler
    handler.close_all()


@pytest.fixture
def connection(connections: ConnectionHandler) -> BaseDatabaseWrapper:
    connections["default"].ensure_connection()
    return connections["default"]


def wait_until_unusable(connection: BaseDatabaseWrapper) -> bool:
    until = time.monotonic() + SOON
    while connection.is_usable() and time.monotonic() < until:
        time.sleep(0.01)
    return not connection.is_usable()


class TestDatabaseWrapper:
    def test_asks_no_server_that_is_silent(
        self, connection: BaseDatabaseWrapper, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.delattr(base.DatabaseWrapper, "is_usable")
        assert connection.is_usable()

    def test_notices_that_the_server_has_ended_the_connection(
        self, connection: BaseDatabaseWrapper, connections: ConnectionHandler
    ) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            backend = cursor.fetchone()[0]
        with connections["other"].cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s)", (backend,))

        assert wait_until_unusable(connection)

    def test_makes_it_anew_after_an_error(self, connection: BaseDatabaseWrapper) -> None:
        with pytest.raises(ProgrammingError), connection.cursor() as cursor:
            cursor.execute("SELECT nothing_like_this")
        assert not connection.is_usable()

        connection.close_if_unusable_or_obsolete()
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        assert connection.is_usable()

    def test_is_not_usable_before_it_is_made(self, connections: ConnectionHandler) -> None:
        assert not connections["other"].is_usable()
