"""Databases of both kinds for the drills: one with tables, and an empty one to restore into."""

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, connections
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.db.utils import load_backend
from environ import Env

from survey.campaigns import link_rows
from survey.campaigns.kept_queries import KeptQuery
from tests import environment
from tests.services.databases import own_database
from tests.services.postgres import find_programs
from tests.services.programs import MissingProgramError

ENGINES = ("sqlite", "postgresql")


@contextmanager
def empty_databases(engine: str, folder: Path, *names: str) -> Iterator[list[dict[str, Any]]]:
    """Give the settings of empty databases of a kind, dropped afterwards."""
    with ExitStack() as stack:
        if engine == "sqlite":
            urls = [f"sqlite:///{folder / name}.sqlite3" for name in names]
        else:
            server = os.environ["HEARTHLINE_SUITE_POSTGRES_URL"]
            if not server:
                pytest.skip("PostgreSQL is missing, so this drill is made on SQLite alone")
            worker = environment.worker_number()
            urls = [stack.enter_context(own_database(server, f"{name}_{worker}")) for name in names]
        yield [Env.db_url_config(url) for url in urls]


@contextmanager
def using(settings: dict[str, Any]) -> Iterator[None]:
    """Let Django's one database be another one meanwhile."""
    before = connections["default"]
    given = {**before.settings_dict, "OPTIONS": {}, "TEST": {}, "CONN_MAX_AGE": 0, **settings}
    given["CONN_HEALTH_CHECKS"] = False
    connections["default"] = load_backend(given["ENGINE"]).DatabaseWrapper(given, "default")
    _forget_kept_queries()
    try:
        yield
    finally:
        connection.close()
        connections["default"] = before
        _forget_kept_queries()


def _forget_kept_queries() -> None:
    """They are written for one kind of database."""
    for kept in vars(link_rows).values():
        if isinstance(kept, KeptQuery):
            vars(kept).pop("_written", None)


def create_tables() -> None:
    """Create every table at once, and say that all migrations were applied."""
    with connection.schema_editor() as editor:
        for model in apps.get_models():
            if model._meta.managed:
                editor.create_model(model)
    recorder = MigrationRecorder(connection)
    recorder.ensure_schema()
    for app, name in MigrationLoader(None).disk_migrations:
        recorder.record_applied(app, name)


@contextmanager
def with_programs() -> Iterator[None]:
    """Let commands find the tools of the server that the suite runs against."""
    with pytest.MonkeyPatch.context() as patch:
        with suppress(MissingProgramError):
            patch.setenv("PATH", f"{find_programs()}{os.pathsep}{os.environ['PATH']}")
        yield
