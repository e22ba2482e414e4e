"""Take a launch back as long as nobody has been written to."""

from datetime import datetime
from uuid import uuid4

from django.db import transaction
from django.db.models import QuerySet

from survey.campaigns.models import Asking, Credential, Door, Group, Invitation, Wave
from survey.campaigns.undoable import can_be_undone, invitations_of
from survey.core.batches import in_batches
from survey.letters.models import Delivery

ROWS_AT_ONCE = 1000


class NotCancellableError(Exception):
    """The first letter has gone, or the wave is over: it can be closed or withdrawn only."""


@transaction.atomic
def cancel_launch(*, wave_id: int, now: datetime) -> None:
    """Make a wave whose first letter has not gone a draft again, or a launch asked for undone.

    Groups, invitations and credentials are deleted, and with them the letters in the queue and
    what the ledger says of them. The keys are destroyed where they are, by the stage that
    destroys keys; the next launch makes new ones.
    """
    wave = Wave.objects.select_for_update(no_key=True, of=("self",)).get(pk=wave_id)
    if wave.launched_at is None:
        Wave.objects.filter(pk=wave.pk).update(launch_requested_at=None)
        return
    letters = _hold_all(wave)
    if not can_be_undone(wave=wave, now=now):
        raise NotCancellableError(f"something of wave {wave_id} has gone out, or it is over")
    Asking.objects.filter(wave=wave).delete()
    Credential.objects.filter(wave=wave).delete()
    invitations = Invitation.objects.filter(wave=wave).values_list("pk", flat=True)
    for ids in in_batches(list(invitations), ROWS_AT_ONCE):  # PostgreSQL takes 65,535 at once
        Invitation.objects.filter(pk__in=ids).delete()
    for ids in in_batches(letters, ROWS_AT_ONCE):
        Delivery.objects.filter(pk__in=ids).delete()
    Door.objects.filter(wave=wave).delete()
    Group.objects.filter(wave=wave).delete()
    _make_draft(wave)


def _hold_all(wave: Wave) -> list[int]:
    """Hold links and letters, so that none is used or sent from here on; return the letters.

    Whoever uses a link or takes a letter at this moment is waited for, and then seen.
    """
    _hold(Credential.objects.filter(wave=wave).order_by("pk"))
    return _hold(invitations_of(wave).order_by("due_at", "pk"))  # the order in which they are sent


def _hold(rows: QuerySet[Credential] | QuerySet[Delivery]) -> list[int]:
    return list(rows.select_for_update(no_key=True).values_list("pk", flat=True))


def _make_draft(wave: Wave) -> None:
    """Forget all that the launch froze; its planned round stays, so that it is not planned anew."""
    wave.launched_at = wave.launch_requested_at = wave.opened_at = wave.keys_missing_at = None
    wave.public_key = wave.box_size = None
    wave.families, wave.audience_filter, wave.participation = [], {}, {}
    wave.cuts, wave.cut_box_size = [], None
    wave.n_invited = 0
    wave.draw_seed = uuid4()
    wave.save()
