"""Note on every running wave whether its keys are there: pages are served where no keys are."""

from datetime import datetime

from survey.campaigns.keys import keys_fit
from survey.campaigns.models import Wave


def watch_keys(*, now: datetime) -> int:
    """Note since when keys are missing or do not fit, and where they are back; return how many."""
    running = Wave.objects.launched().filter(sealed_at__isnull=True).order_by("pk")
    n_noted = 0
    for wave in running:
        if keys_fit(wave=wave) != (wave.keys_missing_at is None):
            missing_at = now if wave.keys_missing_at is None else None
            n_noted += Wave.objects.filter(pk=wave.pk).update(keys_missing_at=missing_at)
    return n_noted
