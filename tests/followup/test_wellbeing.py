"""How the installation is, and what is told of it."""

import socket
from datetime import datetime, timedelta

import pytest
from celery import current_app
from django.db import OperationalError, connection
from kombu import Connection
from pytest_django import Settings

from survey.followup import wellbeing
from survey.followup.ticks import note_tick
from survey.followup.wellbeing import is_broker_reachable, look_around
from tests.factories.letters import DeliveryFactory

MINUTE = timedelta(minutes=1)


@pytest.fixture
def well(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wellbeing, "is_broker_reachable", lambda: True)


class TestLookAround:
    def test_finds_a_quiet_installation_ready(self, well: None, now: datetime) -> None:
        note_tick(now=now)

        found = look_around(now=now + MINUTE)

        assert (found.status, found.problems) == ("ready", ())
        assert (found.oldest_due_stage, found.last_tick_seconds) == ("", 60)

    def test_tells_of_the_broker_and_serves_people_all_the_same(
        self, well: None, now: datetime, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(wellbeing, "is_broker_reachable", lambda: False)

        found = look_around(now=now)

        assert (found.status, found.broker, found.can_serve) == ("degraded", "unreachable", True)
        assert "broker" in found.problems[0]

    def test_tells_of_work_that_waits_too_long(
        self, well: None, now: datetime, settings: Settings
    ) -> None:
        settings.DUE_LIMIT_SECONDS = 60
        DeliveryFactory(due_at=now)

        assert look_around(now=now + MINUTE).status == "ready"
        late = look_around(now=now + 2 * MINUTE)
        assert late.status == "degraded"
        assert late.problems == ("Work waits for campaigns.send_letters since 120 seconds.",)

    def test_tells_that_the_timetable_stands_still(
        self, well: None, now: datetime, settings: Settings
    ) -> None:
        settings.TICK_SECONDS = 10.0
        note_tick(now=now)

        assert look_around(now=now + 2 * MINUTE).status == "ready"
        assert "not gone round" in look_around(now=now + 2.1 * MINUTE).problems[0]

    def test_says_that_the_database_is_down(
        self, now: datetime, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def fail() -> None:
            raise OperationalError("gone")

        monkeypatch.setattr(connection, "cursor", fail)

        found = look_around(now=now)

        assert (found.status, found.database, found.can_serve) == ("down", "unreachable", False)


class TestIsBrokerReachable:
    def test_is_so_while_it_answers(self) -> None:
        assert is_broker_reachable()

    def test_is_not_so_where_nobody_listens(self, monkeypatch: pytest.MonkeyPatch) -> None:
        with socket.socket() as taken:  # bound, but nobody accepts
            taken.bind(("127.0.0.1", 0))
            url = f"redis://127.0.0.1:{taken.getsockname()[1]}/0"
            monkeypatch.setattr(current_app, "connection_for_write", lambda: Connection(url))
            assert not is_broker_reachable()
