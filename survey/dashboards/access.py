"""Who may read which comparisons: everything, their own part of the organisation, or nothing."""

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


def readable_studies(*, user: User) -> QuerySet[Study]:
    """Return the comparisons a user may read; refuse roles that compare no teams, saying why.

    A leader reads the studies of their own subtree. A study of a wider part is not theirs, even
    though their teams are in it.
    """
    scope = get_scope(user=user)
    studies = shown_studies()
    if scope.sees_everything:
        return studies
    if Role.LEADER in scope.roles:
        return studies.filter(scope__in=scope.led_team_ids)
    raise PermissionDenied(
        next((REASONS[role] for role in REASONS if role in scope.roles), NO_ROLE)
    )
