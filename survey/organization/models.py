"""Teams, people, who belonged where and when, and customers."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from tree_queries.fields import TreeNodeForeignKey

from survey.core.leases import Leased
from survey.organization.querysets import MembershipQuerySet, ServiceQuerySet, TeamQuerySet

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


class Attribute(models.Model):
    """What the roster may say of people beside their team, such as tenure; declared by HR."""

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=100)

    def __str__(self) -> str:
        return self.name


class Person(models.Model):
    """Somebody who works here, as the roster names them; attributes are by declared codes."""

    external_id = models.CharField(max_length=80, unique=True)
    name = models.CharField(max_length=200)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=32, blank=True)
    language = models.CharField(max_length=16, default="en")
    time_zone = models.CharField(max_length=64, blank=True)  # the organisation's where empty
    manager = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="reports"
    )
    attributes = models.JSONField(default=dict, blank=True)

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
    phone = models.CharField(max_length=32, blank=True)
    language = models.CharField(max_length=16, default="en")
    time_zone = models.CharField(max_length=64, blank=True)  # the organisation's where empty

    def __str__(self) -> str:
        return self.name or self.external_id


class Service(models.Model):
    """One team serves another: from a day, up to but not including another.

    Both may be any node of the tree. Services of one chain ("Stores, front desk, customers") are
    judged together; without a chain they count among all.
    """

    provider = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="services_given")
    consumer = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="services_received")
    chain = models.CharField(max_length=100, blank=True)
    active_from = models.DateField()
    active_to = models.DateField(null=True, blank=True)

    objects = ServiceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="service_is_not_of_itself", condition=~Q(provider=F("consumer"))
            ),
            models.CheckConstraint(
                name="service_ends_after_it_starts",
                condition=Q(active_to__isnull=True) | Q(active_to__gt=F("active_from")),
            ),
            models.UniqueConstraint(
                name="service_one_open_per_arrow",
                fields=["provider", "consumer"],
                condition=Q(active_to__isnull=True),
            ),
            models.UniqueConstraint(
                name="service_once_from_a_day", fields=["provider", "consumer", "active_from"]
            ),
        ]
        indexes = [models.Index(fields=["consumer", "active_from"])]

    def __str__(self) -> str:
        return f"{self.provider} serves {self.consumer} from {self.active_from}"


class RosterColumn(models.Model):
    """What a heading of the company's own files means; remembered from the last upload."""

    heading = models.CharField(max_length=200, unique=True)
    column = models.CharField(max_length=60)  # a roster's column; empty: it is left out

    def __str__(self) -> str:
        return f"{self.heading} is {self.column or 'left out'}"


class RosterState(models.TextChoices):
    """Where a roster that came in is on its way."""

    WAITING = "WAITING", _("waiting to be read")
    UNMAPPED = "UNMAPPED", _("waiting for what its columns mean")
    READY = "READY", _("read; nothing has been changed yet")
    REFUSED = "REFUSED", _("refused; nothing has been changed")
    CONFIRMED = "CONFIRMED", _("being taken in")
    APPLIED = "APPLIED", _("taken in")
    DISCARDED = "DISCARDED", _("put aside")


class RosterImport(Leased):
    """A roster that came by upload, API or pick-up: read first, taken in when somebody says so."""

    name = models.CharField(max_length=200)
    source = models.CharField(max_length=10)  # upload, api, pick-up
    content = models.BinaryField(null=True, blank=True)  # gone once taken in or put aside
    columns = models.JSONField(default=dict, blank=True)  # (heading, column), as in the file
    state = models.CharField(max_length=9, choices=RosterState.choices, default=RosterState.WAITING)
    may_lose_many = models.BooleanField(default=False)
    is_confirmed_ahead = models.BooleanField(default=False)  # taken in without a second look
    n_done = models.PositiveIntegerField(default=0)
    n_all = models.PositiveIntegerField(default=0)
    n_tries = models.PositiveSmallIntegerField(default=0)  # that no worker came back from in time
    problems = models.JSONField(default=list, blank=True)
    difference = models.JSONField(default=dict, blank=True)
    by = models.CharField(max_length=200, blank=True)
    key = models.CharField(max_length=120, blank=True)  # a machine's, so that it may send again
    digest = models.CharField(max_length=64, blank=True)  # SHA-256 of the file as it came
    created_at = models.DateTimeField()
    applied_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="roster_import_state_is_known", condition=Q(state__in=RosterState.values)
            ),
            models.UniqueConstraint(
                name="roster_import_key_used_once", fields=["key"], condition=~Q(key="")
            ),
            models.CheckConstraint(
                name="roster_import_keeps_no_file_once_done",
                condition=~Q(state__in=["APPLIED", "DISCARDED"]) | Q(content__isnull=True),
            ),
        ]
        indexes = [models.Index(fields=["state", "created_at"])]

    def __str__(self) -> str:
        return f"{self.name}, {self.get_state_display()}"


class RosterFeed(Leased):
    """A folder or address from which rosters are picked up by themselves."""

    name = models.CharField(max_length=100)
    location = models.CharField(max_length=500)  # https://… or a folder below ROSTER_DIR
    at = models.TimeField()  # of the organisation's day
    applies_by_itself = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    looked_at = models.DateTimeField(null=True, blank=True)
    last_digest = models.CharField(max_length=64, blank=True)
    problem = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.name


class Brand(models.Model):
    """How the organisation shows itself to whoever is asked: its name, its logo, its colour."""

    name = models.CharField(max_length=100, blank=True)
    light = models.CharField(max_length=7, blank=True)  # "#0F6B6B"; empty: the product's own
    dark = models.CharField(max_length=7, blank=True)
    logo = models.BinaryField(blank=True, default=bytes)
    logo_type = models.CharField(max_length=20, blank=True)
    digest = models.CharField(max_length=16)  # of all of it, for addresses that are kept for long

    class Meta:
        constraints = [models.CheckConstraint(name="brand_is_one", condition=Q(pk=1))]

    def __str__(self) -> str:
        return self.name or "brand"
