"""Make accounts, give roles, and hand out keys for machines."""

import secrets
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Q

from survey.accounts.models import TEAM_ROLES, ApiToken, Grant, LastLook, Role, User
from survey.core.tokens import digest_token
from survey.organization.models import Team

TOKEN_BYTES = 32


class AccountError(Exception):
    """The account or role cannot be made as asked; the message says why."""


@transaction.atomic
def create_user(*, email: str, name: str, password: str | None) -> User:
    """Make an account; without a password nobody can log in with it yet."""
    try:
        return User.objects.create_user(email=email, name=name, password=password)
    except ValidationError as error:
        raise AccountError(" ".join(error.messages)) from error


@transaction.atomic
def grant_role(*, user: User, role: str, team: Team | None = None) -> Grant:
    """Give a role, once; leaders and team leads get theirs over a team, the others over none."""
    if role not in Role.values:
        raise AccountError(f"There is no role {role!r}; the roles are {', '.join(Role.values)}.")
    if (role in TEAM_ROLES) != (team is not None):
        needs = "needs a team" if role in TEAM_ROLES else "is not held over a team"
        raise AccountError(f"The role {role} {needs}.")
    grant, _ = Grant.objects.get_or_create(user=user, role=role, team=team)
    return grant


@transaction.atomic
def create_api_token(*, user: User, name: str, now: datetime) -> str:
    """Make a machine's key and return it, for the only time: what is stored is its digest."""
    token = f"hl_{secrets.token_urlsafe(TOKEN_BYTES)}"
    ApiToken.objects.create(user=user, name=name, digest=digest_token(token), created_at=now)
    return token


@transaction.atomic
def record_look(*, user: User, looked_at: datetime) -> None:
    """Keep until when somebody has seen what is new; a later look stands."""
    look, is_first = LastLook.objects.get_or_create(user=user, defaults={"looked_at": looked_at})
    if not is_first:
        LastLook.objects.filter(pk=look.pk, looked_at__lt=looked_at).update(looked_at=looked_at)


def find_api_token(*, token: str) -> ApiToken | None:
    """Return a machine's key with whom it belongs to, unless it or the account was withdrawn."""
    live = ApiToken.objects.filter(user__is_active=True, revoked_at__isnull=True)
    return live.select_related("user").filter(digest=digest_token(token)).first()


def count_call(*, token_id: int, now: datetime, most: int) -> bool:
    """Count a call of a machine, and say whether it is one of so many allowed in a minute.

    Each step is one statement that must change the row, so that no process counts past another.
    """
    minute = now.replace(second=0, microsecond=0)
    row = ApiToken.objects.filter(pk=token_id)
    is_older = Q(counted_from__isnull=True) | Q(counted_from__lt=minute)
    if row.filter(is_older).update(counted_from=minute, n_calls=1):
        return most > 0
    return bool(row.filter(n_calls__lt=most).update(n_calls=F("n_calls") + 1))
