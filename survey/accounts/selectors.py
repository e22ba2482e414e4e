"""What an account may see."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser

from survey.accounts.models import Grant, Role
from survey.organization.models import Team

SEE_EVERYTHING = frozenset({Role.HR, Role.CX_MANAGER, Role.ANALYST})


@dataclass(frozen=True, slots=True)
class Scope:
    """The roles of an account, and the teams of the parts that it leads."""

    roles: frozenset[str]
    sees_everything: bool
    led_team_ids: frozenset[int]


def get_scope(*, user: AbstractBaseUser | AnonymousUser) -> Scope:
    """Return what a user may see: everything, or the subtrees that they lead."""
    grants = _grants(user)
    roles = frozenset(role for role, _ in grants)
    led = {team for role, team in grants if role == Role.LEADER and team is not None}
    return Scope(
        roles=roles,
        sees_everything=bool(roles & SEE_EVERYTHING),
        led_team_ids=frozenset(_with_descendants(led) if led else ()),
    )


def holds_role(*, user: AbstractBaseUser | AnonymousUser, roles: Collection[str]) -> bool:
    """Tell whether a user holds one of some roles."""
    return any(role in roles for role, _ in _grants(user))


def _grants(user: AbstractBaseUser | AnonymousUser) -> list[tuple[str, int | None]]:
    if not (user.is_authenticated and user.is_active):
        return []
    return list(Grant.objects.filter(user_id=user.pk).values_list("role", "team_id"))


def _with_descendants(roots: Iterable[int]) -> set[int]:
    children: dict[int | None, list[int]] = defaultdict(list)
    for team_id, parent_id in Team.objects.values_list("pk", "parent_id"):
        children[parent_id].append(team_id)
    found: set[int] = set()
    waiting = list(roots)
    while waiting:
        team_id = waiting.pop()
        if team_id not in found:
            found.add(team_id)
            waiting += children[team_id]
    return found
