"""Teams, pools of teams and arrows between teams, as frozen when a wave was launched."""

from django.db import models
from django.db.models import F, Q

from survey.campaigns.models.wave import Wave
from survey.organization.models import Team


class GroupKind(models.TextChoices):
    """What a group stands for."""

    TEAM = "TEAM", "a team"
    DIRECT = "DIRECT", "the people who belong to an inner node itself"
    POOL = "POOL", "small teams counted together"
    NODE = "NODE", "everybody below a node"
    EDGE = "EDGE", "a rating team and a serving team"


class Group(models.Model):
    """One node of a wave's frozen tree; people are invited in TEAM, DIRECT and POOL groups."""

    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="groups")
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.CASCADE, related_name="children"
    )
    kind = models.CharField(max_length=6, choices=GroupKind.choices)
    code = models.CharField(max_length=170)  # of an arrow: the codes of both teams
    name = models.CharField(max_length=450)
    n_invited = models.PositiveIntegerField(default=0)
    attributes = models.JSONField(default=dict, blank=True)  # that its people share, by code
    waiting_from_date = models.DateField(
        null=True, blank=True
    )  # customers: its oldest unsealed box

    class Meta:
        constraints = [
            models.UniqueConstraint(name="group_code_once_in_a_wave", fields=["wave", "code"]),
            models.CheckConstraint(
                name="group_kind_is_known", condition=Q(kind__in=GroupKind.values)
            ),
            models.CheckConstraint(
                name="group_is_not_its_own_parent",
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class GroupTeam(models.Model):
    """A team whose people a group holds: one for TEAM, DIRECT and NODE, several for a pool."""

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="group_teams")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="group_teams")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="group_team_once", fields=["group", "team"]),
        ]

    def __str__(self) -> str:
        return f"{self.team} in {self.group}"


class GroupArrow(models.Model):
    """An arrow whose ratings a group holds: one for EDGE, several of one serving team for a pool.

    The consumer rates the provider. chain is that of the service on the day of the launch.
    """

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="arrows")
    provider = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="arrows_given")
    consumer = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="arrows_received")
    chain = models.CharField(max_length=100, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="group_arrow_once", fields=["group", "provider", "consumer"]
            ),
            models.CheckConstraint(
                name="group_arrow_is_not_of_itself", condition=~Q(provider=F("consumer"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.consumer} about {self.provider}"
