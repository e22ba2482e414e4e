"""Delete what a withdrawn wave had taken in."""

from django.db import transaction
from django.db.models import Exists, OuterRef

from survey.campaigns.journals import empty_journal
from survey.campaigns.models import Wave
from survey.core.stages import run_each
from survey.responses.models import Cell, Comment, CutBox, Intake, Response


def clear_withdrawn_waves() -> int:
    """Delete boxes, answers and words of withdrawn waves; return of how many waves."""
    left = (
        Exists(Intake.objects.filter(wave=OuterRef("pk")))
        | Exists(CutBox.objects.filter(wave=OuterRef("pk")))
        | Exists(Response.objects.filter(wave=OuterRef("pk")))
        | Exists(Comment.objects.filter(group__wave=OuterRef("pk")))
    )
    due = Wave.objects.filter(left, withdrawn_at__isnull=False).order_by("pk")
    n_cleared = run_each(due.values_list("pk", flat=True), _clear, name="Clearing wave")
    if n_cleared:
        empty_journal()
    return n_cleared


@transaction.atomic
def _clear(wave_id: int) -> bool:
    Intake.objects.filter(wave=wave_id).delete()
    CutBox.objects.filter(wave=wave_id).delete()
    Comment.objects.filter(group__wave=wave_id).delete()
    Response.objects.filter(wave=wave_id).delete()
    Cell.objects.filter(wave=wave_id).delete()
    return True
