"""The fatigue ledger: that somebody was asked, on which day; never whether they answered."""

from django.db import models
from django.db.models import Q

from survey.campaigns.models.invitation import Invitation
from survey.campaigns.models.wave import Wave
from survey.organization.models import Customer, Person
from survey.questionnaires.models import Audience


class FatigueRule(models.Model):
    """How often people of one audience may be asked, over all surveys together."""

    audience = models.CharField(max_length=10, choices=Audience.choices, unique=True)
    at_most = models.PositiveSmallIntegerField()  # askings
    within_days = models.PositiveSmallIntegerField()
    gap_days = models.PositiveSmallIntegerField()  # between two askings

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="fatigue_rule_audience_is_known", condition=Q(audience__in=Audience.values)
            ),
            models.CheckConstraint(
                name="fatigue_rule_allows_one", condition=Q(at_most__gte=1, within_days__gte=1)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.audience}: {self.at_most} in {self.within_days} days"


class Asking(models.Model):
    """Somebody was asked on a day of their own clock: one row for one letter, or printed code.

    The digest of the address joins what a person and a customer with one address were asked.
    """

    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.CASCADE, related_name="askings"
    )
    customer = models.ForeignKey(
        Customer, null=True, blank=True, on_delete=models.CASCADE, related_name="askings"
    )
    wave = models.ForeignKey(
        Wave, null=True, blank=True, on_delete=models.SET_NULL, related_name="askings"
    )
    invitation = models.OneToOneField(
        Invitation, null=True, blank=True, on_delete=models.SET_NULL, related_name="asking"
    )
    address_digest = models.CharField(max_length=64, blank=True, db_index=True)
    audience = models.CharField(max_length=10, choices=Audience.choices)
    asked_date = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="asking_of_a_person_or_a_customer",
                condition=Q(person__isnull=False, customer__isnull=True)
                | Q(person__isnull=True, customer__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["person", "asked_date"]),
            models.Index(fields=["customer", "asked_date"]),
        ]

    def __str__(self) -> str:
        return f"{self.person or self.customer} on {self.asked_date}"


class Snooze(models.Model):
    """An address that wants no letters until a day, kept as a digest."""

    address_digest = models.CharField(max_length=64, unique=True)
    until_date = models.DateField()

    def __str__(self) -> str:
        return self.address_digest[:12]
