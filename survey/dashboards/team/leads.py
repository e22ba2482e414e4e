"""Who leads a team today: as the roster says, else as the accounts of team leads do."""

from collections.abc import Collection
from datetime import date

from survey.accounts.models import Grant, Role
from survey.organization.models import Membership


def name_leads(*, team_ids: Collection[int], today: date) -> tuple[str, ...]:
    """Return the names of those who lead one of some teams on a day, by name."""
    led = Membership.objects.active_on(today).filter(team__in=team_ids, is_leader=True)
    names = set(led.values_list("person__name", flat=True))
    if not names:
        grants = Grant.objects.filter(team__in=team_ids, role=Role.TEAM_LEAD, user__is_active=True)
        names = set(grants.values_list("user__name", flat=True))
    return tuple(sorted(names))
