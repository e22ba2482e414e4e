"""Bring the organisation in line with a roster, all of it or nothing."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.db import transaction
from django.db.models import Q

from survey.core.batches import in_batches
from survey.organization import selectors
from survey.organization.differences import KnownPerson, RosterDifference, describe
from survey.organization.models import Membership, Person, Team
from survey.organization.moves import Stay, Step, plan_steps
from survey.organization.roster import PersonLine, Problem, RosterError, RosterFile
from survey.organization.tree import KnownTeam, TreePlan, plan_teams

BATCH = 1000


class TooManyLeaveError(Exception):
    """So many people would leave that the file was probably cut off."""

    def __init__(self, difference: RosterDifference) -> None:
        super().__init__(
            f"{len(difference.left)} of {difference.n_before} people are not in this file and "
            "would leave today"
        )


def find_problems(*, roster: RosterFile, today: date) -> tuple[Problem, ...]:
    """Return what stands against a roster in the teams and memberships there are."""
    try:
        _plan(roster, selectors.known_teams(today=today), selectors.last_stays(), today)
    except RosterError as error:
        return error.problems
    return ()


@transaction.atomic
def import_roster(
    *, roster: RosterFile, today: date, dry_run: bool = False, allow_leaving: bool = False
) -> RosterDifference:
    """Make teams, people and memberships what the roster says; whoever it omits left today.

    A roster without people is about teams only. More than three people in ten leave only where
    that is allowed, else it raises TooManyLeaveError.
    """
    known_teams = selectors.known_teams(today=today)
    known, stays = selectors.known_people(), selectors.last_stays()
    tree, steps = _plan(roster, known_teams, stays, today)
    absent = [
        person
        for person, stay in stays.items()
        if person not in steps and (stay.active_to is None or stay.active_to > today)
    ]
    if not roster.people:
        absent = []
    difference = describe(
        people=roster.people,
        known=known,
        stays=stays,
        steps=steps,
        absent=absent,
        tree=tree,
        team_names={
            **{code: team.name for code, team in known_teams.items()},
            **{team.code: team.name for team in (*tree.new, *tree.changed)},
        },
        today=today,
    )
    if dry_run:
        return difference
    if difference.loses_many and not allow_leaving:
        raise TooManyLeaveError(difference)
    _write_teams(tree)
    _end_memberships_of([known[person].pk for person in absent], today)
    person_ids = _write_people(roster.people, known)
    _write_steps(steps.values(), person_ids)
    return difference


def _plan(
    roster: RosterFile, known_teams: Mapping[str, KnownTeam], stays: Mapping[str, Stay], today: date
) -> tuple[TreePlan, dict[str, Step]]:
    """Plan teams and memberships; raise RosterError with what stands against either."""
    problems: list[Problem] = []
    tree, steps = TreePlan((), ()), {}
    try:
        tree = plan_teams(roster, known_teams)
    except RosterError as error:
        problems += error.problems
    try:
        steps = plan_steps(roster.people, stays, today)
    except RosterError as error:
        problems += error.problems
    if problems:
        raise RosterError(problems)
    return tree, steps


def _write_teams(tree: TreePlan) -> None:
    team_ids: dict[str, int | None] = {"": None, **_team_ids()}
    for planned in tree.new:
        team = Team.objects.create(
            code=planned.code, name=planned.name, parent_id=team_ids[planned.parent]
        )
        team_ids[planned.code] = team.pk
    for planned in tree.changed:
        Team.objects.filter(code=planned.code).update(
            name=planned.name, parent_id=team_ids[planned.parent]
        )


def _end_memberships_of(person_ids: Sequence[int], today: date) -> None:
    for batch in in_batches(person_ids, BATCH):
        memberships = Membership.objects.filter(person_id__in=batch)
        memberships.filter(active_from__gte=today).delete()
        memberships.filter(Q(active_to__isnull=True) | Q(active_to__gt=today)).update(
            active_to=today
        )


def _write_people(lines: Iterable[PersonLine], known: Mapping[str, KnownPerson]) -> dict[str, int]:
    """Write whoever is new or differs, and return everybody's id by external id."""
    people = []
    for line in lines:
        before = known.get(line.person_id)
        if before is None or before.differs(line):
            people.append(
                Person(
                    external_id=line.person_id,
                    name=line.name,
                    email=line.email,
                    language=line.language or (before.language if before else "en"),
                )
            )
    written = Person.objects.bulk_create(
        people,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["external_id"],
        update_fields=["name", "email", "language"],
    )
    ids = {external_id: person.pk for external_id, person in known.items()}
    return ids | {person.external_id: person.pk for person in written}


def _write_steps(steps: Iterable[Step], person_ids: Mapping[str, int]) -> None:
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
