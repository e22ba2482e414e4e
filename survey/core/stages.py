"""Run a stage over its units of work: one in trouble must not stop the others."""

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

from celery.exceptions import SoftTimeLimitExceeded

Unit = TypeVar("Unit")

logger = logging.getLogger(__name__)
_failed: ContextVar[list[str]] = ContextVar("failed")  # where somebody wants to know


class NeedsHelpError(Exception):
    """A unit of work waits until somebody helps; the message says how, and is logged in a line."""


@contextmanager
def noting_failures() -> Iterator[list[str]]:
    """Collect the names of units that fail meanwhile, for whoever has to tell of them."""
    failed: list[str] = []
    before = _failed.set(failed)
    try:
        yield failed
    finally:
        _failed.reset(before)


def run_each(units: Iterable[Unit], work: Callable[[Unit], int], *, name: str) -> int:
    """Do the work of each unit and return the sum of what it counts.

    What goes wrong is logged with the unit's name and tried again by the next run; only the
    worker's time limit ends this one.
    """
    done = 0
    for unit in units:
        try:
            done += work(unit)
        except SoftTimeLimitExceeded:
            logger.warning("%s: out of time at %s; the next run goes on", name, unit)
            raise
        except NeedsHelpError as error:
            logger.error("%s: %s waits: %s", name, unit, error)  # no trace at every run
            _failed.get([]).append(f"{name} {unit}")
        except Exception:
            logger.exception("%s: %s failed and is tried again later", name, unit)
            _failed.get([]).append(f"{name} {unit}")
    return done
