"""Where a wave is, in one word that HR uses."""

from datetime import datetime
from enum import Enum

from survey.campaigns.models import Wave


class WaveState(Enum):
    """A wave's place in its life; the value is the word on its chip."""

    DRAFT = "draft"
    PREPARING = "being prepared"
    SCHEDULED = "scheduled"
    OPEN = "open"
    CLOSED = "closed"
    SEALED = "sealed"
    WITHDRAWN = "withdrawn"

    @property
    def chip(self) -> str:
        """Return the class of the chip."""
        return {WaveState.OPEN: "ok", WaveState.DRAFT: "gold", WaveState.WITHDRAWN: "bad"}.get(
            self, ""
        )


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
