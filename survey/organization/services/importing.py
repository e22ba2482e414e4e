"""Bring the organisation in line with a roster, all of it or nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext_noop as _

from survey.organization import selectors
from survey.organization.differences import KnownPerson, RosterDifference, describe
from survey.organization.files import LineProblem, Said
from survey.organization.lines import RosterError, RosterFile
from survey.organization.managers import rank_people
from survey.organization.moves import Stay, Step, plan_steps
from survey.organization.naming import settle_codes
from survey.organization.services.writing import (
    end_memberships_of,
    write_people,
    write_steps,
    write_teams,
)
from survey.organization.tree import KnownTeam, TreePlan, plan_teams

STILL_THERE = _("people are still in %(team)s; say where they go")


class TooManyLeaveError(Exception):
    """So many people would leave that the file was probably cut off."""

    def __init__(self, difference: RosterDifference) -> None:
        super().__init__(
            f"{len(difference.left)} of {difference.n_before} people are not in this file and "
            "would leave today"
        )


@dataclass(frozen=True, slots=True)
class RosterPlan:
    """Everything that a roster changes, worked out before anything is written."""

    roster: RosterFile
    known: Mapping[str, KnownPerson]
    tree: TreePlan
    steps: Mapping[str, Step]
    ranks: Mapping[str, int]
    absent: Sequence[str]
    difference: RosterDifference
    today: date


def find_problems(*, roster: RosterFile, today: date) -> tuple[LineProblem, ...]:
    """Return what stands against a roster in the teams and memberships there are."""
    try:
        known_teams = selectors.known_teams()
        settled = settle_codes(roster, known_teams)
        _plan(settled, known_teams, selectors.last_stays(), today)
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
    plan = plan_import(roster=roster, today=today)
    if dry_run:
        return plan.difference
    if plan.difference.loses_many and not allow_leaving:
        raise TooManyLeaveError(plan.difference)
    carry_out(plan=plan)
    return plan.difference


def plan_import(*, roster: RosterFile, today: date) -> RosterPlan:
    """Work out what a roster changes; raise RosterError where it cannot be."""
    known_teams = selectors.known_teams()
    roster = settle_codes(roster, known_teams)
    known, stays = selectors.known_people(), selectors.last_stays()
    tree, steps, ranks = _plan(roster, known_teams, stays, today)
    absent = _find_absent(stays, steps, today) if roster.people else []
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
    return RosterPlan(roster, known, tree, steps, ranks, absent, difference, today)


@transaction.atomic
def carry_out(*, plan: RosterPlan) -> None:
    """Write what was planned, all of it or nothing."""
    write_teams(plan.tree)
    end_memberships_of([plan.known[person].pk for person in plan.absent], plan.today)
    person_ids = write_people(plan.roster.people, plan.known, plan.ranks)
    write_steps(plan.steps.values(), person_ids)


def _find_absent(stays: Mapping[str, Stay], steps: Mapping[str, Step], today: date) -> list[str]:
    return [
        person
        for person, stay in stays.items()
        if person not in steps and (stay.active_to is None or stay.active_to > today)
    ]


def _plan(
    roster: RosterFile, known_teams: Mapping[str, KnownTeam], stays: Mapping[str, Stay], today: date
) -> tuple[TreePlan, dict[str, Step], Mapping[str, int]]:
    """Plan teams, memberships and managers; raise RosterError with what stands against any."""
    problems: list[LineProblem] = []
    tree, steps = TreePlan((), ()), {}
    ranks: Mapping[str, int] = {}
    try:
        tree = plan_teams(roster, known_teams, today=today)
        problems += _left_in_closed(roster, tree, stays, today)
    except RosterError as error:
        problems += error.problems
    try:
        steps = plan_steps(roster.people, stays, today)
    except RosterError as error:
        problems += error.problems
    try:
        ranks = rank_people(roster.people)
    except RosterError as error:
        problems += error.problems
    if problems:
        raise RosterError(problems)
    return tree, steps, ranks


def _left_in_closed(
    roster: RosterFile, tree: TreePlan, stays: Mapping[str, Stay], today: date
) -> list[LineProblem]:
    """Find closed teams whose people a file of teams leaves where they are."""
    if roster.people:
        return []
    closed = {team.code for team in tree.closed if team.closed_date and team.closed_date <= today}
    held = {stay.team for stay in stays.values() if stay.active_to is None} & closed
    return [
        LineProblem(line.line, "closed", Said(STILL_THERE, team=repr(line.code)))
        for line in roster.teams
        if line.code in held
    ]
