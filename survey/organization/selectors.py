"""What the other parts ask about the organisation."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Count

from survey.organization.differences import KnownPerson
from survey.organization.models import Membership, Person, Team
from survey.organization.moves import Stay
from survey.organization.tree import KnownTeam


def known_teams(*, today: date) -> dict[str, KnownTeam]:
    """Return every team by its code, with its parent's code."""
    rows = Team.objects.values_list("code", "name", "parent__code", "closed_date")
    return {
        code: KnownTeam(code, name, parent or "", closed is not None and closed <= today)
        for code, name, parent, closed in rows
    }


def known_people() -> dict[str, KnownPerson]:
    """Return every person by external id."""
    rows = Person.objects.values_list("external_id", "pk", "name", "email", "language")
    return {
        external_id: KnownPerson(pk, name, email, language)
        for external_id, pk, name, email, language in rows
    }


def last_stays() -> dict[str, Stay]:
    """Return everybody's last membership by the person's external id, open or not."""
    rows = (
        Membership.objects.order_by("person_id", "active_from")
        .values_list(
            "person__external_id", "pk", "team__code", "active_from", "active_to", "is_leader"
        )
        .iterator()
    )
    stays: dict[str, Stay] = {}
    for person, pk, team, active_from, active_to, is_leader in rows:
        before = stays.get(person)
        stays[person] = Stay(
            pk, team, active_from, active_to, is_leader, before.active_to if before else None
        )
    return stays


def head_counts(*, teams: Iterable[Team], today: date) -> dict[int, int]:
    """Return how many people belong to each team itself on a day, by the team's id."""
    memberships = Membership.objects.active_on(today).filter(team__in=list(teams))
    return dict(memberships.order_by().values_list("team").annotate(n=Count("pk")))
