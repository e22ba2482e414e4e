"""What the other parts ask about the organisation."""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Count, Q

from survey.organization.differences import KnownPerson
from survey.organization.models import Membership, Person, Team
from survey.organization.moves import Stay
from survey.organization.tree import KnownTeam


def known_teams() -> dict[str, KnownTeam]:
    """Return every team by its code, with its parent's code."""
    rows = Team.objects.values_list(
        "code", "name", "parent__code", "closed_date", "succeeded_by__code", "opened_date"
    )
    return {
        code: KnownTeam(code, name, parent or "", closed, successor or "", opened)
        for code, name, parent, closed, successor, opened in rows
    }


def known_people() -> dict[str, KnownPerson]:
    """Return every person by external id."""
    rows = Person.objects.values_list(
        *("external_id", "pk", "name", "email", "language"),
        *("phone", "time_zone", "manager__external_id", "attributes"),
    )
    return {
        external_id: KnownPerson(pk, name, email, language, phone, zone, manager or "", told)
        for external_id, pk, name, email, language, phone, zone, manager, told in rows.iterator()
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


@dataclass(frozen=True, slots=True)
class TeamRow:
    """A team at its place in the tree, with the people of its own and of everything below."""

    pk: int
    code: str
    name: str
    path: tuple[str, ...]
    n_own: int
    n_all: int

    @property
    def above(self) -> str:
        """Return the name of the team it stands below; empty at the top."""
        return self.path[-2] if len(self.path) > 1 else ""


def list_team_tree(*, today: date) -> list[TeamRow]:
    """Return the teams of a day from the top downwards, siblings by name, in two queries."""
    teams = {team.pk: team for team in Team.objects.open_on(today).order_by("name", "pk")}
    below: dict[int | None, list[Team]] = defaultdict(list)
    for team in teams.values():
        below[team.parent_id if team.parent_id in teams else None].append(team)
    counts = _head_counts(today)
    rows: list[TeamRow] = []
    waiting: list[tuple[Team, tuple[str, ...]]] = []
    waiting += [(team, (team.name,)) for team in reversed(below[None])]
    while waiting:
        team, path = waiting.pop()
        n_own = counts.get(team.pk, 0)
        rows.append(TeamRow(team.pk, team.code, team.name, path, n_own, n_own))
        waiting += [(child, (*path, child.name)) for child in reversed(below[team.pk])]
    return _with_everybody_below(rows)


def _with_everybody_below(rows: list[TeamRow]) -> list[TeamRow]:
    """Add up from the leaves: a team stands right before everything below it."""
    totals: dict[int, int] = defaultdict(int)
    summed = []
    for row in reversed(rows):
        depth = len(row.path)
        n_all = row.n_own + totals.pop(depth + 1, 0)
        totals[depth] += n_all
        summed.append(replace(row, n_all=n_all))
    return summed[::-1]


def _head_counts(today: date) -> dict[int, int]:
    memberships = Membership.objects.active_on(today).order_by()
    return dict(memberships.values_list("team").annotate(n=Count("pk")))


@dataclass(frozen=True, slots=True)
class HeadCounts:
    """How many people and teams there are on a day, and how many cannot be written to."""

    n_people: int
    n_teams: int
    n_unreachable: int


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person in a list, with the team of a day; empty where they are in none."""

    pk: int
    external_id: str
    name: str
    team: str


def count_heads(*, today: date) -> HeadCounts:
    """Count people and teams of a day, but no part that holds teams itself, in two queries."""
    active = Membership.objects.active_on(today)
    counts = active.aggregate(
        n_people=Count("pk"),
        n_unreachable=Count("pk", filter=Q(person__email="", person__phone="")),
    )
    teams = Team.objects.open_on(today).order_by()
    parts = teams.exclude(parent=None).values("parent")
    return HeadCounts(n_teams=teams.exclude(pk__in=parts).count(), **counts)


def find_people(*, sought: str, today: date, most: int) -> list[PersonRow]:
    """Return people whose name holds a text or whose number it is, by name, in two queries."""
    rows = Person.objects.filter(Q(name__icontains=sought) | Q(external_id=sought))
    people = list(rows.order_by("name", "pk").values_list("pk", "external_id", "name")[:most])
    active = Membership.objects.active_on(today).filter(person_id__in=[pk for pk, *_ in people])
    teams = dict(active.values_list("person_id", "team__name"))
    return [PersonRow(pk, key, name, teams.get(pk, "")) for pk, key, name in people]


def list_stays_of(*, person: Person) -> list[Membership]:
    """Return where a person has been, the last team first."""
    stays = Membership.objects.filter(person=person).select_related("team")
    return list(stays.order_by("-active_from"))
