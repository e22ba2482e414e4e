"""Optimistic claims: two workers never do the same piece of work, on either database.

A lease spares work; whatever must not be done twice is guarded by its transaction too, since work
may outlast a lease.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q

SECONDS = 30  # what a killed worker held goes on well within a minute


class Leased(models.Model):
    """A row that one worker at a time may work on, until its lease runs out."""

    lease_until = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        abstract = True


def claim(row: Leased, *, now: datetime, seconds: int = SECONDS) -> bool:
    """Take the lease on a row; False when another worker holds it."""
    free = Q(lease_until__isnull=True) | Q(lease_until__lt=now)
    rows = type(row)._base_manager.filter(free, pk=row.pk)
    return rows.update(lease_until=now + timedelta(seconds=seconds)) == 1


@contextmanager
def held(row: Leased, *, now: datetime, seconds: int = SECONDS) -> Iterator[bool]:
    """Hold the lease on a row for a piece of work; False when another worker has it."""
    is_ours = claim(row, now=now, seconds=seconds)
    try:
        yield is_ours
    finally:
        if is_ours:
            release(row)


def release(row: Leased) -> None:
    """Give the lease back."""
    type(row)._base_manager.filter(pk=row.pk).update(lease_until=None)
