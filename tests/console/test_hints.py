"""Telling the workers what has become due."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from celery import current_app
from django.db import transaction
from kombu.exceptions import OperationalError

from survey.console import hints
from survey.console.hints import hint

Capture = Callable[..., AbstractContextManager[list[object]]]


class Broker:
    """A broker that notes what it is sent, or is not there."""

    def __init__(self, *, is_there: bool = True) -> None:
        self.is_there = is_there
        self.sent: list[str] = []
        self.n_tries = 0

    def send_task(self, name: str, *, retry: bool) -> None:
        self.n_tries += 1 + 3 * retry
        if not self.is_there:
            raise OperationalError
        self.sent.append(name)


@pytest.fixture
def broker(monkeypatch: pytest.MonkeyPatch) -> Broker:
    broker = Broker()
    monkeypatch.setattr(hints, "current_app", broker)
    return broker


@pytest.mark.django_db
class TestHint:
    def test_waits_for_the_commit_and_keeps_the_order(
        self, broker: Broker, django_capture_on_commit_callbacks: Capture
    ) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            hint("first", "second")
            assert broker.sent == []

        assert broker.sent == ["first", "second"]

    def test_says_nothing_of_what_was_taken_back(
        self, broker: Broker, django_capture_on_commit_callbacks: Capture
    ) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            with transaction.atomic():
                hint("first")
                transaction.set_rollback(True)
            hint("second")

        assert broker.sent == ["second"]

    def test_needs_no_broker_and_tries_only_once(
        self, broker: Broker, django_capture_on_commit_callbacks: Capture
    ) -> None:
        broker.is_there = False

        with django_capture_on_commit_callbacks(execute=True) as ran:
            hint("first", "second")
        assert (len(ran), broker.n_tries) == (1, 1)


class TestStages:
    @pytest.mark.parametrize("stages", [hints.LAUNCHED, hints.CLOSED, hints.WITHDRAWN])
    def test_are_in_the_timetable(self, stages: tuple[str, ...]) -> None:
        timetable = {entry["task"] for entry in current_app.conf.beat_schedule.values()}

        assert set(stages) <= timetable
