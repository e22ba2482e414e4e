"""Links without a person: a code on the wall, or a tablet on the counter."""

from django.db import models
from django.db.models import Q

from survey.campaigns.models.group import Group
from survey.campaigns.models.wave import Wave


class CollectorKind(models.TextChoices):
    """Where an open link hangs."""

    QR = "QR", "a code to scan"
    KIOSK = "KIOSK", "a tablet on the counter"


class Collector(models.Model):
    """The open link of one group of an OPEN wave; whoever answers there is not invited."""

    code = models.SlugField(max_length=40, unique=True)
    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="collectors")
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="collectors")
    kind = models.CharField(max_length=5, choices=CollectorKind.choices)
    pin_hash = models.CharField(max_length=128, blank=True)  # leaves the kiosk
    is_active = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="collector_kind_is_known", condition=Q(kind__in=CollectorKind.values)
            ),
            models.UniqueConstraint(
                name="collector_once_per_group_and_kind", fields=["wave", "group", "kind"]
            ),
        ]

    def __str__(self) -> str:
        return self.code


class UsedNonce(models.Model):
    """A page of an open link that has been sent; kept for two days, apart from all answers."""

    digest = models.CharField(max_length=64, unique=True)
    used_date = models.DateField()

    def __str__(self) -> str:
        return self.digest[:12]
