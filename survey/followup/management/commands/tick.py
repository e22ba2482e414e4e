"""The timetable's work in the foreground: for a broker that is gone for good, and for tests."""

import logging
import signal
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from types import FrameType
from typing import Any

from celery import current_app
from celery.exceptions import SoftTimeLimitExceeded
from celery.schedules import crontab
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from survey.core.stages import noting_failures
from survey.letters.claiming import LEASE

FORGETTING = "followup.forget_old"

logger = logging.getLogger(__name__)


class ChangeCounter:
    """Counts the statements that changed rows, to see whether there was anything to do.

    An insert counts whatever it reports: SQLite tells its rows only once they have been read.
    """

    COUNTED = ("UPDATE", "DELETE")

    def __init__(self) -> None:
        self.count = 0

    def __call__(
        self,
        execute: Callable[..., Any],
        sql: str,
        params: Any,
        many: bool,
        context: Mapping[str, Any],
    ) -> Any:
        """Run one statement; called by Django."""
        result = execute(sql, params, many, context)
        statement = sql.lstrip().upper()
        changes = statement.startswith(self.COUNTED) and context["cursor"].rowcount > 0
        self.count += changes or statement.startswith("INSERT")
        return result


@contextmanager
def without_broker() -> Iterator[None]:
    """Let a stage that hands work on do that work itself."""
    names = ("task_always_eager", "task_eager_propagates")
    before = {name: current_app.conf[name] for name in names}
    current_app.conf.update(dict.fromkeys(names, True))
    try:
        yield
    finally:
        current_app.conf.update(before)


def _cut_short(signum: int, frame: FrameType | None) -> None:
    raise SoftTimeLimitExceeded


@contextmanager
def limited(seconds: float | None) -> Iterator[None]:
    """Cut a stage short that sends letters, as a worker does: their leases run out soon after.

    Stages that may take longer than a lease hold none of letters, and run to their end.
    """
    is_main = threading.current_thread() is threading.main_thread()
    if not (seconds and seconds < LEASE.total_seconds() and is_main):
        yield
        return
    began = time.monotonic()
    before = signal.signal(signal.SIGALRM, _cut_short)
    left, every = signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
        if left:  # somebody else's alarm
            signal.setitimer(signal.ITIMER_REAL, max(left - time.monotonic() + began, 0.1), every)


def read_stages() -> list[str]:
    """Return the stages of the timetable in order, and what is forgotten once a day.

    What else has its time of day is no stage.
    """
    timetable = current_app.conf.beat_schedule.values()
    return [
        entry["task"]
        for entry in timetable
        if entry["task"] == FORGETTING or not isinstance(entry["schedule"], crontab)
    ]


class Command(BaseCommand):
    help = "Run every stage of the timetable once, in order, without broker or worker."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take how often to go round."""
        parser.add_argument(
            "--until-idle", action="store_true", help="go round until a round changes nothing"
        )
        parser.add_argument(
            "--at-most", type=int, default=100, metavar="N", help="give up after N rounds (100)"
        )

    def handle(self, *args: Any, until_idle: bool, at_most: int, **options: Any) -> None:
        """Go round once, or until there is nothing left to do."""
        current_app.loader.import_default_modules()
        stages = read_stages()
        with without_broker():
            if until_idle:
                self._run_until_idle(stages, at_most)
            else:
                self._run_round(stages)

    def _run_until_idle(self, stages: Sequence[str], at_most: int) -> None:
        for _ in range(at_most):
            counter = ChangeCounter()
            with connection.execute_wrapper(counter):
                self._run_round(stages)
            if not counter.count:
                return
        raise CommandError(f"There was still something to do after {at_most} rounds.")

    def _run_round(self, stages: Sequence[str]) -> None:
        """Run every stage, as the timetable would: what fails does not stop the rest."""
        with noting_failures() as failed:
            for stage in stages:
                try:
                    task = current_app.tasks[stage]
                    with limited(task.soft_time_limit):
                        task()
                except Exception:
                    logger.exception("Stage %s failed", stage)
                    failed.append(stage)
        if failed:
            raise CommandError(f"These failed (see above): {', '.join(failed)}")
