"""Read a file of contacts: one line each, every fault named by its line and column."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from django.utils.translation import gettext_noop as _

from survey.campaigns.contacts import BadContactError, Contact, Problem, is_key, read_contact
from survey.organization.files import (
    UTF16_MARKS,
    BrokenCsvError,
    FileError,
    LineProblem,
    Said,
    read_csv,
)

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
    "served_by": "served_by",
    "key": "idempotency_key",
}
COLUMNS = {field: column for column, field in FIELDS.items()}
BAD_KEY = _("A key is 1 to 120 visible ASCII characters.")
REQUIRED = ("customer_id", "team", "occurred_at")


@dataclass(frozen=True, slots=True)
class Line:
    """One contact, and the line it stands on."""

    number: int
    contact: Contact


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that is no contact, with all that is wrong with it and the team it names."""

    number: int
    problems: tuple[LineProblem, ...]
    team_code: str = ""


class ContactFileError(FileError):
    """The file of contacts cannot be taken in."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file whose head has been understood; its lines are read one after another."""

    columns: tuple[str, ...]  # ours, by place; empty where one is left out
    left_out: tuple[str, ...]
    text: str

    def lines(self, *, now: datetime, after: int = 0) -> Iterator[Line | BadLine]:
        """Yield each line's contact, or all that is wrong with it, after so many lines.

        Empty lines are passed over and not counted.
        """
        try:
            for number, cells in islice(read_csv(self.text), 1 + after, None):
                yield self._line(number, cells, now)
        except BrokenCsvError as error:
            message = Said(_("This is no CSV from here on: %(reason)s."), reason=str(error))
            yield BadLine(error.line, (LineProblem(error.line, "", message),))

    def _line(self, number: int, cells: Sequence[str], now: datetime) -> Line | BadLine:
        if len(cells) > len(self.columns):
            sentence = _("This line has %(n)s cells, the first line %(columns)s.")
            message = Said(sentence, n=len(cells), columns=len(self.columns))
            return BadLine(number, (LineProblem(number, "", message),))
        said = dict(zip(self.columns, (cell.strip() for cell in cells), strict=False))
        key = _key(said)
        problems = [] if is_key(key) else [LineProblem(number, "key", Said(BAD_KEY))]
        try:
            contact = read_contact(_as_data(said), key=key, now=now)
        except BadContactError as error:
            problems += (_place(number, problem) for problem in error.problems)
        if problems:
            return BadLine(number, tuple(problems), said.get("team", ""))
        return Line(number, contact)


def open_sheet(content: bytes) -> Sheet:
    """Understand a file's encoding and head; raise ContactFileError where that cannot be."""
    if len(content) > LARGEST:
        sentence = _("The file is larger than %(n)s MiB; split it.")
        raise _refused(Said(sentence, n=LARGEST // 1024 // 1024))
    text = _decode(content)
    first = _first_line(text)
    named = [cell.strip().lower().replace(" ", "_") for cell in first]
    missing = [column for column in REQUIRED if column not in named]
    if missing:
        sentence = _("These columns are missing: %(columns)s.")
        raise _refused(Said(sentence, columns=", ".join(missing)))
    doubled = sorted({name for name in named if name in FIELDS and named.count(name) > 1})
    if doubled:
        sentence = _("These columns stand twice: %(columns)s.")
        raise _refused(Said(sentence, columns=", ".join(doubled)))
    left_out = tuple(
        cell.strip() for cell, name in zip(first, named, strict=True) if name not in FIELDS
    )
    columns = tuple(name if name in FIELDS else "" for name in named)
    return Sheet(columns, left_out, text)


def _decode(content: bytes) -> str:
    encoding = "utf-16" if content.startswith(UTF16_MARKS) else "utf-8-sig"
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        message = Said(
            _('This is not written in UTF-8; save the file as "CSV UTF-8" and try again.')
        )
        raise ContactFileError([LineProblem(line, "", message)]) from error


def _first_line(text: str) -> list[str]:
    try:
        number, cells = next(read_csv(text), (1, []))
    except BrokenCsvError:
        cells = []
    if not cells or number > 1:
        raise _refused(Said(_("The first line must name the columns.")))
    return cells


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
        where, _dot, name = FIELDS.get(column, "").rpartition(".")
        if value and name:
            (customer if where else data)[name] = value
    return data | {"customer": customer}


def _place(number: int, problem: Problem) -> LineProblem:
    return LineProblem(number, COLUMNS.get(problem.field, ""), problem.message)


def _refused(message: Said) -> ContactFileError:
    return ContactFileError([LineProblem(1, "", message)])
