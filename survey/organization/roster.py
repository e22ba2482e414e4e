"""Read a roster: one line per person, or per team without people of its own."""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import BinaryIO

from survey.organization.cells import CELLS, CellError

REQUIRED = ("person_id", "name", "email", "team")
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


class RosterError(Exception):
    """The roster cannot be taken in; `problems` says why, line by line."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("; ".join(str(problem) for problem in problems[:3]))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class PersonLine:
    """What one line says about a person."""

    line: int
    person_id: str
    name: str
    email: str
    language: str
    team: str
    is_leader: bool
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
    """A roster whose every cell has been read and understood."""

    people: tuple[PersonLine, ...]
    teams: tuple[TeamLine, ...]


def read_roster(file: BinaryIO) -> RosterFile:
    """Read a roster, or raise a RosterError that names every line and column at fault."""
    problems: list[Problem] = []
    people: list[PersonLine] = []
    teams: list[TeamLine] = []
    for line, cells in _read_lines(_decode(file.read()), problems):
        values = _read_cells(line, cells, problems)
        if values is None:
            continue
        teams.append(
            TeamLine(line, values["team"], values.get("team_name", ""), values.get("parent", ""))
        )
        if values["person_id"]:
            people.append(_person_line(line, values))
    problems += _repeated(people)
    if not people and not problems:
        problems.append(Problem(1, "", "there is nobody in this file"))
    if problems:
        raise RosterError(tuple(sorted(problems, key=lambda problem: problem.line)))
    return RosterFile(people=tuple(people), teams=tuple(teams))


def _decode(content: bytes) -> str:
    if content.startswith(UTF16_MARKS):
        try:
            return content.decode("utf-16")
        except UnicodeDecodeError as error:
            raise RosterError((Problem(1, "", f"the file {NOT_UTF8}"),)) from error
    return content.decode("utf-8-sig", errors="surrogateescape")


def _read_lines(text: str, problems: list[Problem]) -> Iterator[tuple[int, Mapping[str, str]]]:
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
    problems = [
        Problem(1, name, "this column is missing") for name in REQUIRED if name not in header
    ]
    for position, name in enumerate(header):
        if name not in (*REQUIRED, *OPTIONAL):
            shown = name if name.isprintable() else f"column {position + 1}"
            message = f"this column is not known; the columns are {expected}"
            problems.append(Problem(1, shown, message))
        elif name in header[:position]:
            problems.append(Problem(1, name, "this column is there twice"))
    if problems:
        raise RosterError(tuple(problems))
    return header


def _read_cells(
    line: int, cells: Mapping[str, str], problems: list[Problem]
) -> dict[str, str] | None:
    values: dict[str, str] = {}
    n_before = len(problems)
    has_person = any(cells[column].strip() for column in ("person_id", "name", "email"))
    for column, cell in cells.items():
        text = cell.strip()
        if not has_person and column in ("person_id", "name"):
            values[column] = ""
            continue
        try:
            values[column] = CELLS[column](text)
        except CellError as error:
            problems.append(Problem(line, column, str(error)))
    return values if len(problems) == n_before else None


def _person_line(line: int, values: Mapping[str, str]) -> PersonLine:
    day = values.get("from", "")
    return PersonLine(
        line=line,
        person_id=values["person_id"],
        name=values["name"],
        email=values["email"],
        language=values.get("language", ""),
        team=values["team"],
        is_leader=values.get("leader") == "yes",
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
