"""What must always hold of answers: none lost, none counted twice."""

from datetime import datetime, timedelta

from survey.campaigns.models import Channel, Credential, Wave
from survey.responses.models import Intake, Response

PATIENCE = timedelta(minutes=1)  # of the stage that clears withdrawn waves


def broken_invariants(*, now: datetime) -> list[str]:
    """Return a sentence for every wave whose answers do not add up."""
    launched = Wave.objects.filter(launched_at__isnull=False).select_related("campaign")
    broken: list[str] = []
    for wave in launched.order_by("pk"):
        if wave.withdrawn_at is None:
            broken += _count_broken(wave) + _intake_broken(wave)
        elif wave.withdrawn_at <= now - PATIENCE:
            broken += _withdrawn_broken(wave)
    return broken


def _count_broken(wave: Wave) -> list[str]:
    taken = _count_taken(wave)
    n_boxes = Intake.objects.filter(wave=wave).count()
    n_responses = Response.objects.filter(wave=wave).count()
    if n_boxes + n_responses + wave.n_discarded == taken:
        return []
    return [
        f"Wave {wave.pk} ({wave}): {n_boxes} boxes, {n_responses} responses and "
        f"{wave.n_discarded} discarded do not make the {taken} answers taken in."
    ]


def _count_taken(wave: Wave) -> int:
    """Return how many answers were acknowledged."""
    if wave.channel != Channel.PERSONAL:
        return wave.n_counted or 0
    if wave.sealed_at is not None:
        return wave.n_spent or 0
    return Credential.objects.filter(wave=wave, is_spent=True).count()


def _intake_broken(wave: Wave) -> list[str]:
    if wave.sealed_at is None or not Intake.objects.filter(wave=wave).exists():
        return []
    return [f"Wave {wave.pk} ({wave}): it is sealed, but boxes wait that nobody can open."]


def _withdrawn_broken(wave: Wave) -> list[str]:
    left = Intake.objects.filter(wave=wave).count() + Response.objects.filter(wave=wave).count()
    if left == 0:
        return []
    return [f"Wave {wave.pk} ({wave}): it was withdrawn, but {left} answers are left."]
