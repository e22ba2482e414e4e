"""What must hold of letters at any time."""

from datetime import datetime, timedelta

from survey.letters.models import Delivery

GRACE = timedelta(minutes=1)


def broken_invariants(*, now: datetime) -> list[str]:
    """Name what is broken, one sentence each; nothing when all is well."""
    broken = []
    if n_abandoned := Delivery.objects.abandoned_at(now - GRACE).count():
        broken.append(f"{n_abandoned} stuck while being sent; no worker has freed them")
    if n_unclaimed := Delivery.objects.sent_unclaimed().count():
        broken.append(f"{n_unclaimed} sent more often than claimed, so perhaps twice")
    return broken
