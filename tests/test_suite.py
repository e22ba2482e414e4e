"""The suite itself: its servers, its cast and its fences."""

import ast
import os
import re
import socket
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from pytest_socket import SocketConnectBlockedError

from survey.accounts.models import User
from survey.organization.models import Membership
from tests import environment
from tests.cast import Organisation
from tests.longest import LONGEST, place_of

ROOT = Path(__file__).resolve().parent.parent


class TestServers:
    def test_postgres_keeps_nothing_that_a_respondent_wrote(self, db: None) -> None:
        if connection.vendor != "postgresql":
            pytest.skip("the suite runs on SQLite here")
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT name, setting FROM pg_settings WHERE name = ANY(%s)",
                [
                    [
                        "log_statement",
                        "log_min_error_statement",
                        "log_error_verbosity",
                        "track_commit_timestamp",
                    ]
                ],
            )
            found = dict(cursor.fetchall())

        assert found == {
            "log_statement": "none",
            "log_min_error_statement": "panic",
            "log_error_verbosity": "terse",
            "track_commit_timestamp": "off",
        }

    def test_every_worker_has_a_redis_database_of_its_own(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("PYTEST_XDIST_WORKER", "gw1")

        assert environment.redis_database("redis://127.0.0.1:1", slot=2) == "redis://127.0.0.1:1/10"


class TestOrder:
    def test_begins_with_files_that_are_there(self) -> None:
        assert [file for file in LONGEST if not (ROOT / file).is_file()] == []
        assert len(set(LONGEST)) == len(LONGEST)

    def test_puts_short_files_last(self) -> None:
        nodeids = ["tests/test_docs.py::test_a", f"{LONGEST[1]}::test_b", f"{LONGEST[0]}::test_c"]

        assert sorted(nodeids, key=place_of) == nodeids[::-1]


class TestFences:
    def test_no_test_reaches_another_machine(self) -> None:
        with pytest.raises(SocketConnectBlockedError), pytest.warns(UserWarning, match="socket"):
            socket.create_connection(("192.0.2.1", 80), timeout=0.1)

    def test_no_setting_of_the_developer_leaks_in(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("EMAIL_URL", "smtp://real.example.org")
        monkeypatch.setenv("SECRET_KEY_FILE", "/somewhere")

        clean = environment.clean_environment()

        assert "EMAIL_URL" not in clean
        assert "SECRET_KEY_FILE" not in clean
        assert "PATH" in clean

    def test_keys_lie_in_the_folder_that_is_removed(self) -> None:
        folder = Path(os.environ["HEARTHLINE_SUITE_FOLDER"])

        assert settings.KEYS_DIR.is_relative_to(folder)


class TestCast:
    def test_leads_other_teams(self, organisation: Organisation, bob: User, charlie: User) -> None:
        assert [grant.team for grant in bob.grants.all()] == [organisation.bakery]
        assert [grant.team for grant in charlie.grants.all()] == [organisation.garden]

    def test_has_six_people_in_each_team(self, organisation: Organisation) -> None:
        assert Membership.objects.filter(team=organisation.kitchen).count() == 6


def test_fixtures_of_shared_plugins_have_names_of_their_own() -> None:
    """Plugins hold for the whole run: of two fixtures of one name the last one wins everywhere."""
    plugins = {
        name
        for path in (ROOT / "tests").rglob("*.py")
        for found in re.findall(r"^pytest_plugins = \[(.*?)\]", path.read_text(), re.S | re.M)
        for name in re.findall(r'"([\w.]+)"', found)
    }
    names = [
        node.name
        for plugin in sorted(plugins)
        for node in ast.parse((ROOT / f"{plugin.replace('.', '/')}.py").read_text()).body
        if isinstance(node, ast.FunctionDef)
        and any(re.search(r"fixture|stage", ast.unparse(one)) for one in node.decorator_list)
    ]

    assert len(names) > 5
    assert len(names) == len(set(names))
