"""Files of lines that people bring in: what is wrong where, and how CSV is read."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
DELIMITERS = ",;\t"


class Said(str):
    """A sentence in English that keeps what it is made of, to be said in another language too."""

    sentence: str
    values: dict[str, object]

    def __new__(cls, sentence: str, **values: object) -> "Said":
        """Fill values, which are JSON, into a sentence that is marked for translation."""
        said = super().__new__(cls, sentence % values if values else sentence)
        said.sentence, said.values = sentence, values
        return said

    def say(self) -> str:
        """Return the sentence in the language that is spoken."""
        return gettext(self.sentence) % self.values if self.values else gettext(self.sentence)

    def __getnewargs_ex__(self) -> tuple[tuple[str], dict[str, object]]:
        """Let it be copied with what it is made of."""
        return (self.sentence,), self.values


@dataclass(frozen=True, slots=True)
class LineProblem:
    """One thing that is wrong in a file, and where."""

    line: int
    column: str
    message: str

    def __str__(self) -> str:
        place = f"line {self.line}, {self.column}" if self.column else f"line {self.line}"
        return f"{place}: {self.message}"

    def as_json(self) -> list[object]:
        """Return the problem as it is kept; say_again reads it."""
        kept: list[object] = [self.line, self.column, str(self.message)]
        if isinstance(self.message, Said):
            kept += [self.message.sentence, self.message.values]
        return kept


def say_again(kept: Sequence[Any]) -> str:
    """Return what is wrong, of a problem that was kept, in the language of whoever reads it."""
    _line, _column, message, *made_of = kept
    if not made_of:
        return str(message)
    sentence, values = made_of
    return gettext(sentence) % values if values else gettext(sentence)


def say_problem(kept: Sequence[Any] | str) -> str:
    """Return a problem that was kept with its place, in the language of whoever reads it."""
    if isinstance(kept, str):  # as they were kept once
        return kept
    values = {"line": kept[0], "column": kept[1], "message": say_again(kept)}
    if not kept[1]:
        return gettext("line %(line)s: %(message)s") % values
    return gettext("line %(line)s, %(column)s: %(message)s") % values


class FileError(Exception):
    """A file cannot be taken in; `problems` says why, line by line."""

    def __init__(self, problems: Iterable[LineProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(str(problem) for problem in self.problems[:3]))


class BrokenCsvError(Exception):
    """From some line on a file is no CSV."""

    def __init__(self, line: int, reason: csv.Error) -> None:
        self.line = line
        super().__init__(str(reason))


def read_csv(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield each line that is not empty with the number at which it begins.

    The delimiter is the one that is most frequent in the first line. Raises BrokenCsvError on the
    way.
    """
    delimiter = max(DELIMITERS, key=text.partition("\n")[0].count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        raise BrokenCsvError(line, error) from error
