"""Where a wave is in its life, in words."""

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db import models

if TYPE_CHECKING:
    from survey.campaigns.models import Wave


class WaveQuerySet(models.QuerySet["Wave"]):
    """Waves by the stage they are in."""

    def launched(self) -> Self:
        """Keep the waves that were launched and not withdrawn."""
        return self.filter(launched_at__isnull=False, withdrawn_at__isnull=True)

    def due_to_launch(self) -> Self:
        """Keep the drafts for which a launch was asked."""
        return self.filter(launch_requested_at__isnull=False, launched_at__isnull=True)

    def due_to_open(self, now: datetime) -> Self:
        """Keep the launched waves whose time has come and which nobody opened yet."""
        return self.launched().filter(
            opened_at__isnull=True, closed_at__isnull=True, opens_at__lte=now
        )

    def open_at(self, now: datetime) -> Self:
        """Keep the waves that take answers at a moment."""
        return self.launched().filter(closed_at__isnull=True, opens_at__lte=now, closes_at__gt=now)

    def due_to_close(self, now: datetime) -> Self:
        """Keep the launched waves whose last moment has passed and which nobody closed yet."""
        return self.launched().filter(closed_at__isnull=True, closes_at__lte=now)

    def closed_and_unsealed(self) -> Self:
        """Keep the waves whose last seal is due."""
        return self.launched().filter(closed_at__isnull=False, sealed_at__isnull=True)

    def sealed(self) -> Self:
        """Keep the waves after their last seal."""
        return self.launched().filter(sealed_at__isnull=False)
