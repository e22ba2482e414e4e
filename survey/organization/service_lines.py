"""Read a file of who serves whom: one line per arrow, every fault named by its line and column."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_noop as _

from survey.organization.cells import CELLS_OF_SERVICES, CellError, as_text
from survey.organization.files import FileError, LineProblem, Said
from survey.organization.sheets import Table, read_rows, read_table

REQUIRED = ("provider", "consumer")
LARGEST = 1024 * 1024  # bytes
MOST_LINES = 5_000
MOST_PROBLEMS = 100


@dataclass(frozen=True, slots=True)
class ServiceLine:
    """What one line says about an arrow; None where it does not say so."""

    line: int
    provider: str
    consumer: str
    chain: str | None = None
    active_from: date | None = None
    active_to: date | None = None


def read_services(content: bytes) -> tuple[ServiceLine, ...]:
    """Read a CSV or XLSX file, or raise a FileError that names every line and column at fault."""
    if len(content) > LARGEST:
        sentence = _("the file is larger than %(n)s MB")
        raise FileError([LineProblem(1, "", Said(sentence, n=LARGEST // 1024**2))])
    table = read_table(content)
    columns = [heading.lower() for heading in table.headings]
    problems = _check_columns(columns)
    lines = [] if problems else _read_lines(table, columns, problems)
    if not lines and not problems:
        message = Said(_("there is no line below the names of the columns"))
        problems.append(LineProblem(1, "", message))
    if problems:
        raise FileError(sorted(problems, key=lambda problem: problem.line))
    return tuple(lines)


def _read_lines(
    table: Table, columns: Sequence[str], problems: list[LineProblem]
) -> list[ServiceLine]:
    """Return the lines that could be understood; what is wrong joins the problems."""
    lines: list[ServiceLine] = []
    for number, cells in read_rows(table, columns, problems):
        values = _read_cells(number, cells, problems)
        if values.keys() == cells.keys():
            lines.append(_as_line(number, values))
        if len(lines) > MOST_LINES:
            message = Said(_("the file has more than %(n)s lines"), n=MOST_LINES)
            problems.append(LineProblem(number, "", message))
            break
        if len(problems) >= MOST_PROBLEMS:
            break
    return lines


def _check_columns(columns: Collection[str]) -> list[LineProblem]:
    expected = ", ".join(CELLS_OF_SERVICES)
    sentence = _("this column is not known; the columns are %(columns)s")
    missing = [name for name in REQUIRED if name not in columns]
    unknown = [name for name in columns if name not in CELLS_OF_SERVICES]
    return [
        *(LineProblem(1, name, Said(_("this column is missing"))) for name in missing),
        *(LineProblem(1, name, Said(sentence, columns=expected)) for name in unknown),
    ]


def _read_cells(
    line: int, cells: Mapping[str, object], problems: list[LineProblem]
) -> dict[str, str]:
    """Return the cells that could be understood."""
    values: dict[str, str] = {}
    for column, cell in cells.items():
        try:
            values[column] = CELLS_OF_SERVICES[column](as_text(cell))
        except CellError as error:
            problems.append(LineProblem(line, column, error.message))
    return values


def _as_line(number: int, values: Mapping[str, str]) -> ServiceLine:
    return ServiceLine(
        number,
        values["provider"],
        values["consumer"],
        values.get("chain"),
        _day(values.get("from")),
        _day(values.get("to")),
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def as_json(lines: Sequence[ServiceLine]) -> list[list[object]]:
    """Return lines as they are kept between two pages; from_json reads them."""
    return [
        [
            *(line.line, line.provider, line.consumer, line.chain),
            *(day.isoformat() if day else None for day in (line.active_from, line.active_to)),
        ]
        for line in lines
    ]


def from_json(kept: Sequence[Sequence[str | None]]) -> tuple[ServiceLine, ...]:
    """Return lines that were kept."""
    return tuple(
        ServiceLine(int(line or 0), provider or "", consumer or "", chain, _day(begins), _day(ends))
        for line, provider, consumer, chain, begins, ends in kept
    )
