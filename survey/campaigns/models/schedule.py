"""Waves that follow each other by themselves."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from survey.campaigns.models.campaign import Campaign


class Rhythm(models.TextChoices):
    """How often a campaign asks."""

    WEEK = "WEEK", _("every week, or every few weeks")
    MONTH = "MONTH", _("every month")
    QUARTER = "QUARTER", _("every quarter")


class Schedule(models.Model):
    """The rhythm of a recurring campaign; a worker drafts and launches each round in time."""

    campaign = models.OneToOneField(Campaign, on_delete=models.CASCADE, related_name="schedule")
    rhythm = models.CharField(max_length=7, choices=Rhythm.choices)
    every = models.PositiveSmallIntegerField(default=1)  # so many weeks, months or quarters
    first_date = models.DateField()
    letters_time = models.TimeField()  # in everybody's own time zone
    open_days = models.PositiveSmallIntegerField(default=10)
    skip_dates = models.JSONField(default=list, blank=True)  # ISO days on which no round begins
    holiday_country = models.CharField(max_length=8, blank=True)  # such as GB or DE-BY
    scales_per_round = models.PositiveSmallIntegerField(null=True, blank=True)  # None: all
    fixed_scales = models.JSONField(default=list, blank=True)  # codes asked in every round
    is_active = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="schedule_rhythm_is_known", condition=Q(rhythm__in=Rhythm.values)
            ),
            models.CheckConstraint(name="schedule_every_one_or_more", condition=Q(every__gte=1)),
            models.CheckConstraint(
                name="schedule_open_a_day_or_more", condition=Q(open_days__gte=1)
            ),
        ]

    def __str__(self) -> str:
        return f"schedule of {self.campaign}"
