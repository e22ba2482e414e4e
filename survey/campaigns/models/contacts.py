"""Contacts that were not asked about, and where contacts come from."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from survey.campaigns.models.campaign import Campaign
from survey.campaigns.models.wave import Wave
from survey.core.leases import Leased
from survey.organization.models import Team


class UnsampledContacts(models.Model):
    """How many contacts of a team on a day the sample left out; nothing else is kept of them."""

    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="unsampled")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="unsampled")
    contact_date = models.DateField()
    n = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="unsampled_once_per_team_and_day", fields=["wave", "team", "contact_date"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.n} of {self.team} on {self.contact_date}"


class CountedKey(models.Model):
    """A key whose contact was counted outside the sample; kept for two days, tied to nothing."""

    digest = models.CharField(max_length=64, unique=True)
    used_date = models.DateField()  # in UTC, whose days are all of one length

    class Meta:
        indexes = [models.Index(fields=["used_date"])]

    def __str__(self) -> str:
        return self.digest[:12]


class ContactSource(models.Model):
    """A system that reports contacts by signed webhook; fields says where its JSON holds what."""

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=100)
    campaign = models.ForeignKey(
        Campaign, null=True, blank=True, on_delete=models.CASCADE, related_name="contact_sources"
    )
    fields = models.JSONField(default=dict, blank=True)
    secret_version = models.PositiveSmallIntegerField(default=1)  # the secret itself is derived
    is_active = models.BooleanField(default=True)
    received_at = models.DateTimeField(null=True, blank=True)  # the last that was signed rightly
    last_result = models.JSONField(default=dict, blank=True)  # what became of it; nobody's data

    def __str__(self) -> str:
        return self.name


class ContactFileState(models.TextChoices):
    """Where a file of contacts is on its way."""

    WAITING = "WAITING", _("waiting to be checked")
    READY = "READY", _("checked; nothing has been taken in yet")
    REFUSED = "REFUSED", _("refused; nothing has been taken in")
    CONFIRMED = "CONFIRMED", _("being taken in")
    APPLIED = "APPLIED", _("taken in")
    DISCARDED = "DISCARDED", _("put aside")


class ContactFile(Leased):
    """A file of contacts: checked as a whole first, taken in when somebody says so.

    What it says stays only until then.
    """

    name = models.CharField(max_length=200)
    content = models.BinaryField(null=True, blank=True)  # until taken in, refused or put aside
    state = models.CharField(
        max_length=9, choices=ContactFileState.choices, default=ContactFileState.WAITING
    )
    n_all = models.PositiveIntegerField(default=0)
    n_done = models.PositiveIntegerField(default=0)
    n_tries = models.PositiveSmallIntegerField(default=0)  # to check it, that ran out of time
    problems = models.JSONField(default=list, blank=True)  # why it was refused
    difference = models.JSONField(default=dict, blank=True)  # what taking it in would change
    results = models.JSONField(default=dict, blank=True)  # reason -> how many contacts
    by = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField()
    applied_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="contact_file_state_is_known", condition=Q(state__in=ContactFileState.values)
            ),
            models.CheckConstraint(
                name="contact_file_on_its_way_has_content",
                condition=Q(
                    state__in=[
                        ContactFileState.REFUSED,
                        ContactFileState.APPLIED,
                        ContactFileState.DISCARDED,
                    ]
                )
                | Q(content__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["state", "created_at"])]

    def __str__(self) -> str:
        return f"{self.name}, {self.get_state_display()}"
