"""Teams, people, who belonged where and when, and customers."""

from django.db import models
from django.db.models import F, Q
from tree_queries.fields import TreeNodeForeignKey

from survey.organization.querysets import MembershipQuerySet, TeamQuerySet

TeamManager = models.Manager.from_queryset(TeamQuerySet)


class Team(models.Model):
    """A team, department, site or region: one node of the organisation's tree."""

    parent = TreeNodeForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    code = models.SlugField(max_length=80, unique=True, allow_unicode=True)
    name = models.CharField(max_length=200)
    opened_date = models.DateField(null=True, blank=True)
    closed_date = models.DateField(null=True, blank=True)
    succeeded_by = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="predecessors"
    )

    objects = TeamManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="team_is_not_its_own_parent",
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")),
            ),
            models.CheckConstraint(
                name="team_closes_after_it_opens",
                condition=Q(closed_date__isnull=True)
                | Q(opened_date__isnull=True)
                | Q(closed_date__gt=F("opened_date")),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Person(models.Model):
    """Somebody who works here, as the roster names them."""

    external_id = models.CharField(max_length=80, unique=True)
    name = models.CharField(max_length=200)
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=16, default="en")

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """A person's time in a team: from a day, up to but not including another."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="memberships")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="memberships")
    active_from = models.DateField()
    active_to = models.DateField(null=True, blank=True)
    is_leader = models.BooleanField(default=False)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="membership_ends_after_it_starts",
                condition=Q(active_to__isnull=True) | Q(active_to__gt=F("active_from")),
            ),
            models.UniqueConstraint(
                name="membership_one_open_per_person",
                fields=["person"],
                condition=Q(active_to__isnull=True),
            ),
        ]
        indexes = [models.Index(fields=["team", "active_from"])]

    def __str__(self) -> str:
        return f"{self.person} in {self.team} from {self.active_from}"


class Customer(models.Model):
    """Somebody the teams serve, as the company's own systems name them."""

    external_id = models.CharField(max_length=80, unique=True)
    name = models.CharField(max_length=200, blank=True)
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=16, default="en")

    def __str__(self) -> str:
        return self.name or self.external_id
