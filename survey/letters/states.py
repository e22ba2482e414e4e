"""The life of one letter: queued, being sent, then sent, bounced or failed."""

from django.db import models


class DeliveryState(models.TextChoices):
    """Where one letter is."""

    QUEUED = "QUEUED", "queued"
    SENDING = "SENDING", "being sent"
    SENT = "SENT", "sent"
    FAILED = "FAILED", "failed"
    BOUNCED = "BOUNCED", "bounced"
