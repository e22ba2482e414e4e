"""Forget what was wrong with lists of people, which may quote their lines."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import QuerySet

from survey.organization.models import RosterImport, RosterState


def quoted_too_long(*, now: datetime) -> QuerySet[RosterImport]:
    """Return the refused lists that still say what was wrong, longer than that is kept."""
    cutoff = now - timedelta(days=settings.CONTACTS_KEPT_DAYS)
    refused = RosterImport.objects.filter(state=RosterState.REFUSED, created_at__lt=cutoff)
    return refused.exclude(problems=[])


def forget_roster_problems(*, now: datetime, at_most: int) -> int:
    """Forget what was wrong with old lists; return with how many."""
    ids = list(quoted_too_long(now=now).order_by("pk").values_list("pk", flat=True)[:at_most])
    return RosterImport.objects.filter(pk__in=ids).update(problems=[])
