"""Read a file of contacts: one line each, every fault named by its line and column."""

import csv
import hashlib
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from survey.campaigns.contacts import BadContactError, Contact, Problem, is_key, read_contact

LARGEST = 32 * 1024 * 1024
MOST_ROWS = 100_000
MOST_PROBLEMS = 100
FIELDS = {
    "customer_id": "customer.id",
    "name": "customer.name",
    "email": "customer.email",
    "phone": "customer.phone",
    "language": "customer.language",
    "time_zone": "customer.time_zone",
    "team": "team",
    "occurred_at": "occurred_at",
    "key": "idempotency_key",
}
COLUMNS = {field: column for column, field in FIELDS.items()}
REQUIRED = ("customer_id", "team", "occurred_at")
UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True)
class LineProblem:
    """One thing that is wrong in a file, and where."""

    line: int
    column: str
    message: str

    def __str__(self) -> str:
        place = f"line {self.line}, {self.column}" if self.column else f"line {self.line}"
        return f"{place}: {self.message}"


@dataclass(frozen=True, slots=True)
class Line:
    """One contact, and the line it stands on."""

    number: int
    contact: Contact


class ContactFileError(Exception):
    """The file cannot be taken in; problems says why, line by line."""

    def __init__(self, problems: Iterable[LineProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(str(problem) for problem in self.problems[:3]))


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file whose head has been understood; its lines are read one after another."""

    columns: tuple[str, ...]  # ours, by place; empty where one is left out
    left_out: tuple[str, ...]
    text: str
    delimiter: str

    def lines(self, *, now: datetime, after: int = 0) -> Iterator[Line | tuple[LineProblem, ...]]:
        """Yield each line's contact, or all that is wrong with it, after so many lines.

        Empty lines are passed over and not counted.
        """
        rows = _rows(self.text, self.delimiter)
        next(rows)
        full = (row for row in rows if isinstance(row[1], str) or any(map(str.strip, row[1])))
        for number, cells in islice(full, after, None):
            if isinstance(cells, str):
                yield (LineProblem(number, "", cells),)
            else:
                yield self._line(number, cells, now)

    def _line(
        self, number: int, cells: Sequence[str], now: datetime
    ) -> Line | tuple[LineProblem, ...]:
        if len(cells) > len(self.columns):
            message = f"This line has {len(cells)} cells, the first line {len(self.columns)}."
            return (LineProblem(number, "", message),)
        said = dict(zip(self.columns, (cell.strip() for cell in cells), strict=False))
        key = _key(said)
        if not is_key(key):
            message = "A key is 1 to 120 visible ASCII characters."
            return (LineProblem(number, "key", message),)
        try:
            return Line(number, read_contact(_as_data(said), key=key, now=now))
        except BadContactError as error:
            return tuple(_place(number, problem) for problem in error.problems)


def open_sheet(content: bytes) -> Sheet:
    """Understand a file's encoding and head; raise ContactFileError where that cannot be."""
    if len(content) > LARGEST:
        raise _refused(f"The file is larger than {LARGEST // 1024 // 1024} MiB; split it.")
    text = _decode(content)
    head = text.partition("\n")[0]
    delimiter = max(",;\t", key=head.count)
    first = next(_rows(text, delimiter), (1, []))[1]
    if isinstance(first, str) or not any(cell.strip() for cell in first):
        raise _refused("The first line must name the columns.")
    named = [cell.strip().lower().replace(" ", "_") for cell in first]
    missing = [column for column in REQUIRED if column not in named]
    if missing:
        raise _refused(f"These columns are missing: {', '.join(missing)}.")
    doubled = sorted({name for name in named if name in FIELDS and named.count(name) > 1})
    if doubled:
        raise _refused(f"These columns stand twice: {', '.join(doubled)}.")
    left_out = tuple(
        cell.strip() for cell, name in zip(first, named, strict=True) if name not in FIELDS
    )
    columns = tuple(name if name in FIELDS else "" for name in named)
    return Sheet(columns, left_out, text, delimiter)


def _decode(content: bytes) -> str:
    encoding = "utf-16" if content.startswith(UTF16_MARKS) else "utf-8-sig"
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        message = 'This is not written in UTF-8; save the file as "CSV UTF-8" and try again.'
        raise ContactFileError([LineProblem(line, "", message)]) from error


def _rows(text: str, delimiter: str) -> Iterator[tuple[int, list[str] | str]]:
    """Yield each row with the line it begins on; one that is no CSV is a message, and the last."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    while True:
        number = reader.line_num + 1
        try:
            yield number, next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield number, f"This is no CSV from here on: {error}."
            return


def _key(said: dict[str, str]) -> str:
    """Return a line's own key, or one by which the same contact is known in another file."""
    if said.get("key"):
        return said["key"]
    parts = "\x1f".join(said.get(column, "") for column in REQUIRED)
    return f"file/{hashlib.sha256(parts.encode('utf-8', 'replace')).hexdigest()}"


def _as_data(said: dict[str, str]) -> dict[str, object]:
    """Return a line as any other report of a contact; an empty cell says nothing."""
    data: dict[str, object] = {}
    customer: dict[str, object] = {}
    for column, value in said.items():
        where, _, name = FIELDS.get(column, "").rpartition(".")
        if value and name:
            (customer if where else data)[name] = value
    return data | {"customer": customer}


def _place(number: int, problem: Problem) -> LineProblem:
    return LineProblem(number, COLUMNS.get(problem.field, ""), problem.message)


def _refused(message: str) -> ContactFileError:
    return ContactFileError([LineProblem(1, "", message)])
