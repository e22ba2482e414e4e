"""What is written, to whom it goes, and who wants no more letters."""

import uuid

from django.db import models
from django.db.models import Q

from survey.core.leases import Leased
from survey.letters.querysets import DeliveryQuerySet
from survey.letters.states import DeliveryState


class Letter(models.Model):
    """A text somebody signs; never changed once it was sent."""

    subject = models.CharField(max_length=150)
    body = models.TextField(max_length=4000)
    signer_name = models.CharField(max_length=100)
    signer_role = models.CharField(max_length=150, blank=True)
    reply_to = models.EmailField()
    language = models.CharField(max_length=16, default="en")
    has_first_item = models.BooleanField(default=True)  # its first question stands in the letter

    def __str__(self) -> str:
        return self.subject


class LetterTranslation(models.Model):
    """A letter in another language."""

    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="translations")
    language = models.CharField(max_length=16)
    subject = models.CharField(max_length=150)
    body = models.TextField(max_length=4000)
    signer_role = models.CharField(max_length=150, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="letter_translated_once_per_language", fields=["letter", "language"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject} ({self.language})"


class DeliveryKind(models.TextChoices):
    """Why one letter goes out."""

    INVITATION = "INVITATION", "invitation"
    TEST = "TEST", "test letter to oneself"
    CODES = "CODES", "sheet of printed codes"
    NOTICE = "NOTICE", "what followed: a call asked for, a promise"
    NEWS = "NEWS", "what came of it, the month on one page"


ASKING = (DeliveryKind.INVITATION, DeliveryKind.TEST, DeliveryKind.CODES)  # letters of waves


class DeliveryChannel(models.TextChoices):
    """How a letter travels."""

    EMAIL = "EMAIL", "e-mail"
    SMS = "SMS", "text message"


class Delivery(Leased):
    """One letter to one recipient. It keeps no body, link or token."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="deliveries")
    kind = models.CharField(max_length=12, choices=DeliveryKind.choices)
    channel = models.CharField(
        max_length=5, choices=DeliveryChannel.choices, default=DeliveryChannel.EMAIL
    )
    language = models.CharField(max_length=16, blank=True)  # the letter's own where empty
    recipient_name = models.CharField(max_length=200, blank=True)
    address = models.CharField(max_length=254)  # an e-mail address, or a telephone number
    state = models.CharField(
        max_length=8, choices=DeliveryState.choices, default=DeliveryState.QUEUED
    )
    due_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    first_tried_at = models.DateTimeField(null=True, blank=True)
    is_uncertain = models.BooleanField(default=False)  # an earlier try may have arrived
    reason = models.CharField(max_length=40, blank=True)
    claimed_by = models.CharField(max_length=32, blank=True)  # the mark of the process, `vigils`

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="delivery_state_is_known", condition=Q(state__in=DeliveryState.values)
            ),
            models.CheckConstraint(
                name="delivery_channel_is_known", condition=Q(channel__in=DeliveryChannel.values)
            ),
            models.CheckConstraint(
                name="delivery_failed_has_a_reason",
                condition=~Q(state__in=[DeliveryState.FAILED, DeliveryState.BOUNCED])
                | ~Q(reason=""),
            ),
            models.CheckConstraint(
                name="delivery_being_sent_has_a_lease",
                condition=~Q(state=DeliveryState.SENDING) | Q(lease_until__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["state", "due_at", "id"])]  # the order of sending

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class DomainPace(models.Model):
    """How many letters went to a mail domain in the minute in which the last ones went."""

    domain = models.CharField(max_length=254, unique=True)
    minute = models.DateTimeField()
    n_letters = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.n_letters} to {self.domain}"


class StopEntry(models.Model):
    """An address that asked for no more letters, kept as a digest."""

    address_digest = models.CharField(max_length=64, unique=True)
    created_date = models.DateField()

    def __str__(self) -> str:
        return self.address_digest[:12]
