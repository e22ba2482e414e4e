"""Take a launch back as long as nobody has been written to."""

from datetime import datetime

from django.db import transaction

from survey.campaigns.models import Credential, Door, Group, Invitation, Wave


class NotCancellableError(Exception):
    """The first letter has gone, or the wave is open: it can be closed or withdrawn only."""


@transaction.atomic
def cancel_launch(*, wave_id: int, now: datetime) -> None:
    """Make a launched wave that has not opened a draft again, or a launch asked for undone.

    Groups, invitations and credentials are deleted. The keys are destroyed where they are, by the
    stage that destroys keys; the next launch makes new ones.
    """
    wave = Wave.objects.select_for_update(of=("self",)).get(pk=wave_id)
    if wave.launched_at is None:
        Wave.objects.filter(pk=wave.pk).update(launch_requested_at=None)
        return
    if wave.withdrawn_at or wave.opened_at or wave.closed_at or wave.opens_at <= now:
        raise NotCancellableError(f"wave {wave_id} has opened, or is over")
    if Invitation.objects.filter(wave=wave, delivery__isnull=False).exists():
        raise NotCancellableError(f"letters of wave {wave_id} are on their way")
    Credential.objects.filter(wave=wave).delete()
    Invitation.objects.filter(wave=wave).delete()
    Door.objects.filter(wave=wave).delete()
    Group.objects.filter(wave=wave).delete()
    _make_draft(wave)


def _make_draft(wave: Wave) -> None:
    """Forget all that the launch froze; its planned round stays, so that it is not planned anew."""
    wave.launched_at = wave.launch_requested_at = None
    wave.public_key = wave.box_size = None
    wave.families, wave.audience_filter, wave.participation = [], {}, {}
    wave.n_invited = 0
    wave.save()
