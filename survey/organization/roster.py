"""Read a roster: one line per person, or per team without people of its own."""

from collections.abc import Callable, Collection, Mapping
from datetime import date
from typing import BinaryIO

from django.utils.translation import gettext_noop as _

from survey.organization.cells import (
    CELLS,
    CELLS_WITHOUT_CODES,
    CellError,
    as_text,
    read_attribute,
)
from survey.organization.columns import ATTRIBUTE, OF_PEOPLE, check_columns, own_columns
from survey.organization.files import LineProblem, Said
from survey.organization.lines import PersonLine, RosterError, RosterFile, TeamLine
from survey.organization.sheets import Progress, Table, read_rows, read_table

MOST_PROBLEMS = 1000


def read_roster(
    file: BinaryIO,
    *,
    columns: Mapping[str, str] | None = None,
    attributes: Collection[str] = (),
    progress: Progress | None = None,
) -> RosterFile:
    """Read a roster, or raise a RosterError that names every line and column at fault.

    `columns` says what each heading means; without it they are our own columns by name.
    """
    table = read_table(file.read())
    if columns is None:
        columns = own_columns(table.headings, attributes=attributes)
    return read_lines(table, columns=columns, attributes=attributes, progress=progress)


def read_lines(
    table: Table,
    *,
    columns: Mapping[str, str],
    attributes: Collection[str] = (),
    progress: Progress | None = None,
) -> RosterFile:
    """Read the lines of a table whose headings mean some columns; otherwise as read_roster."""
    columns = {heading: columns.get(heading, "") for heading in table.headings}
    check_columns(columns, attributes=attributes)
    names_teams = "team" not in columns.values()
    cell_kinds = CELLS_WITHOUT_CODES if names_teams else CELLS
    problems: list[LineProblem] = []
    people: list[PersonLine] = []
    teams: list[TeamLine] = []
    for line, cells in read_rows(table, list(columns.values()), problems, progress):
        values = _read_cells(line, cells, cell_kinds, problems)
        is_whole = values.keys() == cells.keys()
        if names_teams and "team_name" in values:
            values["team"] = values["team_name"]
        if "team" in values:
            teams.append(_team_line(line, values))
        if values.get("person_id") and is_whole:
            people.append(_person_line(line, values))
        if len(problems) >= MOST_PROBLEMS:
            problems.append(
                LineProblem(line, "", Said(_("the rest was not read: there is too much wrong")))
            )
            break
    problems += _repeated(people)
    roster = RosterFile(people=tuple(people), teams=tuple(teams), names_teams=names_teams)
    if not teams and not problems:
        problems.append(
            LineProblem(1, "", Said(_("there is no line below the names of the columns")))
        )
    if problems:
        raise RosterError(problems, roster)
    return roster


def _read_cells(
    line: int,
    cells: Mapping[str, object],
    kinds: Mapping[str, Callable[[str], str]],
    problems: list[LineProblem],
) -> dict[str, str]:
    """Return the cells that could be understood."""
    values: dict[str, str] = {}
    has_person = any(str(cells.get(column, "")).strip() for column in OF_PEOPLE)
    for column, cell in cells.items():
        if not has_person and column in ("person_id", "name"):
            values[column] = ""
            continue
        try:
            values[column] = kinds.get(column, read_attribute)(as_text(cell))
        except CellError as error:
            problems.append(LineProblem(line, column.removeprefix(ATTRIBUTE), error.message))
    return values


def _team_line(line: int, values: Mapping[str, str]) -> TeamLine:
    return TeamLine(
        values["team"],
        values.get("team_name", ""),
        values.get("parent", ""),
        _day(values.get("closed", "")),
        values.get("succeeded_by", ""),
        line=line,
    )


def _person_line(line: int, values: Mapping[str, str]) -> PersonLine:
    told = {
        column.removeprefix(ATTRIBUTE): value
        for column, value in values.items()
        if column.startswith(ATTRIBUTE)
    }
    return PersonLine(
        line=line,
        person_id=values["person_id"],
        name=values["name"],
        email=values["email"],
        language=values.get("language", ""),
        team=values["team"],
        is_leader=values["leader"] == "yes" if "leader" in values else None,
        active_from=_day(values.get("from", "")),
        phone=values.get("phone"),
        time_zone=values.get("time_zone"),
        manager=values.get("manager"),
        attributes=told or None,
    )


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _repeated(people: list[PersonLine]) -> list[LineProblem]:
    """Find people and addresses that two lines claim."""
    problems: list[LineProblem] = []
    lines: dict[tuple[str, str], int] = {}
    for person in people:
        for column, value in (("person_id", person.person_id), ("email", person.email.lower())):
            first = lines.setdefault((column, value), person.line)
            if value and first != person.line:
                sentence = _("%(value)s stands in line %(line)s already")
                message = Said(sentence, value=repr(value), line=first)
                problems.append(LineProblem(person.line, column, message))
    return problems
