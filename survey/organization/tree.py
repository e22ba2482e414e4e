"""What a roster's lines say about the tree of teams, before anything is written."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_noop as _

from survey.organization.chains import MOST_LEVELS, follow_chains
from survey.organization.files import LineProblem, Said
from survey.organization.lines import RosterError, RosterFile, TeamFacts, TeamLine

BELOW_ITSELF = _("%(team)s would stand below itself")
TOO_DEEP = _("%(team)s would stand more than %(n)s levels deep")


@dataclass(frozen=True, slots=True)
class KnownTeam(TeamFacts):
    """A team as the database has it now."""

    opened_date: date | None = None


@dataclass(frozen=True, slots=True)
class PlannedTeam(TeamFacts):
    """A team as the roster wants it."""


@dataclass(frozen=True, slots=True)
class TreePlan:
    """New teams with parents before children, and known teams that change, some by closing."""

    new: tuple[PlannedTeam, ...]
    changed: tuple[PlannedTeam, ...]
    closed: tuple[PlannedTeam, ...] = ()


def plan_teams(roster: RosterFile, known: Mapping[str, KnownTeam], *, today: date) -> TreePlan:
    """Merge the lines with the known teams; raise RosterError where they make no tree."""
    problems: list[LineProblem] = []
    said = _merge(roster.teams, problems)
    planned = {code: _as_planned(team) for code, team in known.items()}
    planned |= {code: _plan_team(line, known.get(code)) for code, line in said.items()}
    above = {code: team.parent for code, team in planned.items()}
    chains = follow_chains(planned, above)
    problems += _nameless(said, planned)
    problems += _unknown_teams(said, planned)
    for line in said.values():
        if line.code in chains.in_circles:
            problems.append(
                LineProblem(line.line, "parent", Said(BELOW_ITSELF, team=repr(line.code)))
            )
        if line.code in chains.too_deep:
            message = Said(TOO_DEEP, team=repr(line.code), n=MOST_LEVELS)
            problems.append(LineProblem(line.line, "parent", message))
    problems += _wrong_ends(said, planned, known)
    problems += _people_in_closed(roster, planned, today)
    if problems:
        raise RosterError(problems)
    new = [planned[code] for code in said if code not in known]
    changed = [
        planned[code]
        for code in said
        if code in known and planned[code] != _as_planned(known[code])
    ]
    return TreePlan(
        new=tuple(sorted(new, key=lambda team: chains.depths[team.code])),
        changed=tuple(changed),
        closed=tuple(team for team in (*new, *changed) if _closes(team, known)),
    )


def _as_planned(team: KnownTeam) -> PlannedTeam:
    return PlannedTeam(team.code, team.name, team.parent, team.closed_date, team.succeeded_by)


def _plan_team(line: TeamLine, before: KnownTeam | None) -> PlannedTeam:
    before = before or KnownTeam(line.code, "", "")
    return PlannedTeam(
        line.code,
        line.name or before.name,
        line.parent or before.parent,
        line.closed_date or before.closed_date,
        line.succeeded_by or before.succeeded_by,
    )


def _closes(team: PlannedTeam, known: Mapping[str, KnownTeam]) -> bool:
    before = known[team.code].closed_date if team.code in known else None
    return team.closed_date not in (None, before)


def _merge(lines: tuple[TeamLine, ...], problems: list[LineProblem]) -> dict[str, TeamLine]:
    said: dict[str, TeamLine] = {}
    for line in lines:
        first = said.setdefault(line.code, line)
        if first is line:
            continue
        for column, before, now in (
            ("team_name", first.name, line.name),
            ("parent", first.parent, line.parent),
            ("closed", str(first.closed_date or ""), str(line.closed_date or "")),
            ("succeeded_by", first.succeeded_by, line.succeeded_by),
        ):
            if before and now and before != now:
                message = Said(
                    _("%(now)s, but line %(line)s says %(before)s for %(team)s"),
                    now=repr(now),
                    line=first.line,
                    before=repr(before),
                    team=repr(line.code),
                )
                problems.append(LineProblem(line.line, column, message))
        said[line.code] = TeamLine(
            line.code,
            first.name or line.name,
            first.parent or line.parent,
            first.closed_date or line.closed_date,
            first.succeeded_by or line.succeeded_by,
            line=first.line,
        )
    return said


def _nameless(
    said: Mapping[str, TeamLine], planned: Mapping[str, PlannedTeam]
) -> Iterator[LineProblem]:
    for code, line in said.items():
        if not planned[code].name:
            sentence = _("no team has the code %(code)s yet; give its team_name to make it")
            message = Said(sentence, code=repr(code))
            yield LineProblem(line.line, "team", message)


def _unknown_teams(
    said: Mapping[str, TeamLine], planned: Mapping[str, PlannedTeam]
) -> Iterator[LineProblem]:
    for line in said.values():
        for column, code in (("parent", line.parent), ("succeeded_by", line.succeeded_by)):
            if code and code not in planned:
                message = Said(_("no team has the code %(code)s"), code=repr(code))
                yield LineProblem(line.line, column, message)


def _wrong_ends(
    said: Mapping[str, TeamLine],
    planned: Mapping[str, PlannedTeam],
    known: Mapping[str, KnownTeam],
) -> Iterator[LineProblem]:
    """Find teams that close before they open, above open ones, or give way without closing."""
    succession = follow_chains(planned, {code: one.succeeded_by for code, one in planned.items()})
    open_below: dict[str, str] = {}
    for team in planned.values():
        if team.closed_date is None:
            open_below.setdefault(team.parent, team.code)
    for code, line in said.items():
        team, opened = planned[code], known[code].opened_date if code in known else None
        if team.succeeded_by and team.closed_date is None:
            message = Said(_("say in the column closed from when this team gives way"))
            yield LineProblem(line.line, "succeeded_by", message)
        if code in succession.in_circles:
            message = Said(_("%(code)s would succeed itself"), code=repr(code))
            yield LineProblem(line.line, "succeeded_by", message)
        if team.closed_date and opened and team.closed_date <= opened:
            message = Said(_("the team opened on %(day)s, not before"), day=str(opened))
            yield LineProblem(line.line, "closed", message)
        if team.closed_date and code in open_below:
            sentence = _("%(team)s still stands below it; move or close that one too")
            message = Said(sentence, team=repr(open_below[code]))
            yield LineProblem(line.line, "closed", message)


def _people_in_closed(
    roster: RosterFile, planned: Mapping[str, PlannedTeam], today: date
) -> Iterator[LineProblem]:
    for person in roster.people:
        team = planned[person.team]
        if team.closed_date and team.closed_date <= (person.active_from or today):
            column = "team_name" if roster.names_teams else "team"
            sentence = _("the team %(team)s has been closed from %(day)s")
            message = Said(sentence, team=repr(team.code), day=str(team.closed_date))
            yield LineProblem(person.line, column, message)
