"""What must always hold of answers: none lost, none counted twice."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from survey.campaigns.models import Channel, Credential, UsedNonce, Wave
from survey.responses.models import CutBox, Intake, Response

PATIENCE = timedelta(minutes=1)  # of the stage that clears withdrawn waves


def broken_invariants(*, now: datetime) -> list[str]:
    """Return a sentence for every wave whose answers do not add up."""
    broken: list[str] = []
    for wave in _counted_waves():
        if wave.withdrawn_at is None:
            broken += _count_broken(wave) + _intake_broken(wave)
        elif wave.withdrawn_at <= now - PATIENCE:
            broken += _withdrawn_broken(wave)
    return broken


def _counted_waves() -> QuerySet[Any]:
    """Count in one statement, so that an answer that comes meanwhile is in all counts or none."""
    launched = Wave.objects.filter(launched_at__isnull=False).select_related("campaign")
    return launched.order_by("pk").annotate(
        n_boxes=_count(Intake.objects.all()),
        n_cut_boxes=_count(CutBox.objects.all()),
        n_responses=_count(Response.objects.all()),
        n_used=_count(Credential.objects.filter(is_spent=True)),
        n_used_nonces=_count(UsedNonce.objects.all(), wave="door"),
    )


def _count(rows: QuerySet[Any], *, wave: str = "wave") -> Coalesce:
    of_wave = rows.filter(**{wave: OuterRef("pk")}).order_by().values(wave)
    return Coalesce(Subquery(of_wave.annotate(n=Count("pk")).values("n")), 0)


def _count_broken(wave: Any) -> list[str]:
    taken = _count_taken(wave)
    if wave.n_boxes + wave.n_responses + wave.n_discarded == taken:
        return []
    return [
        f"Wave {wave.pk} ({wave}): {wave.n_boxes} boxes, {wave.n_responses} responses and "
        f"{wave.n_discarded} discarded do not make the {taken} answers taken in."
    ]


def _count_taken(wave: Any) -> int:
    """Return how many answers were acknowledged."""
    if wave.channel != Channel.PERSONAL:
        return int((wave.n_counted or 0) + wave.n_used_nonces)
    if wave.sealed_at is not None:
        return wave.n_spent or 0
    return int(wave.n_used)


def _intake_broken(wave: Any) -> list[str]:
    if wave.sealed_at is None or not wave.n_boxes + wave.n_cut_boxes:
        return []
    return [f"Wave {wave.pk} ({wave}): it is sealed, but boxes wait that nobody can open."]


def _withdrawn_broken(wave: Any) -> list[str]:
    left = wave.n_boxes + wave.n_cut_boxes + wave.n_responses
    if left == 0:
        return []
    return [f"Wave {wave.pk} ({wave}): it was withdrawn, but {left} answers are left."]
