"""Whether a launch can still be taken back: nothing of the wave has reached anybody."""

from datetime import datetime

from django.db.models import Q, QuerySet

from survey.campaigns.models import CodeSheet, Credential, Reminder, Wave
from survey.campaigns.rosters import asks_people
from survey.letters.models import Delivery
from survey.letters.states import DeliveryState

TRIED = ~Q(state=DeliveryState.QUEUED) | Q(attempts__gt=0) | Q(is_uncertain=True)


def can_be_undone(*, wave: Wave, now: datetime) -> bool:
    """Say whether a launched wave can be a draft again.

    Letters that wait in the queue are nobody's yet. One that a worker has taken, a link that was
    used, a reminder or a sheet of codes cannot be called back; nor can an open door, or customers'
    contacts, once the wave has opened. A letter that somebody sent to themselves does not count.
    """
    if wave.launched_at is None or wave.withdrawn_at or wave.closed_at or wave.closes_at <= now:
        return False
    has_opened = wave.opened_at is not None or wave.opens_at <= now
    if has_opened and not asks_people(wave=wave):
        return False
    return not any(
        gone.exists()
        for gone in (
            invitations_of(wave).filter(TRIED),
            Credential.objects.filter(wave=wave, is_spent=True),
            Reminder.objects.filter(wave=wave, queued_at__isnull=False),
            CodeSheet.objects.filter(wave=wave),
        )
    )


def invitations_of(wave: Wave) -> QuerySet[Delivery]:
    """Return the letters that invite to a wave, wherever they are."""
    return Delivery.objects.filter(invitation__wave=wave)
