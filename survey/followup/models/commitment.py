"""What somebody promised to do, by when; or what will not be done, and why."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from survey.accounts.models import User
from survey.campaigns.models import Wave
from survey.followup.querysets import CommitmentQuerySet
from survey.organization.models import Team
from survey.questionnaires.models import Audience


class CommitmentState(models.TextChoices):
    """How a promise stands; late is a promise whose day has passed, and is never stored."""

    PROMISED = "PROMISED", _("promised")
    KEPT = "KEPT", _("kept")
    WITHDRAWN = "WITHDRAWN", _("withdrawn")
    REFUSED = "REFUSED", _("we won’t, and why")


class Commitment(models.Model):
    """A promise with a name and a day, to the people or the customers of a team (None: of all)."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    audience = models.CharField(max_length=10, choices=Audience.choices)  # to whom it is made
    team = models.ForeignKey(
        Team, null=True, blank=True, on_delete=models.PROTECT, related_name="commitments"
    )
    wave = models.ForeignKey(
        Wave, null=True, blank=True, on_delete=models.SET_NULL, related_name="commitments"
    )
    theme = models.CharField(max_length=80, blank=True)  # the code of a scale
    heard = models.CharField(max_length=500, blank=True)  # "You told us ..."
    what = models.CharField(max_length=500)
    because = models.TextField(max_length=1000, blank=True)
    who_name = models.CharField(max_length=200)
    who = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.SET_NULL, related_name="commitments"
    )
    due_date = models.DateField(null=True, blank=True)
    state = models.CharField(
        max_length=9, choices=CommitmentState.choices, default=CommitmentState.PROMISED
    )
    made_date = models.DateField()
    settled_date = models.DateField(null=True, blank=True)  # when kept or withdrawn
    is_shown_outside = models.BooleanField(default=True)  # on the heard page and thank-you pages
    reminded_date = models.DateField(null=True, blank=True)
    is_draft = models.BooleanField(default=False)  # written into a playback nobody has published

    objects = CommitmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="commitment_state_is_known", condition=Q(state__in=CommitmentState.values)
            ),
            models.CheckConstraint(
                name="commitment_audience_is_known", condition=Q(audience__in=Audience.values)
            ),
            models.CheckConstraint(
                name="commitment_promised_has_a_day",
                condition=~Q(state=CommitmentState.PROMISED) | Q(due_date__isnull=False),
            ),
            models.CheckConstraint(
                name="commitment_no_longer_says_why",
                condition=~Q(state__in=[CommitmentState.REFUSED, CommitmentState.WITHDRAWN])
                | ~Q(because=""),
            ),
            models.CheckConstraint(
                name="commitment_settled_has_a_day",
                condition=~Q(state__in=[CommitmentState.KEPT, CommitmentState.WITHDRAWN])
                | Q(settled_date__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["state", "due_date"])]

    def __str__(self) -> str:
        return self.what


class CommitmentChange(models.Model):
    """One change of a promise, with what it said before; only added."""

    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="changes")
    changed_at = models.DateTimeField()
    by_name = models.CharField(max_length=200)
    before = models.JSONField(default=dict)  # field: what it was
    after = models.JSONField(default=dict)
    why = models.CharField(max_length=500, blank=True)

    def __str__(self) -> str:
        return f"{self.commitment_id}, {self.changed_at:%Y-%m-%d}"
