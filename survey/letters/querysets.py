"""Letters by where they are, in words."""

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from survey.letters.states import DeliveryState

if TYPE_CHECKING:
    from survey.letters.models import Delivery


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    """Deliveries by state."""

    def due_at(self, now: datetime) -> Self:
        """Keep the letters whose time has come and which nobody is sending."""
        return self.filter(state=DeliveryState.QUEUED, due_at__lte=now)

    def sending(self) -> Self:
        """Keep the letters that a worker has taken and not brought back."""
        return self.filter(state=DeliveryState.SENDING)

    def abandoned_at(self, now: datetime, *, gone: Collection[str] = ()) -> Self:
        """Keep the letters whose worker vanished while sending them; some marks are known to be."""
        over = Q(lease_until__lt=now) | Q(claimed_by__in=gone)
        return self.filter(over, state=DeliveryState.SENDING)

    def sent_unclaimed(self) -> Self:
        """Keep the letters that went out, or may have, more often than a worker claimed them.

        Only the claim keeps two workers from one letter. A letter that arrived, or is on its way,
        was claimed once; one whose earlier try may have arrived, once more.
        """
        on_its_way = Q(state__in=[DeliveryState.SENDING, DeliveryState.SENT])
        uncertain = Q(is_uncertain=True)
        return self.filter(
            (on_its_way | uncertain) & Q(attempts__lt=1)
            | on_its_way & uncertain & Q(attempts__lt=2)
        )
