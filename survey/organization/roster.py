"""Read a roster: one line per person, or per team without people of its own."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import BinaryIO

from survey.organization.cells import CELLS, CellError

OF_PEOPLE = ("person_id", "name", "email")  # all of them, or none in a list of teams only
REQUIRED = (*OF_PEOPLE, "team")
OPTIONAL = ("team_name", "parent", "language", "leader", "from")
UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
NOT_UTF8 = 'is not written in UTF-8; save the file as "CSV UTF-8" and try again'


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
    """What one line says about a person."""

    line: int
    person_id: str
    name: str
    email: str
    language: str
    team: str
    is_leader: bool | None  # None where no column says so
    active_from: date | None


@dataclass(frozen=True, slots=True)
class TeamLine:
    """What one line says about a team; empty means that it says nothing."""

    line: int
    code: str
    name: str
    parent: str


@dataclass(frozen=True, slots=True)
class RosterFile:
    """A roster whose every cell has been read and understood; without people it is of teams."""

    people: tuple[PersonLine, ...]
    teams: tuple[TeamLine, ...]


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


def read_roster(file: BinaryIO) -> RosterFile:
    """Read a roster, or raise a RosterError that names every line and column at fault."""
    problems: list[Problem] = []
    people: list[PersonLine] = []
    teams: list[TeamLine] = []
    for line, cells in _read_lines(_decode(file.read()), problems):
        values = _read_cells(line, cells, problems)
        if "team" in values:
            names = values.get("team_name", ""), values.get("parent", "")
            teams.append(TeamLine(line, values["team"], *names))
        if values.get("person_id") and values.keys() == cells.keys():
            people.append(_person_line(line, values))
    problems += _repeated(people)
    roster = RosterFile(people=tuple(people), teams=tuple(teams))
    if not teams and not problems:
        problems.append(Problem(1, "", "there is no line below the names of the columns"))
    if problems:
        raise RosterError(problems, roster)
    return roster


def _decode(content: bytes) -> str:
    if content.startswith(UTF16_MARKS):
        try:
            return content.decode("utf-16")
        except UnicodeDecodeError as error:
            raise RosterError((Problem(1, "", f"the file {NOT_UTF8}"),)) from error
    return content.decode("utf-8-sig", errors="surrogateescape")


def _read_lines(text: str, problems: list[Problem]) -> Iterator[tuple[int, Mapping[str, str]]]:
    if not text.strip():
        raise RosterError((Problem(1, "", "the file is empty"),))
    first_line = text.partition("\n")[0]
    delimiter = max(",;\t", key=first_line.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        header = _read_header(next(reader, []))
        line = reader.line_num + 1
        for cells in reader:
            if any(cell.strip() for cell in cells):
                if len(cells) == len(header):
                    yield line, dict(zip(header, cells, strict=True))
                else:
                    message = f"has {len(cells)} cells, but there are {len(header)} columns"
                    problems.append(Problem(line, "", message))
            line = reader.line_num + 1
    except csv.Error as error:
        problems.append(Problem(reader.line_num, "", f"is not a line of a CSV file: {error}"))


def _read_header(cells: list[str]) -> list[str]:
    header = [cell.strip().lower() for cell in cells]
    expected = ", ".join((*REQUIRED, *OPTIONAL))
    required = REQUIRED if any(name in header for name in OF_PEOPLE) else ("team",)
    problems = [
        Problem(1, name, "this column is missing") for name in required if name not in header
    ]
    for position, name in enumerate(header):
        if name not in (*REQUIRED, *OPTIONAL):
            shown = name if name.isprintable() else f"column {position + 1}"
            message = f"this column is not known; the columns are {expected}"
            problems.append(Problem(1, shown, message))
        elif name in header[:position]:
            problems.append(Problem(1, name, "this column is there twice"))
    if problems:
        raise RosterError(problems)
    return header


def _read_cells(line: int, cells: Mapping[str, str], problems: list[Problem]) -> dict[str, str]:
    """Return the cells that could be understood."""
    values: dict[str, str] = {}
    has_person = any(cells.get(column, "").strip() for column in OF_PEOPLE)
    for column, cell in cells.items():
        text = cell.strip()
        if not has_person and column in ("person_id", "name"):
            values[column] = ""
            continue
        try:
            values[column] = CELLS[column](text)
        except CellError as error:
            problems.append(Problem(line, column, str(error)))
    return values


def _person_line(line: int, values: Mapping[str, str]) -> PersonLine:
    day = values.get("from", "")
    return PersonLine(
        line=line,
        person_id=values["person_id"],
        name=values["name"],
        email=values["email"],
        language=values.get("language", ""),
        team=values["team"],
        is_leader=values["leader"] == "yes" if "leader" in values else None,
        active_from=date.fromisoformat(day) if day else None,
    )


def _repeated(people: list[PersonLine]) -> list[Problem]:
    """Find people and addresses that two lines claim."""
    problems: list[Problem] = []
    lines: dict[tuple[str, str], int] = {}
    for person in people:
        for column, value in (("person_id", person.person_id), ("email", person.email.lower())):
            first = lines.setdefault((column, value), person.line)
            if value and first != person.line:
                message = f"{value!r} stands in line {first} already"
                problems.append(Problem(person.line, column, message))
    return problems
