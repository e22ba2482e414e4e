"""CSV files from outside, read whole or refused with every file and line that is wrong."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

MOST_PROBLEMS = 20


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file's name, for messages, and its bytes."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong in one line of one file; line 0 means the file as a whole."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        place = f"{self.file}, line {self.line}" if self.line else self.file
        return f"{place}: {self.message}"


class CountsFileError(Exception):
    """The files cannot be taken in; problems says where and why."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        shown = [str(problem) for problem in problems[:MOST_PROBLEMS]]
        more = len(problems) - len(shown)
        super().__init__("\n".join([*shown, f"and {more} more"] if more else shown))


class Checker:
    """Collects the problems of one file, to report them together."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []

    def add(self, line: int, message: str) -> None:
        """Note a problem."""
        self.problems.append(Problem(self.file, line, message))

    def finish(self) -> None:
        """Refuse the file if anything was noted."""
        if self.problems:
            raise CountsFileError(self.problems)


@dataclass(frozen=True, slots=True)
class Row:
    """One record: the line it ends on, and its values in the order of the columns asked for."""

    line: int
    values: tuple[str, ...]


def read_table(file: SourceFile, columns: Sequence[str]) -> list[Row]:
    """Read the named columns of a UTF-8 CSV file; other columns are left alone."""
    checker = Checker(file.name)
    records = _read_records(_decode(file, checker), checker)
    _, header = next(records, (1, []))
    _check_header(header, columns, checker)
    places = [header.index(column) for column in columns]
    rows = []
    for line, record in records:
        if len(record) == len(header):
            rows.append(Row(line, tuple(record[place] for place in places)))
        else:
            wrong = "is cut short" if len(record) < len(header) else "has too many fields"
            checker.add(line, f"the row {wrong}: {len(record)} of {len(header)} fields")
    if not rows and not checker.problems:
        checker.add(0, "there are no rows")
    checker.finish()
    return rows


def _decode(file: SourceFile, checker: Checker) -> str:
    """Return the text of the file, without a byte order mark."""
    try:
        text = file.data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        checker.add(file.data.count(b"\n", 0, error.start) + 1, "this is not UTF-8 text")
        checker.finish()
    if "\0" in text:
        checker.add(text.count("\n", 0, text.index("\0")) + 1, "there is a NUL character")
        checker.finish()
    return text


def _read_records(text: str, checker: Checker) -> Iterator[tuple[int, list[str]]]:
    """Yield every record that is not empty, stripped, with the line it ends on."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        for record in reader:
            if record:
                yield reader.line_num, [field.strip() for field in record]
    except csv.Error as error:
        checker.add(reader.line_num, f"this is not CSV: {error}")
        checker.finish()


def _check_header(header: Sequence[str], columns: Sequence[str], checker: Checker) -> None:
    """Refuse a header that lacks a column or names one twice."""
    for column in columns:
        if column not in header:
            checker.add(1, f'the column "{column}" is missing')
        elif header.count(column) > 1:
            checker.add(1, f'the column "{column}" stands there twice')
    checker.finish()
