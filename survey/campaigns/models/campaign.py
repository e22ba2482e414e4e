"""Programmes of asking, and which two belong together."""

from django.db import models
from django.db.models import F, Q

from survey.core.periods import Period
from survey.letters.models import Letter
from survey.organization.models import Team
from survey.questionnaires.models import Audience, Questionnaire

MOST_ARROWS = 5  # sections on a person's page


class Fact(models.TextChoices):
    """What a page may say of the occasion on which somebody is asked."""

    DATE = "date", "the day of the contact"
    TEAM = "team", "the team that served them"
    CHANNEL = "channel", "how they were in touch"
    SERVED_BY = "served_by", "who served them, by name"


def usual_facts() -> list[str]:
    """Return what pages may tell unless an organisation decides otherwise."""
    return [Fact.DATE.value, Fact.TEAM.value]


class Campaign(models.Model):
    """A programme of asking one audience about one part of the organisation."""

    code = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=150)
    audience = models.CharField(max_length=10, choices=Audience.choices)
    scope = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="campaigns")
    questionnaire = models.ForeignKey(
        Questionnaire, on_delete=models.PROTECT, related_name="campaigns"
    )
    letter = models.ForeignKey(
        Letter, null=True, blank=True, on_delete=models.PROTECT, related_name="campaigns"
    )
    minimum_interval_days = models.PositiveSmallIntegerField(default=30)
    audience_filter = models.JSONField(default=dict, blank=True)  # {"team_ids", "attributes"}
    cut_codes = models.JSONField(default=list, blank=True)  # attributes that figures are told by
    cut_levels = models.JSONField(default=dict, blank=True)  # of facts of contacts, as named
    told_facts = models.JSONField(default=usual_facts, blank=True)  # on the respondent's page
    arrows_per_person = models.PositiveSmallIntegerField(default=3)  # colleagues: teams to rate
    quiet_from = models.TimeField(null=True, blank=True)  # in everybody's own time zone
    quiet_until = models.TimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="campaign_audience_is_known", condition=Q(audience__in=Audience.values)
            ),
            models.CheckConstraint(
                name="campaign_asks_about_one_to_five_teams",
                condition=Q(arrows_per_person__gte=1, arrows_per_person__lte=MOST_ARROWS),
            ),
            models.CheckConstraint(
                name="campaign_quiet_hours_have_both_ends",
                condition=Q(quiet_from__isnull=True, quiet_until__isnull=True)
                | Q(quiet_from__isnull=False, quiet_until__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class CustomerRules(models.Model):
    """How customers are asked after a contact."""

    campaign = models.OneToOneField(
        Campaign, on_delete=models.CASCADE, related_name="customer_rules"
    )
    delay_minutes = models.PositiveIntegerField(default=0)  # from the contact to the letter
    sample_percent = models.PositiveSmallIntegerField(default=100)
    expires_days = models.PositiveSmallIntegerField(null=True, blank=True)  # since the contact
    uses_email = models.BooleanField(default=True)
    uses_sms = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="customer_rules_sample_some",
                condition=Q(sample_percent__gte=1, sample_percent__lte=100),
            ),
            models.CheckConstraint(
                name="customer_rules_use_a_channel",
                condition=Q(uses_email=True) | Q(uses_sms=True),
            ),
        ]

    def __str__(self) -> str:
        return f"rules of {self.campaign}"


class Pairing(models.Model):
    """An employee campaign and a customer campaign that are compared by team and period.

    With a campaign among colleagues it also shows how service goes from team to team.
    """

    code = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=150)
    ex = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="pairings_as_ex")
    cx = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="pairings_as_cx")
    colleague = models.ForeignKey(
        Campaign,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="pairings_as_colleague",
    )
    period = models.CharField(max_length=7, choices=Period.choices, default=Period.QUARTER)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="pairing_once", fields=["ex", "cx"]),
            models.CheckConstraint(name="pairing_of_two_campaigns", condition=~Q(ex=F("cx"))),
            models.CheckConstraint(
                name="pairing_colleagues_are_a_third_campaign",
                condition=Q(colleague__isnull=True)
                | (~Q(colleague=F("ex")) & ~Q(colleague=F("cx"))),
            ),
            models.CheckConstraint(
                name="pairing_period_is_known", condition=Q(period__in=Period.values)
            ),
        ]

    def __str__(self) -> str:
        return self.name
