"""Who was asked, the link they got, and the contact that made us ask a customer.

An invitation knows nothing of answers. A credential knows no person. Nothing joins the two but a
link key outside the database, which is destroyed after the last seal.
"""

import uuid

from django.db import models
from django.db.models import Q

from survey.campaigns.models.group import Group
from survey.campaigns.models.wave import Wave
from survey.letters.models import Delivery
from survey.organization.models import Customer, Person, Team


class Interaction(models.Model):
    """A contact of a customer with a team."""

    idempotency_key = models.CharField(max_length=120, unique=True)
    request_digest = models.CharField(max_length=64)
    wave = models.ForeignKey(Wave, on_delete=models.PROTECT, related_name="interactions")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="interactions")
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="interactions")
    occurred_at = models.DateTimeField()
    channel = models.CharField(max_length=40, blank=True)  # as the company calls it
    served_by = models.CharField(max_length=100, blank=True)  # told to this customer alone
    is_asked = models.BooleanField()
    reason = models.CharField(max_length=12, blank=True)  # why they are asked or not

    class Meta:
        indexes = [models.Index(fields=["customer", "team", "occurred_at"])]

    def __str__(self) -> str:
        return f"{self.customer} met {self.team}"


class CodeSheet(models.Model):
    """Slips with single-use codes for those no letter reaches, sent to whoever asked for them.

    It knows whole groups, and never which code went to whom.
    """

    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="code_sheets")
    group_ids = models.JSONField(default=list)
    n_codes = models.PositiveIntegerField()
    asked_by = models.CharField(max_length=254)
    asked_at = models.DateTimeField()
    delivery = models.OneToOneField(
        Delivery, null=True, blank=True, on_delete=models.SET_NULL, related_name="code_sheet"
    )

    def __str__(self) -> str:
        return f"{self.n_codes} codes of {self.wave}"


class Invitation(models.Model):
    """Somebody was asked, in a group. The random key makes their link, with the link key."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="invitations")
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="invitations")
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="invitations"
    )
    customer = models.ForeignKey(
        Customer, null=True, blank=True, on_delete=models.SET_NULL, related_name="invitations"
    )
    interaction = models.OneToOneField(
        Interaction, null=True, blank=True, on_delete=models.SET_NULL, related_name="invitation"
    )
    delivery = models.OneToOneField(
        Delivery, null=True, blank=True, on_delete=models.SET_NULL, related_name="invitation"
    )
    sheet = models.ForeignKey(  # of customers' slips, which are nobody's until handed out
        CodeSheet, null=True, blank=True, on_delete=models.SET_NULL, related_name="invitations"
    )
    stop_digest = models.CharField(max_length=64, blank=True, db_index=True)
    is_admitted = models.BooleanField(default=False)  # its credential exists
    deferred_until = models.DateField(null=True, blank=True)  # the ledger's next free day

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="invitation_once_per_person_and_wave", fields=["wave", "person"]
            ),
            models.CheckConstraint(
                name="invitation_of_a_person_or_a_customer",
                condition=Q(person__isnull=True) | Q(customer__isnull=True),
            ),
        ]
        indexes = [models.Index(fields=["wave", "is_admitted"])]

    def __str__(self) -> str:
        return str(self.key)


class Credential(models.Model):
    """The right to answer once in a wave, as a member of a group; it knows no person."""

    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="credentials")
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="credentials")
    digest = models.CharField(max_length=64, unique=True)
    is_spent = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["wave", "is_spent"])]

    def __str__(self) -> str:
        return self.digest[:12]
