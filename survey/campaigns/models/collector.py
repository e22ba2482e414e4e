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
    n_wrong_pins = models.PositiveSmallIntegerField(default=0)  # in a row
    locked_until = models.DateTimeField(null=True, blank=True)  # after too many of them
    is_active = models.BooleanField(default=True)
    sites = models.JSONField(default=list, blank=True)  # whose pages may show it in a frame

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="collector_kind_is_known", condition=Q(kind__in=CollectorKind.values)
            ),
            models.CheckConstraint(
                name="collector_kiosk_has_a_pin",
                condition=~Q(kind=CollectorKind.KIOSK) | ~Q(pin_hash=""),
            ),
            models.CheckConstraint(
                name="collector_kiosk_stands_on_no_site",
                condition=~Q(kind=CollectorKind.KIOSK) | Q(sites=[]),
            ),
            models.UniqueConstraint(
                name="collector_once_per_group_and_kind", fields=["wave", "group", "kind"]
            ),
        ]

    def __str__(self) -> str:
        return self.code


class Door(models.Model):
    """Through it come the answers of an OPEN wave; the last seal takes it away.

    Every used nonce refers to it, so that the database itself refuses an answer which would come
    after the boxes were opened, and no answer has to touch what another one touches.
    """

    wave = models.OneToOneField(
        Wave, primary_key=True, on_delete=models.CASCADE, related_name="door"
    )

    def __str__(self) -> str:
        return f"door of {self.wave}"


class UsedNonce(models.Model):
    """A page of an open link that has been sent; kept for two days, apart from all answers.

    Forgotten ones stay counted in their wave's n_counted.
    """

    digest = models.CharField(max_length=64, unique=True)
    door = models.ForeignKey(Door, on_delete=models.CASCADE, related_name="used_nonces")
    used_date = models.DateField()  # in UTC, whose days are all of one length

    class Meta:
        indexes = [models.Index(fields=["used_date"])]

    def __str__(self) -> str:
        return self.digest[:12]
