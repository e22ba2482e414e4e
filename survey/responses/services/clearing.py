"""Delete what a withdrawn wave had taken in."""

from django.db import transaction
from django.db.models import Exists, OuterRef

from survey.campaigns.models import Wave
from survey.core.journals import empty_journal
from survey.responses.models import Cell, Comment, Intake, Response


def clear_withdrawn_waves() -> int:
    """Delete boxes, answers and words of withdrawn waves; return of how many waves."""
    left = (
        Exists(Intake.objects.filter(wave=OuterRef("pk")))
        | Exists(Response.objects.filter(wave=OuterRef("pk")))
        | Exists(Comment.objects.filter(group__wave=OuterRef("pk")))
    )
    due = list(Wave.objects.filter(left, withdrawn_at__isnull=False))
    for wave in due:
        _clear(wave)
    if due:
        empty_journal()
    return len(due)


@transaction.atomic
def _clear(wave: Wave) -> None:
    Intake.objects.filter(wave=wave).delete()
    Comment.objects.filter(group__wave=wave).delete()
    Response.objects.filter(wave=wave).delete()
    Cell.objects.filter(wave=wave).delete()
