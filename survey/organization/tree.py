"""What a roster's lines say about the tree of teams, before anything is written."""

from collections.abc import Mapping
from dataclasses import dataclass

from survey.organization.roster import Problem, RosterError, RosterFile, TeamLine


@dataclass(frozen=True, slots=True)
class KnownTeam:
    """A team as the database has it now."""

    code: str
    name: str
    parent: str
    is_closed: bool


@dataclass(frozen=True, slots=True)
class PlannedTeam:
    """A team as the roster wants it."""

    code: str
    name: str
    parent: str


@dataclass(frozen=True, slots=True)
class TreePlan:
    """New teams with parents before children, and known teams that change."""

    new: tuple[PlannedTeam, ...]
    changed: tuple[PlannedTeam, ...]


def plan_teams(roster: RosterFile, known: Mapping[str, KnownTeam]) -> TreePlan:
    """Merge the lines with the known teams; raise RosterError where they make no tree."""
    problems: list[Problem] = []
    said = _merge(roster.teams, problems)
    planned = {code: PlannedTeam(team.code, team.name, team.parent) for code, team in known.items()}
    for code, line in said.items():
        before = known.get(code)
        if before is not None and before.is_closed:
            problems.append(Problem(line.line, "team", f"the team {code!r} has been closed"))
        if before is None and not line.name:
            message = f"no team has the code {code!r} yet; give its team_name to make it"
            problems.append(Problem(line.line, "team", message))
        planned[code] = PlannedTeam(
            code,
            line.name or (before.name if before else ""),
            line.parent or (before.parent if before else ""),
        )
    problems += _unknown_parents(said, planned)
    problems += _circles(said, planned)
    if problems:
        raise RosterError(problems)
    new = [planned[code] for code in said if code not in known]
    return TreePlan(
        new=tuple(sorted(new, key=lambda team: _depth(team, planned))),
        changed=tuple(
            planned[code]
            for code in said
            if code in known
            and (planned[code].name, planned[code].parent) != (known[code].name, known[code].parent)
        ),
    )


def _merge(lines: tuple[TeamLine, ...], problems: list[Problem]) -> dict[str, TeamLine]:
    said: dict[str, TeamLine] = {}
    for line in lines:
        first = said.setdefault(line.code, line)
        for column, before, now in (
            ("team_name", first.name, line.name),
            ("parent", first.parent, line.parent),
        ):
            if before and now and before != now:
                message = f"{now!r}, but line {first.line} says {before!r} for {line.code!r}"
                problems.append(Problem(line.line, column, message))
        said[line.code] = TeamLine(
            first.line, line.code, first.name or line.name, first.parent or line.parent
        )
    return said


def _unknown_parents(
    said: Mapping[str, TeamLine], planned: Mapping[str, PlannedTeam]
) -> list[Problem]:
    return [
        Problem(line.line, "parent", f"no team has the code {line.parent!r}")
        for line in said.values()
        if line.parent and line.parent not in planned
    ]


def _circles(said: Mapping[str, TeamLine], planned: Mapping[str, PlannedTeam]) -> list[Problem]:
    return [
        Problem(line.line, "parent", f"{code!r} would stand below itself")
        for code, line in said.items()
        if _stands_below_itself(code, planned)
    ]


def _stands_below_itself(code: str, planned: Mapping[str, PlannedTeam]) -> bool:
    seen: set[str] = set()
    above = planned[code].parent
    while above in planned and above not in seen and above != code:
        seen.add(above)
        above = planned[above].parent
    return above == code


def _depth(team: PlannedTeam, planned: Mapping[str, PlannedTeam]) -> int:
    depth = 0
    while team.parent:
        team = planned[team.parent]
        depth += 1
    return depth
