"""Where a wave is, in one word that HR uses."""

from datetime import datetime
from enum import Enum

from django.utils.translation import gettext_lazy as _

from survey.campaigns.models import Wave


class WaveState(Enum):
    """A wave's place in its life."""

    DRAFT = "draft"
    PREPARING = "being prepared"
    SCHEDULED = "scheduled"
    OPEN = "open"
    CLOSED = "closed"
    SEALED = "sealed"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        """Return the word on the chip."""
        return str(LABELS[self])

    @property
    def chip(self) -> str:
        """Return the class of the chip."""
        return {WaveState.OPEN: "ok", WaveState.DRAFT: "gold", WaveState.WITHDRAWN: "bad"}.get(
            self, ""
        )


LABELS = {
    WaveState.DRAFT: _("draft"),
    WaveState.PREPARING: _("being prepared"),
    WaveState.SCHEDULED: _("scheduled"),
    WaveState.OPEN: _("open"),
    WaveState.CLOSED: _("closed"),
    WaveState.SEALED: _("sealed"),
    WaveState.WITHDRAWN: _("withdrawn"),
}


def state_of(wave: Wave, now: datetime) -> WaveState:
    """Return where a wave is at a moment."""
    if wave.withdrawn_at is not None:
        return WaveState.WITHDRAWN
    if wave.launched_at is None:
        return WaveState.PREPARING if wave.launch_requested_at else WaveState.DRAFT
    if wave.sealed_at is not None:
        return WaveState.SEALED
    if wave.closed_at is not None or wave.closes_at <= now:
        return WaveState.CLOSED
    return WaveState.OPEN if wave.opens_at <= now else WaveState.SCHEDULED
