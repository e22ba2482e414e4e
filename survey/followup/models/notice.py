"""Letters that tell somebody of what followed: composed when they go, kept nowhere."""

from django.db import models
from django.db.models import Q

from survey.accounts.models import User
from survey.followup.models.callback import Callback
from survey.followup.models.commitment import Commitment
from survey.followup.models.playback import Playback
from survey.letters.models import Delivery


class NoticeKind(models.TextChoices):
    """What a notice is about."""

    CALLBACK_ASKED = "CALLBACK_ASKED", "somebody asks for a call"
    CALLBACK_DUE = "CALLBACK_DUE", "a call is due"
    CALLBACK_CHECK = "CALLBACK_CHECK", "did we put it right?"
    COMMITMENT_DUE = "COMMITMENT_DUE", "a promise is due"
    PLAYBACK = "PLAYBACK", "what came of it"
    DIGEST = "DIGEST", "the month on one page"


class Notice(models.Model):
    """Why one letter goes out, and what it is about."""

    delivery = models.OneToOneField(Delivery, on_delete=models.CASCADE, related_name="notice")
    kind = models.CharField(max_length=14, choices=NoticeKind.choices)
    callback = models.ForeignKey(
        Callback, null=True, blank=True, on_delete=models.CASCADE, related_name="notices"
    )
    commitment = models.ForeignKey(
        Commitment, null=True, blank=True, on_delete=models.CASCADE, related_name="notices"
    )
    playback = models.ForeignKey(
        Playback, null=True, blank=True, on_delete=models.CASCADE, related_name="notices"
    )
    user = models.ForeignKey(  # whose page it is: owners, leaders
        User, null=True, blank=True, on_delete=models.CASCADE, related_name="notices"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="notice_kind_is_known", condition=Q(kind__in=NoticeKind.values)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.delivery_id}"


class DigestChoice(models.Model):
    """What an account gets of the monthly page: when the last went, and whether it was stopped."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="digest_choice")
    is_stopped = models.BooleanField(default=False)
    last_month = models.DateField(null=True, blank=True)  # the first day of the month told last

    def __str__(self) -> str:
        return f"{self.user_id}: {'stopped' if self.is_stopped else 'monthly'}"
