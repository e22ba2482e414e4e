"""Write what a roster changes: teams, people, memberships; the caller's transaction holds it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.db.models import Q

from survey.core.batches import in_batches
from survey.organization.differences import KnownPerson
from survey.organization.lines import PersonLine
from survey.organization.models import Membership, Person, Team
from survey.organization.moves import Step
from survey.organization.tree import TreePlan

BATCH = 1000
OF_PEOPLE = ("name", "email", "language", "phone", "time_zone", "manager", "attributes")


def write_teams(tree: TreePlan) -> None:
    """Make new teams from the top downwards, then change the known ones and name successors."""
    team_ids: dict[str, int | None] = {"": None, **_team_ids()}
    for planned in tree.new:
        team = Team.objects.create(
            code=planned.code,
            name=planned.name,
            parent_id=team_ids[planned.parent],
            closed_date=planned.closed_date,
        )
        team_ids[planned.code] = team.pk
    for planned in tree.changed:
        Team.objects.filter(code=planned.code).update(
            name=planned.name,
            parent_id=team_ids[planned.parent],
            closed_date=planned.closed_date,
            succeeded_by_id=team_ids[planned.succeeded_by],
        )
    for planned in tree.new:
        if planned.succeeded_by:
            successor = team_ids[planned.succeeded_by]
            Team.objects.filter(code=planned.code).update(succeeded_by_id=successor)


def end_memberships_of(person_ids: Sequence[int], today: date) -> None:
    """Let people leave: their time ends today, and what has not begun never does."""
    for batch in in_batches(person_ids, BATCH):
        memberships = Membership.objects.filter(person_id__in=batch)
        memberships.filter(active_from__gte=today).delete()
        memberships.filter(Q(active_to__isnull=True) | Q(active_to__gt=today)).update(
            active_to=today
        )


def write_people(
    lines: Iterable[PersonLine], known: Mapping[str, KnownPerson], ranks: Mapping[str, int]
) -> dict[str, int]:
    """Write whoever is new or differs, managers first; return everybody's id by external id."""
    ids = {external_id: person.pk for external_id, person in known.items()}
    by_rank: dict[int, list[PersonLine]] = defaultdict(list)
    for line in lines:
        before = known.get(line.person_id)
        if before is None or before.list_changes(line):
            by_rank[ranks[line.person_id]].append(line)
    for rank in sorted(by_rank):
        written = Person.objects.bulk_create(
            [_person(line, known.get(line.person_id), ids) for line in by_rank[rank]],
            batch_size=BATCH,
            update_conflicts=True,
            unique_fields=["external_id"],
            update_fields=OF_PEOPLE,
        )
        ids |= {person.external_id: person.pk for person in written}
    return ids


def _person(line: PersonLine, before: KnownPerson | None, ids: Mapping[str, int]) -> Person:
    """Return a person as the line says, and as before where it says nothing."""
    before = before or KnownPerson(0, line.name, line.email, "en")
    manager = before.manager if line.manager is None else line.manager
    told = {**before.attributes, **(line.attributes or {})}
    return Person(
        external_id=line.person_id,
        name=line.name,
        email=line.email,
        language=line.language or before.language,
        phone=before.phone if line.phone is None else line.phone,
        time_zone=before.time_zone if line.time_zone is None else line.time_zone,
        manager_id=ids[manager] if manager else None,
        attributes={code: value for code, value in told.items() if value},
    )


def write_steps(steps: Iterable[Step], person_ids: Mapping[str, int]) -> None:
    """End and correct memberships first, so that nobody is in two teams on the way."""
    team_ids = _team_ids()
    ends: dict[date, list[int]] = defaultdict(list)
    corrected, started = [], []
    for step in steps:
        if step.end:
            membership_id, day = step.end
            ends[day].append(membership_id)
        if step.correction:
            corrected.append(
                Membership(
                    pk=step.correction.membership_id,
                    team_id=team_ids[step.correction.team],
                    active_from=step.correction.active_from,
                    is_leader=step.correction.is_leader,
                )
            )
        if step.start:
            started.append(
                Membership(
                    person_id=person_ids[step.start.person_id],
                    team_id=team_ids[step.start.team],
                    active_from=step.start.active_from,
                    is_leader=step.start.is_leader,
                )
            )
    for day, membership_ids in ends.items():
        for batch in in_batches(membership_ids, BATCH):
            Membership.objects.filter(pk__in=batch).update(active_to=day)
    Membership.objects.bulk_update(
        corrected, ["team", "active_from", "is_leader"], batch_size=BATCH // 4
    )
    Membership.objects.bulk_create(started, batch_size=BATCH)


def _team_ids() -> dict[str, int]:
    return dict(Team.objects.values_list("code", "pk"))
