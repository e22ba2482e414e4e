"""What must hold of letters at any time."""

from datetime import datetime, timedelta

from survey.letters.models import Delivery

GRACE = timedelta(minutes=1)


def broken_invariants(*, now: datetime) -> list[str]:
    """Name what is broken, one sentence each; nothing when all is well."""
    n_abandoned = Delivery.objects.abandoned_at(now - GRACE).count()
    if n_abandoned:
        return [f"letters: {n_abandoned} stuck while being sent; no worker has freed them"]
    return []
