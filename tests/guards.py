"""Lets the suite empty a SQLite database whose triggers guard what must stay as it is."""

from collections.abc import Iterator
from unittest import mock

import pytest
from django.db import connection

from survey.questionnaires.models import Questionnaire


@pytest.fixture(scope="session", autouse=True)
def permissions_stay_away() -> Iterator[None]:
    """Empty tables without filling in Django's own permissions after each test: nobody has any."""
    with mock.patch("django.core.management.commands.flush.emit_post_migrate_signal"):
        yield


@pytest.fixture(autouse=True)
def published_go_first(request: pytest.FixtureRequest) -> Iterator[None]:
    """After a test with real transactions, delete the questionnaires before their items.

    The access log goes too, which lets nothing go that is younger than two years.

    PostgreSQL truncates past the triggers; SQLite deletes table by table, in any order, and the
    guards let items go only once no published questionnaire holds them.
    """
    marker = request.node.get_closest_marker("django_db")
    is_real = marker is not None and marker.kwargs.get("transaction", False)
    names = {"transactional_db", "live_server"} & set(request.fixturenames)
    if not (is_real or names):
        yield
        return
    request.getfixturevalue("transactional_db")
    yield
    if connection.vendor == "sqlite":
        _forget_accesses()
        with connection.constraint_checks_disabled():
            Questionnaire.objects.all()._raw_delete(connection.alias)


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
