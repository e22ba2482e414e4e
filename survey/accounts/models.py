"""Who may log in, in which role, over which part of the organisation."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from survey.organization.models import Team


class Role(models.TextChoices):
    """What somebody does with Hearthline."""

    ADMIN = "ADMIN", _("administrator (no figures)")
    HR = "HR", _("people team")
    CX_MANAGER = "CX_MANAGER", _("customer experience")
    ANALYST = "ANALYST", _("analyst")
    LEADER = "LEADER", _("leader of a part of the organisation")
    TEAM_LEAD = "TEAM_LEAD", _("team lead")
    AUDITOR = "AUDITOR", _("works council or data protection")


TEAM_ROLES = (Role.LEADER, Role.TEAM_LEAD)


class UserManager(BaseUserManager["User"]):
    """Makes accounts with a hashed password."""

    def get_by_natural_key(self, username: str | None) -> "User":
        """Return the account of an address, however its letters were typed."""
        return self.get(email=(username or "").strip().lower())

    def create_user(self, *, email: str, name: str, password: str | None = None) -> "User":
        """Make an account; without a password nobody can log in with it yet."""
        user = self.model(email=self.normalize_email(email).lower(), name=name)
        user.set_password(password)
        user.full_clean(exclude=["password"])
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """An account of somebody who works with Hearthline; respondents have none."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200)
    is_active = models.BooleanField(default=True)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    def __str__(self) -> str:
        return self.name


class Grant(models.Model):
    """One role of one user; leaders and team leads hold theirs over a team."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="grants")
    role = models.CharField(max_length=12, choices=Role.choices)
    team = models.ForeignKey(
        Team, null=True, blank=True, on_delete=models.CASCADE, related_name="grants"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(name="grant_role_is_known", condition=Q(role__in=Role.values)),
            models.CheckConstraint(
                name="grant_has_a_team_exactly_for_team_roles",
                condition=Q(role__in=TEAM_ROLES, team__isnull=False)
                | (~Q(role__in=TEAM_ROLES) & Q(team__isnull=True)),
            ),
            models.UniqueConstraint(
                name="grant_over_a_team_given_once", fields=["user", "role", "team"]
            ),
            models.UniqueConstraint(
                name="grant_over_all_given_once",
                fields=["user", "role"],
                condition=Q(team__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.role} {self.team or ''}".strip()


class ApiToken(models.Model):
    """A machine's key to the API; only its digest is stored."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="api_tokens")
    name = models.CharField(max_length=100)
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    counted_from = models.DateTimeField(null=True, blank=True)  # the minute of the latest call
    n_calls = models.PositiveIntegerField(default=0)  # in that minute

    def __str__(self) -> str:
        return self.name


class LastLook(models.Model):
    """Until when an account has seen what is new; written only when somebody says so."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="last_look")
    looked_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.user}, {self.looked_at:%Y-%m-%d}"


class Action(models.TextChoices):
    """What somebody did by opening an address."""

    SEEN = "SEEN", _("saw")
    EXPORTED = "EXPORTED", _("took along")
    CHANGED = "CHANGED", _("sent in")


class AccessEntry(models.Model):
    """Somebody saw, took along or sent in something; the database keeps it as it was written.

    It names the account in words, so that it outlives the account, and no device or address. What
    was looked for is not in it: words that are searched for could name somebody.
    """

    at = models.DateTimeField(db_index=True)
    user_key = models.CharField(max_length=20, blank=True)  # empty: the command line
    user_name = models.CharField(max_length=200)
    held = models.CharField(max_length=200, blank=True)  # roles then, or the system's account
    action = models.CharField(max_length=8, choices=Action.choices)
    route = models.CharField(max_length=100)
    what = models.CharField(max_length=200, blank=True)  # which wave or team, of the address
    status = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="access_action_is_known", condition=Q(action__in=Action.values)
            ),
        ]
        indexes = [models.Index(fields=["user_key", "at"])]

    def __str__(self) -> str:
        return f"{self.user_name} {self.action} {self.route}"
