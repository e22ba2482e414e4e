"""Letters by where they are, in words."""

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db import models

from survey.letters.states import DeliveryState

if TYPE_CHECKING:
    from survey.letters.models import Delivery


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    """Deliveries by state."""

    def due_at(self, now: datetime) -> Self:
        """Keep the letters whose time has come and which nobody is sending."""
        return self.filter(state=DeliveryState.QUEUED, due_at__lte=now)

    def abandoned_at(self, now: datetime) -> Self:
        """Keep the letters whose worker vanished while sending them."""
        return self.filter(state=DeliveryState.SENDING, lease_until__lt=now)
