"""Lets the suite empty its database quickly, past the triggers that guard what must stay."""

from collections.abc import Iterator
from typing import Any
from unittest import mock

import pytest
from django.core.management.color import Style
from django.core.management.sql import sql_flush
from django.db import connection

from survey.questionnaires.models import Questionnaire
from tests.stages import commits

MOST_DELETED = 64 * 1024**2  # bytes of tables; beyond, they are made anew
WRITTEN_TO = """
    SELECT relname, pg_relation_size(oid) FROM pg_class
    WHERE relkind = 'r' AND relname = ANY(%s) AND pg_relation_size(oid) > 0
"""


@pytest.fixture(scope="session", autouse=True)
def permissions_stay_away() -> Iterator[None]:
    """Empty tables without filling in Django's own permissions after each test: nobody has any."""
    with mock.patch("django.core.management.commands.flush.emit_post_migrate_signal"):
        yield


@pytest.fixture(scope="session", autouse=True)
def few_tables_are_emptied() -> Iterator[None]:
    """Delete from the tables that were written to: making all 110 anew takes a fifth of a second.

    PostgreSQL's own guards step aside for a superuser, which the suite is on a server of its own.
    """
    with mock.patch("django.core.management.commands.flush.sql_flush", _list_deletions):
        yield


@pytest.fixture(autouse=True)
def published_go_first(request: pytest.FixtureRequest) -> Iterator[None]:
    """After a test with real transactions, delete the questionnaires before their items.

    The access log goes too, which lets nothing go that is younger than two years.

    On PostgreSQL no trigger is asked; SQLite deletes table by table, in any order, and the
    guards let items go only once no published questionnaire holds them.
    """
    if not commits(request):
        yield
        return
    request.getfixturevalue("transactional_db")
    yield
    if connection.vendor == "sqlite":
        _forget_accesses()
        with connection.constraint_checks_disabled():
            Questionnaire.objects.all()._raw_delete(connection.alias)


def _list_deletions(style: Style, connection: Any, **options: Any) -> list[str]:
    if connection.vendor != "postgresql":
        return sql_flush(style, connection, **options)
    names = connection.introspection.django_table_names(only_existing=True, include_views=False)
    with connection.cursor() as cursor:
        cursor.execute(WRITTEN_TO, [names])
        sizes = dict(cursor.fetchall())
        cursor.execute("SHOW is_superuser")
        (is_superuser,) = cursor.fetchone()
    if is_superuser == "off" or sum(sizes.values()) > MOST_DELETED:
        return sql_flush(style, connection, **options)
    tables = map(connection.ops.quote_name, sorted(sizes))
    deletions = [f"DELETE FROM {table}" for table in tables]  # noqa: S608 - tables of our own
    return ["; ".join(["SET LOCAL session_replication_role = replica", *deletions])]


def _forget_accesses() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s",
            ["accounts_accessentry"],
        )
        guards = cursor.fetchall()
        for name, _ in guards:
            cursor.execute(f"DROP TRIGGER {name}")
        cursor.execute("DELETE FROM accounts_accessentry")
        for _, statement in guards:
            cursor.execute(statement)
