"""Work whose worker vanished and which nobody took over: a lease that ran out is taken at once."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import QuerySet

from survey.aggregation.due import uncounted_waves, unreleased_waves
from survey.campaigns.models import ContactFile, ContactFileState
from survey.core.leases import Leased
from survey.organization.models import RosterFeed, RosterImport, RosterState
from survey.organization.services.feeds import is_due

PATIENCE = timedelta(minutes=1)


def broken_invariants(*, now: datetime) -> list[str]:
    """Name all work that is still due and whose lease ran out more than a minute ago.

    Waves that wait for their seal, and letters, are looked at by their own apps.
    """
    return [
        f"{what} {row.pk} ({row}): its lease expired and nobody took it over."
        for what, rows in _due()
        for row in _expired(rows, now)
    ]


def _due() -> Iterator[tuple[str, QuerySet[Leased]]]:
    rosters = RosterImport.objects.filter(state__in=(RosterState.WAITING, RosterState.CONFIRMED))
    files = (ContactFileState.WAITING, ContactFileState.CONFIRMED)
    yield "staff list", rosters.defer("content")
    yield "pick-up", RosterFeed.objects.filter(is_active=True)
    yield "file of contacts", ContactFile.objects.filter(state__in=files).defer("content")
    yield "counting wave", uncounted_waves().select_related("campaign")
    yield "releasing wave", unreleased_waves().select_related("campaign")


def _expired(rows: QuerySet[Leased], now: datetime) -> list[Leased]:
    expired = rows.filter(lease_until__lt=now - PATIENCE).order_by("pk")
    return [row for row in expired if not isinstance(row, RosterFeed) or is_due(row, now)]
