"""What an account may see."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser

from survey.accounts.models import Grant, LastLook, Role, User
from survey.organization.models import Team

SEE_EVERYTHING = frozenset({Role.HR, Role.CX_MANAGER, Role.ANALYST})


@dataclass(frozen=True, slots=True)
class Scope:
    """The roles of an account, the teams of the parts that it leads, and its own teams.

    past_team_ids are all of these teams with those that came before them: closed teams that were
    succeeded, at whatever remove, by one of them. Figures of the past are read by these.
    """

    roles: frozenset[str]
    sees_everything: bool
    led_team_ids: frozenset[int]
    own_team_ids: frozenset[int] = frozenset()
    past_team_ids: frozenset[int] = frozenset()

    def opens(self, team_ids: Iterable[int]) -> bool:
        """Say whether the figures of a group of teams, today's or past ones, may be seen."""
        return self.sees_everything or self.past_team_ids.issuperset(team_ids)


def get_scope(*, user: AbstractBaseUser | AnonymousUser) -> Scope:
    """Return what a user may see: everything, the subtrees that they lead, or their own teams."""
    return _build_scope(_grants(user))


def scope_of_grant(*, grant: Grant) -> Scope:
    """Return what somebody with this one role may see."""
    return _build_scope([(grant.role, grant.team_id)])


def _build_scope(grants: Iterable[tuple[str, int | None]]) -> Scope:
    held = list(grants)
    roles = frozenset(role for role, _ in held)
    led = {team for role, team in held if role == Role.LEADER and team is not None}
    own = {team for role, team in held if role == Role.TEAM_LEAD and team is not None}
    tree = _read_tree() if led or own else ()
    led = _closure(led, [(team, parent) for team, parent, _ in tree])
    return Scope(
        roles=roles,
        sees_everything=bool(roles & SEE_EVERYTHING),
        led_team_ids=frozenset(led),
        own_team_ids=frozenset(own),
        past_team_ids=frozenset(_closure(led | own, [(team, next_) for team, _, next_ in tree])),
    )


def holds_role(*, user: AbstractBaseUser | AnonymousUser, roles: Collection[str]) -> bool:
    """Tell whether a user holds one of some roles."""
    return any(role in roles for role, _ in _grants(user))


def last_look(*, user: User) -> datetime | None:
    """Return until when somebody has seen what is new; None where they never said so."""
    return LastLook.objects.filter(user=user).values_list("looked_at", flat=True).first()


def _grants(user: AbstractBaseUser | AnonymousUser) -> list[tuple[str, int | None]]:
    if not (user.is_authenticated and user.is_active):
        return []
    return list(Grant.objects.filter(user_id=user.pk).values_list("role", "team_id"))


def _read_tree() -> list[tuple[int, int | None, int | None]]:
    return list(Team.objects.values_list("pk", "parent_id", "succeeded_by_id"))


def _closure(roots: Iterable[int], steps: Iterable[tuple[int, int | None]]) -> set[int]:
    """Return the roots and every team that a step leads to from one of them, (team, from)."""
    reached: dict[int | None, list[int]] = defaultdict(list)
    for team_id, origin in steps:
        reached[origin].append(team_id)
    found: set[int] = set()
    waiting = list(roots)
    while waiting:
        team_id = waiting.pop()
        if team_id not in found:
            found.add(team_id)
            waiting += reached[team_id]
    return found
