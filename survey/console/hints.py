"""Tell the workers what has become due; truth is rows, so a lost hint only costs a tick."""

from collections.abc import Sequence
from contextlib import suppress
from functools import partial

from celery import current_app
from django.db import transaction
from kombu.exceptions import OperationalError

LAUNCHED = ("campaigns.launch_waves", "campaigns.open_waves", "campaigns.send_letters")
TESTED = ("campaigns.send_letters",)
CLOSED = ("responses.seal_waves",)
WITHDRAWN = ("campaigns.destroy_keys", "responses.seal_waves")


def hint(*stages: str) -> None:
    """Ask for some stages of the timetable as soon as the transaction has committed."""
    transaction.on_commit(partial(_publish, stages))


def _publish(stages: Sequence[str]) -> None:
    """Try once: without a broker the next tick finds the work, and somebody waits for a page."""
    with suppress(OperationalError):
        for stage in stages:
            current_app.send_task(stage, retry=False)
