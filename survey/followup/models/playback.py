"""What people are told came of their answers: drafted from a release, signed by a person."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from survey.accounts.models import User
from survey.aggregation.models import Release
from survey.followup.models.commitment import Commitment
from survey.followup.models.story import Story
from survey.letters.models import Letter
from survey.questionnaires.models import Audience


class PlaybackState(models.TextChoices):
    """Where a playback is on its way."""

    DRAFT = "DRAFT", _("a draft")
    PUBLISHED = "PUBLISHED", _("published")


class Playback(models.Model):
    """What was heard in a wave, or a month of one, and what comes of it.

    Its words in the owner's language stand here; those in others are its translations. code is the
    address of the staff page: random, so that it is read by those who got the letter.
    """

    release = models.OneToOneField(Release, on_delete=models.CASCADE, related_name="playback")
    audience = models.CharField(max_length=10, choices=Audience.choices)
    code = models.SlugField(max_length=40, unique=True)
    state = models.CharField(
        max_length=9, choices=PlaybackState.choices, default=PlaybackState.DRAFT
    )
    language = models.CharField(max_length=16, default="en")
    title = models.CharField(max_length=150, blank=True)
    body = models.TextField(max_length=4000, blank=True)
    owner = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.SET_NULL, related_name="playbacks"
    )
    signer_name = models.CharField(max_length=100, blank=True)
    signer_role = models.CharField(max_length=150, blank=True)
    reply_to = models.EmailField(blank=True)
    facts = models.JSONField(default=dict)  # what moved and what did not, from released figures
    drafted_at = models.DateTimeField()
    due_date = models.DateField()
    published_at = models.DateTimeField(null=True, blank=True)
    letter = models.ForeignKey(
        Letter, null=True, blank=True, on_delete=models.PROTECT, related_name="playbacks"
    )
    lettered_up_to = models.PositiveBigIntegerField(default=0)  # the last person or customer
    lettered_at = models.DateTimeField(null=True, blank=True)  # when all letters were queued
    n_letters = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="playback_state_is_known", condition=Q(state__in=PlaybackState.values)
            ),
            models.CheckConstraint(
                name="playback_audience_is_known", condition=Q(audience__in=Audience.values)
            ),
            models.CheckConstraint(
                name="playback_published_is_signed",
                condition=Q(state=PlaybackState.DRAFT)
                | (Q(published_at__isnull=False) & ~Q(signer_name="") & ~Q(title="")),
            ),
            models.CheckConstraint(
                name="playback_published_says_something_and_takes_replies",
                condition=Q(state=PlaybackState.DRAFT) | (~Q(body="") & ~Q(reply_to="")),
            ),
            models.CheckConstraint(
                name="playback_lettered_was_published",
                condition=Q(lettered_at__isnull=True) | Q(state=PlaybackState.PUBLISHED),
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.code


class PlaybackTranslation(models.Model):
    """A playback's words in another language."""

    playback = models.ForeignKey(Playback, on_delete=models.CASCADE, related_name="translations")
    language = models.CharField(max_length=16)
    title = models.CharField(max_length=150)
    body = models.TextField(max_length=4000)
    signer_role = models.CharField(max_length=150, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="playback_translated_once_per_language", fields=["playback", "language"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.playback_id} ({self.language})"


class PlaybackPart(models.Model):
    """One thing that was heard, and the promise or the refusal that answers it, in their order."""

    playback = models.ForeignKey(Playback, on_delete=models.CASCADE, related_name="parts")
    place = models.PositiveSmallIntegerField()
    story = models.ForeignKey(
        Story, null=True, blank=True, on_delete=models.CASCADE, related_name="parts"
    )
    commitment = models.ForeignKey(
        Commitment, null=True, blank=True, on_delete=models.CASCADE, related_name="parts"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(name="playback_part_once", fields=["playback", "place"]),
            models.CheckConstraint(
                name="playback_part_is_about_something",
                condition=Q(story__isnull=False) | Q(commitment__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place} of {self.playback_id}"
