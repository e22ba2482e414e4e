"""The worker's settings are those that were measured to lose nothing (design: reliability.md)."""

import re
from pathlib import Path

import pytest
from celery.schedules import crontab

from config.celery import DAILY, REDIS_TRANSPORT, STAGES, app
from tests.services import ROOT

MEASURED = {
    "task_acks_late": True,
    "task_reject_on_worker_lost": True,
    "worker_prefetch_multiplier": 1,
    "task_time_limit": 60,
    "task_soft_time_limit": 45,
    "task_ignore_result": True,
    "worker_soft_shutdown_timeout": 20,
    "worker_max_tasks_per_child": 500,
    "worker_cancel_long_running_tasks_on_connection_loss": True,
    "task_serializer": "json",
    "accept_content": ["json"],
    "result_backend": None,
}
LATER = re.compile(r"\b(eta|countdown)=")  # a broker that is lost would take them along


class TestWorker:
    @pytest.mark.parametrize("name", MEASURED)
    def test_is_set_as_measured(self, name: str) -> None:
        assert app.conf[name] == MEASURED[name]

    def test_talks_to_redis_as_measured(self) -> None:
        assert REDIS_TRANSPORT == {
            "visibility_timeout": 120,
            "unacked_restore_interval": 5,
            "unacked_restore_throttle": 1,
            "socket_timeout": 2,
            "socket_connect_timeout": 1,
            "socket_keepalive": True,
            "health_check_interval": 10,
        }

    def test_is_asked_for_nothing_later(self) -> None:
        assert {path.name for path in python_files() if LATER.search(path.read_text())} == set()

    def test_would_be_noticed_if_it_were(self) -> None:
        assert LATER.search("send.apply_async(countdown=90)")


class TestTimetable:
    def test_asks_every_stage_at_every_tick_and_the_rest_once_a_day(self) -> None:
        entries = app.conf.beat_schedule

        assert list(entries) == [*STAGES, *DAILY]
        assert all(isinstance(entries[name]["schedule"], float) for name in STAGES)
        assert all(isinstance(entries[name]["schedule"], crontab) for name in DAILY)

    def test_lets_hints_that_nobody_took_vanish(self) -> None:
        assert all("expires" in entry["options"] for entry in app.conf.beat_schedule.values())


def python_files() -> list[Path]:
    return [path for folder in ("survey", "config") for path in (ROOT / folder).rglob("*.py")]
