"""What is said about a released comment, between those who may read it and its unnamed writer."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from survey.accounts.models import User
from survey.responses.models import Comment


class Acknowledgement(models.TextChoices):
    """What a reader of a comment says with one press; the page words it as a person would."""

    READ = "READ", _("I have read this.")
    THANKS = "THANKS", _("Thank you for telling us.")
    SORRY = "SORRY", _("I am sorry this happened to you.")
    LOOKING = "LOOKING", _("I am looking into this.")
    TALKED = "TALKED", _("We have talked about this as a team.")


class Conversation(models.Model):
    """The talk about one comment; there is one from the first word on."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    comment = models.OneToOneField(Comment, on_delete=models.CASCADE, related_name="conversation")
    closed_date = models.DateField(null=True, blank=True)  # by the writer
    revealed_name = models.CharField(max_length=200, blank=True)  # only where the writer says so

    def __str__(self) -> str:
        return str(self.id)


class Message(models.Model):
    """One thing said: by a named reader, or by the writer, who has no name. Days only, no times."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    conversation = models.ForeignKey(
        Conversation, on_delete=models.CASCADE, related_name="messages"
    )
    number = models.PositiveSmallIntegerField()
    by_writer = models.BooleanField(default=False)
    user = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.SET_NULL, related_name="messages"
    )
    signed = models.CharField(max_length=300, blank=True)  # name and role; empty: the writer
    acknowledgement = models.CharField(max_length=8, choices=Acknowledgement.choices, blank=True)
    text = models.TextField(max_length=1500, blank=True)
    said_date = models.DateField()
    shown_date = models.DateField()  # a writer's words: in the next day's batch
    form_key = models.UUIDField(null=True, editable=False)  # of a form and its words: sent once

    class Meta:
        constraints = [
            models.UniqueConstraint(name="message_number_once", fields=["conversation", "number"]),
            models.UniqueConstraint(name="message_sent_once", fields=["conversation", "form_key"]),
            models.CheckConstraint(
                name="message_is_signed_unless_the_writers",
                condition=Q(by_writer=True, signed="", user__isnull=True)
                | (Q(by_writer=False) & ~Q(signed="")),
            ),
            models.CheckConstraint(
                name="message_acknowledges_or_says",
                condition=~Q(acknowledgement="", text=""),
            ),
            models.CheckConstraint(
                name="message_acknowledgement_is_known",
                condition=Q(acknowledgement__in=["", *Acknowledgement.values]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} of {self.conversation_id}"


class HiddenComment(models.Model):
    """A comment that only offices and its leaders still find, by whom and why; words stay as is."""

    comment = models.OneToOneField(Comment, on_delete=models.CASCADE, related_name="hidden")
    hidden_date = models.DateField()
    by_name = models.CharField(max_length=200)
    reason = models.CharField(max_length=300)

    class Meta:
        constraints = [
            models.CheckConstraint(name="hidden_comment_has_a_reason", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return str(self.comment_id)
