"""Change one's mind about letters that nobody has begun to send."""

from datetime import datetime

from survey.letters.models import Delivery
from survey.letters.states import DeliveryState

SNOOZED = "snoozed"  # why a letter was not sent whose reader wished to rest until after the close


def postpone_delivery(*, delivery_id: int, due_at: datetime) -> bool:
    """Let a letter that waits go at another time; False where it does not wait any more."""
    waiting = Delivery.objects.filter(pk=delivery_id, state=DeliveryState.QUEUED)
    return waiting.update(due_at=due_at) == 1


def cancel_delivery(*, delivery_id: int, reason: str) -> bool:
    """Do not send a letter that waits, and keep why; False where it does not wait any more."""
    waiting = Delivery.objects.filter(pk=delivery_id, state=DeliveryState.QUEUED)
    return waiting.update(state=DeliveryState.FAILED, reason=reason) == 1
