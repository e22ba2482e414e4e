"""End waves: withdraw those launched by mistake, destroy the keys of those that are over."""

import logging
from datetime import datetime
from functools import partial

from django.db import transaction
from django.db.models import Q, QuerySet

from survey.campaigns.journals import empty_journal
from survey.campaigns.keys import destroy_keys, key_files, waves_with_keys
from survey.campaigns.models import Credential, ReminderRow, Wave
from survey.campaigns.services.doors import close_door
from survey.core.stages import run_each

logger = logging.getLogger(__name__)


class NotWithdrawableError(Exception):
    """Only a launched wave whose answers have not been sealed can be withdrawn."""


@transaction.atomic
def withdraw_wave(*, wave_id: int, reason: str, now: datetime) -> None:
    """Take a wave back that was launched by mistake: nobody will ever read its answers.

    Its keys are destroyed by the stage that destroys keys, where the keys are; boxes and stored
    answers are deleted by the stage that seals. The row and the reason stay.
    """
    launched = Wave.objects.launched().filter(pk=wave_id, sealed_at__isnull=True)
    if not launched.update(withdrawn_at=now, withdrawn_reason=reason, lease_until=None):
        raise NotWithdrawableError(f"wave {wave_id} is a draft, sealed, or withdrawn already")
    Credential.objects.filter(wave_id=wave_id).delete()
    close_door(wave_id=wave_id)
    ReminderRow.objects.filter(reminder__wave=wave_id).delete()


def destroy_due_keys(*, now: datetime) -> int:
    """Destroy the keys of waves after their last seal; an interrupted deletion is done again.

    So is one after which key files came back, with a disk or from a copy. A draft has no keys:
    those of a launch that was taken back are destroyed too.
    """
    over = Q(sealed_at__isnull=False) | Q(withdrawn_at__isnull=False)
    undone = Q(keys_destroyed_at__isnull=True) | Q(key__in=waves_with_keys())
    due = Wave.objects.filter(over, undone, launched_at__isnull=False)
    waves = due.order_by("pk").values_list("pk", flat=True)
    n_over = run_each(waves, partial(_destroy, now=now), name="Destroying keys of wave")
    drafts = _drafts().filter(key__in=waves_with_keys()).order_by("pk")
    taken_back = drafts.values_list("pk", flat=True)
    return n_over + run_each(taken_back, _destroy_of_draft, name="Destroying keys of draft")


def _drafts() -> QuerySet[Wave]:
    return Wave.objects.filter(launched_at__isnull=True, launch_requested_at__isnull=True)


@transaction.atomic
def _destroy_of_draft(wave_id: int) -> bool:
    """Destroy the keys of a draft, held so that nobody launches it meanwhile.

    Who holds a row may have lost it without knowing, so no file is touched that came after it was
    asked for: it may be of a launch since.
    """
    files = key_files(wave=Wave.objects.get(pk=wave_id))
    wave = _drafts().select_for_update(no_key=True).filter(pk=wave_id).first()
    if wave is not None:
        destroy_keys(wave=wave, only=files)
    return wave is not None


def _destroy(wave_id: int, now: datetime) -> bool:
    """Delete the key files first; the row says so only when nothing of the wave is left to do."""
    destroy_keys(wave=Wave.objects.get(pk=wave_id))
    if not empty_journal():
        logger.warning("The journal is busy; wave %s will be tidied later", wave_id)
        return False
    return Wave.objects.filter(pk=wave_id).update(keys_destroyed_at=now) == 1
