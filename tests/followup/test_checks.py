"""What check --deploy says of the database server."""

from pathlib import Path

import pytest
from django.core.checks import registry
from django.db import OperationalError, connection
from pytest_django import DjangoDbBlocker, Settings

from config import databases
from config.databases import SILENT, list_loose_settings
from survey.followup.checks import check_server
from tests import compose
from tests.followup.databases import empty_databases, using


class TestCheckServer:
    def test_is_made_before_a_deployment_only(self) -> None:
        assert check_server in registry.registry.get_checks(include_deployment_checks=True)
        assert check_server not in registry.registry.get_checks()

    def test_names_setting_and_wanted_value(
        self, settings: Settings, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        loose = [("log_statement", "all", "none"), ("track_commit_timestamp", "on", "off")]
        monkeypatch.setattr(databases, "list_loose_settings", lambda: loose)

        found = check_server(None)

        assert [one.id for one in found] == ["hearthline.W001"] * 2
        assert "log_statement = all" in found[0].msg
        assert "SET log_statement = 'none'" in str(found[0].hint)

    def test_says_that_it_could_not_look(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def fail() -> None:
            raise OperationalError("gone")

        monkeypatch.setattr(databases, "list_loose_settings", fail)

        assert [one.id for one in check_server(None)] == ["hearthline.W002"]


class TestListLooseSettings:
    def test_finds_none_in_the_suites_own_server(self, db: None) -> None:
        assert list(list_loose_settings()) == []

    @pytest.mark.parametrize(("name", "loose"), [("log_statement", "all"), ("log_duration", "on")])
    def test_finds_what_the_live_server_is_told(
        self, django_db_blocker: DjangoDbBlocker, tmp_path: Path, name: str, loose: str
    ) -> None:
        with (
            django_db_blocker.unblock(),
            empty_databases("postgresql", tmp_path, "loose") as found,
            using(found[0]),
            connection.cursor() as cursor,
        ):
            cursor.execute(f"SET {name} = '{loose}'")
            assert list(list_loose_settings()) == [(name, loose, SILENT[name])]

    def test_wants_what_compose_ships(self) -> None:
        flags = compose.command_of(compose.read_services()["postgres"])[1:]
        shipped = dict(flag.removeprefix("-c").split("=") for flag in flags)

        assert shipped.items() <= SILENT.items()
