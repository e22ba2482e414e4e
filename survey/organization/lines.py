"""What the lines of a roster say, and what is wrong with them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong in a roster, and where."""

    line: int
    column: str
    message: str

    def __str__(self) -> str:
        place = f"line {self.line}, {self.column}" if self.column else f"line {self.line}"
        return f"{place}: {self.message}"


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
class TeamLine:
    """What one line says about a team; empty means that it says nothing."""

    line: int
    code: str
    name: str
    parent: str
    closed_date: date | None = None
    succeeded_by: str = ""


@dataclass(frozen=True, slots=True)
class RosterFile:
    """A roster whose every cell has been read and understood; without people it is of teams."""

    people: tuple[PersonLine, ...]
    teams: tuple[TeamLine, ...]
    names_teams: bool = False  # there is no column of codes: naming.settle_codes finds them


class RosterError(Exception):
    """The roster cannot be taken in; `problems` says why, line by line.

    `readable` is what could be read nevertheless, so that it can be looked through too.
    """

    def __init__(
        self, problems: Iterable[Problem], readable: RosterFile = RosterFile((), ())
    ) -> None:
        self.problems = tuple(sorted(problems, key=lambda problem: problem.line))
        self.readable = readable
        super().__init__("; ".join(str(problem) for problem in self.problems[:3]))
