"""Run a stage over its units of work: one in trouble must not stop the others."""

import logging
from collections.abc import Callable, Iterable
from typing import TypeVar

from celery.exceptions import SoftTimeLimitExceeded

Unit = TypeVar("Unit")

logger = logging.getLogger(__name__)


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
        except Exception:
            logger.exception("%s: %s failed and is tried again later", name, unit)
    return done
