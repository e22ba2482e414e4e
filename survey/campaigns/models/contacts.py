"""Contacts that were not asked about, and where contacts come from."""

from django.db import models

from survey.campaigns.models.campaign import Campaign
from survey.campaigns.models.wave import Wave
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

    def __str__(self) -> str:
        return self.name
