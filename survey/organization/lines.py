"""What the lines of a roster say, and what is wrong with them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from survey.organization.files import FileError, LineProblem


@dataclass(frozen=True, slots=True)
class PersonLine:
    """What one line says about a person; None where no column says so."""

    line: int
    person_id: str
    name: str
    email: str
    language: str
    team: str
    is_leader: bool | None
    active_from: date | None
    phone: str | None = None
    time_zone: str | None = None
    manager: str | None = None
    attributes: Mapping[str, str] | None = None  # of the columns that are there


@dataclass(frozen=True, slots=True)
class TeamFacts:
    """What there is to say about a team; parent and successor by their codes."""

    code: str
    name: str
    parent: str
    closed_date: date | None = None
    succeeded_by: str = ""


@dataclass(frozen=True, slots=True)
class TeamLine(TeamFacts):
    """What one line says about a team; empty means that it says nothing."""

    line: int = field(kw_only=True)


@dataclass(frozen=True, slots=True)
class RosterFile:
    """A roster whose every cell has been read and understood; without people it is of teams."""

    people: tuple[PersonLine, ...]
    teams: tuple[TeamLine, ...]
    names_teams: bool = False  # there is no column of codes: naming.settle_codes finds them


class RosterError(FileError):
    """The roster cannot be taken in; `problems` says why, line by line.

    `readable` is what could be read nevertheless, so that it can be looked through too.
    """

    def __init__(
        self, problems: Iterable[LineProblem], readable: RosterFile = RosterFile((), ())
    ) -> None:
        super().__init__(sorted(problems, key=lambda problem: problem.line))
        self.readable = readable
