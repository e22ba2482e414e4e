"""Stored answers to the question whether inside and outside go together."""

from django.db import models

from survey.campaigns.models import Pairing
from survey.organization.models import Team


class Study(models.Model):
    """All pairs of scales of one pairing in one period, over one part of the organisation.

    scope is the team whose subtree is compared; the pairing's widest scope is the whole of it.
    families counts the tests of each declared family: {"between", "within", "direction"}.
    self_check: {"n_placebos", "n_tests", "share_found", "is_passed", "reason"}.
    importance: a row of `importance.Importance` for each scale of customers.
    """

    pairing = models.ForeignKey(Pairing, on_delete=models.CASCADE, related_name="studies")
    scope = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="studies")
    period_start = models.DateField()
    computed_at = models.DateTimeField()
    release_checksum = models.CharField(max_length=64)
    seed = models.PositiveIntegerField(default=1)
    family_size = models.PositiveIntegerField()
    families = models.JSONField(default=dict)
    n_waves = models.PositiveIntegerField(default=0)
    self_check = models.JSONField(default=dict)
    coverage = models.JSONField(default=dict)
    importance = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="study_once", fields=["pairing", "scope", "period_start"]),
        ]

    def __str__(self) -> str:
        return f"{self.pairing} {self.period_start:%Y-%m} {self.scope}"


class Result(models.Model):
    """What was found for one employee scale and one customer scale; numbers or null, never NaN."""

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="results")
    ex_scale = models.CharField(max_length=80)
    cx_scale = models.CharField(max_length=80)
    n_teams = models.PositiveIntegerField()
    numbers = models.JSONField()
    verdict = models.JSONField()
    reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="result_once", fields=["study", "ex_scale", "cx_scale"]),
        ]

    def __str__(self) -> str:
        return f"{self.ex_scale} x {self.cx_scale}"


class CascadeStudy(models.Model):
    """How service goes from team to team to customer, in one pairing, period and part.

    scope is the team whose subtree the served teams belong to; the pairing's widest is the whole.
    chains: what was found over all arrows (code "") and over each named chain.
    arrows: what the served said about those who serve them, arrow by arrow, as released.
    teams: what each team with an arrow shows of itself in the same period, as released.
    """

    pairing = models.ForeignKey(Pairing, on_delete=models.CASCADE, related_name="cascades")
    scope = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="cascades")
    period_start = models.DateField()
    computed_at = models.DateTimeField()
    release_checksum = models.CharField(max_length=64)
    seed = models.PositiveIntegerField(default=1)
    n_arrows = models.PositiveIntegerField()
    n_waves = models.PositiveIntegerField()
    scales = models.JSONField(default=dict)
    chains = models.JSONField(default=list)
    arrows = models.JSONField(default=list)
    teams = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="cascade_once", fields=["pairing", "scope", "period_start"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pairing} {self.period_start:%Y-%m} {self.scope}: {self.n_arrows} arrows"
