"""Who may read which comparisons: everything, their own part of the organisation, or nothing."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet

from survey.accounts.models import Role, User
from survey.accounts.selectors import SEE_EVERYTHING, get_scope
from survey.linkage.models import Study
from survey.linkage.selectors import shown_studies

MAY_COMPARE = SEE_EVERYTHING | {Role.LEADER}
REASONS = {
    Role.TEAM_LEAD: (
        "This page compares teams with each other. A team lead reads their own team only, "
        "so it is open to those who lead a part of the organisation with several teams."
    ),
    Role.ADMIN: (
        "Administrators look after accounts and the machine. So that running the system never "
        "means reading its results, this role opens no figures."
    ),
    Role.AUDITOR: (
        "This role reads how surveys are run: their settings, dates and thresholds. It opens no "
        "figures about teams."
    ),
}
NO_ROLE = "You have no role that opens figures."


@dataclass(frozen=True, slots=True)
class Reading:
    """The comparisons somebody may read, and the teams whose figures they may see in them."""

    studies: QuerySet[Study]
    team_ids: frozenset[int] | None = None  # None: all

    def opens(self, team_ids: Iterable[int]) -> bool:
        """Say whether the figures of a group of teams may be seen."""
        return self.team_ids is None or self.team_ids.issuperset(team_ids)


def read_for(*, user: User) -> Reading:
    """Return what a user may read; refuse roles that compare no teams, saying why.

    A leader reads the studies of their own subtree. A study of a wider part is not theirs, even
    though their teams are in it; nor, in an older study, is a team that has left their part.
    """
    scope = get_scope(user=user)
    studies = shown_studies()
    if scope.sees_everything:
        return Reading(studies)
    if Role.LEADER in scope.roles:
        return Reading(studies.filter(scope__in=scope.led_team_ids), scope.led_team_ids)
    raise PermissionDenied(
        next((REASONS[role] for role in REASONS if role in scope.roles), NO_ROLE)
    )
