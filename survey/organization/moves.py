"""What a roster changes in people's memberships: pure arithmetic on half-open periods."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_noop as _

from survey.organization.files import LineProblem, Said
from survey.organization.lines import PersonLine, RosterError


@dataclass(frozen=True, slots=True)
class Stay:
    """A membership as the database has it now; `free_from` is the end of the one before."""

    membership_id: int
    team: str
    active_from: date
    active_to: date | None
    is_leader: bool
    free_from: date | None = None


@dataclass(frozen=True, slots=True)
class Start:
    """A membership to begin."""

    person_id: str
    team: str
    active_from: date
    is_leader: bool


@dataclass(frozen=True, slots=True)
class Correction:
    """A membership whose own row was wrong and is written again."""

    membership_id: int
    team: str
    active_from: date
    is_leader: bool


@dataclass(frozen=True, slots=True)
class Step:
    """What one line changes; nothing where all three are empty."""

    end: tuple[int, date] | None = None
    start: Start | None = None
    correction: Correction | None = None


def plan_steps(
    people: Iterable[PersonLine], stays: Mapping[str, Stay], today: date
) -> dict[str, Step]:
    """Plan what each line changes, given everybody's last membership."""
    problems: list[LineProblem] = []
    steps: dict[str, Step] = {}
    for line in people:
        try:
            steps[line.person_id] = _plan_step(line, stays.get(line.person_id), today)
        except _ImpossibleDateError as error:
            problems.append(LineProblem(line.line, "from", error.args[0]))
    if problems:
        raise RosterError(problems)
    return steps


class _ImpossibleDateError(Exception):
    """A membership would begin inside another one."""


def _plan_step(line: PersonLine, last: Stay | None, today: date) -> Step:
    day = line.active_from or today
    is_leader = leads(line, last)
    start = Start(line.person_id, line.team, day, is_leader)
    if last is None:
        return Step(start=start)
    if last.active_to is not None:
        _check_begins_after(day, last.active_to)
        return Step(start=start)
    if last.team == line.team and last.is_leader == is_leader:
        return _plan_correction(line, last)
    if day == last.active_from:
        return Step(correction=Correction(last.membership_id, line.team, day, is_leader))
    _check_begins_after(day, last.active_from)
    return Step(end=(last.membership_id, day), start=start)


def leads(line: PersonLine, last: Stay | None) -> bool:
    """Say whether somebody leads from now on: as told, else as before in the same team."""
    if line.is_leader is not None:
        return line.is_leader
    is_same = last is not None and last.active_to is None and last.team == line.team
    return is_same and last is not None and last.is_leader


def _plan_correction(line: PersonLine, last: Stay) -> Step:
    day = line.active_from
    if day is None or day == last.active_from:
        return Step()
    if last.free_from is not None:
        _check_begins_after(day, last.free_from)
    return Step(correction=Correction(last.membership_id, last.team, day, last.is_leader))


def _check_begins_after(day: date, end: date) -> None:
    if day < end:
        sentence = _("%(day)s is too early: the time in the last team runs to %(end)s")
        message = Said(sentence, day=str(day), end=str(end))
        raise _ImpossibleDateError(message)
