"""A roster as a table, whatever kind of file it came in: headings, then lines of cells."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import chain, islice

from django.utils.translation import gettext_noop as _

from survey.organization.archives import is_workbook
from survey.organization.cells import CellError, as_text
from survey.organization.files import UTF16_MARKS, BrokenCsvError, LineProblem, Said, read_csv
from survey.organization.lines import RosterError
from survey.organization.workbooks import read_workbook

LARGEST = 64 * 1024 * 1024  # bytes
MOST_LINES = 500_000
MOST_COLUMNS = 100
LONGEST_HEADING = 200
TOLD_EVERY = 10_000  # lines
NO_LINES = Said(_("the file is empty"))
NOT_UTF8 = Said(_('the file is not written in UTF-8; save the file as "CSV UTF-8" and try again'))

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Table:
    """Headings, and below them lines with their numbers; reading on may raise RosterError."""

    headings: tuple[str, ...]
    lines: Iterator[tuple[int, Sequence[object]]]
    n_lines: int  # about

    def peek(self, n: int) -> tuple["Table", dict[str, list[str]]]:
        """Return the table, still whole, and what stands in its first lines by heading."""
        first = list(islice(self.lines, n))
        found: dict[str, list[str]] = {heading: [] for heading in self.headings}
        for _line, cells in first:
            for heading, cell in zip(self.headings, cells, strict=False):
                with suppress(CellError):
                    found[heading].append(as_text(cell))
        return replace(self, lines=chain(first, self.lines)), found


def read_table(content: bytes) -> Table:
    """Return the table in a CSV or XLSX file, or raise RosterError where there is none."""
    if len(content) > LARGEST:
        raise _refusal(Said(_("the file is larger than %(n)s MB"), n=LARGEST // 1024**2))
    if is_workbook(content):
        book = read_workbook(content, most_columns=MOST_COLUMNS, most_lines=MOST_LINES)
        return _split(book.lines, book.n_lines, emptiness=book.emptiness)
    text = _decode(content)
    if not text.strip():
        raise _refusal(NO_LINES)
    n_lines = text.count("\n")
    if n_lines > MOST_LINES:
        message = Said(_("the file has more than %(n)s lines"), n=MOST_LINES)
        raise RosterError((LineProblem(MOST_LINES, "", message),))
    return _split(_read_csv(text), n_lines)


def read_rows(
    table: Table,
    columns: Sequence[str],
    problems: list[LineProblem],
    progress: Progress | None = None,
) -> Iterator[tuple[int, Mapping[str, object]]]:
    """Yield the cells of the columns that matter, line by line; a column without a name does not.

    What is wrong with a line as a whole joins the problems.
    """
    wanted = [(place, column) for place, column in enumerate(columns) if column]
    try:
        for n_done, (line, cells) in enumerate(table.lines):
            if progress is not None and n_done % TOLD_EVERY == 0:
                progress(n_done, max(table.n_lines, n_done))
            if len(cells) < len(columns) or _has_more(cells, len(columns)):
                sentence = _("has %(n)s cells, but there are %(columns)s columns")
                message = Said(sentence, n=len(cells), columns=len(columns))
                problems.append(LineProblem(line, "", message))
            else:
                yield line, {column: cells[place] for place, column in wanted}
    except RosterError as error:
        problems += error.problems


def _has_more(cells: Sequence[object], n_columns: int) -> bool:
    return len(cells) > n_columns and any(cell not in ("", None) for cell in cells[n_columns:])


def _split(
    lines: Iterator[tuple[int, Sequence[object]]], n_lines: int, emptiness: Said = NO_LINES
) -> Table:
    """Take the headings off; what stands to the right of the last one belongs to nothing."""
    line, cells = next(lines, (1, ()))
    headings = [str(cell).strip() for cell in cells]
    while headings and not headings[-1]:
        headings.pop()
    problems = list(_check_headings(line, headings))
    if not headings:
        problems.append(LineProblem(line, "", emptiness))
    if problems:
        raise RosterError(problems)
    return Table(tuple(headings), lines, n_lines)


def _check_headings(line: int, headings: list[str]) -> Iterator[LineProblem]:
    if len(headings) > MOST_COLUMNS:
        sentence = _("has %(n)s columns; more than %(most)s are too many")
        yield LineProblem(line, "", Said(sentence, n=len(headings), most=MOST_COLUMNS))
        return
    seen: set[str] = set()
    for position, heading in enumerate(headings, start=1):
        shown = heading if heading.isprintable() and heading else f"column {position}"
        if not heading:
            yield LineProblem(line, shown, Said(_("this column has no heading")))
        elif len(heading) > LONGEST_HEADING:
            message = Said(_("is longer than %(n)s letters"), n=LONGEST_HEADING)
            yield LineProblem(line, f"column {position}", message)
        elif not heading.isprintable():
            message = Said(_("this column is not known: its heading cannot be printed"))
            yield LineProblem(line, shown, message)
        elif heading.lower() in seen:
            yield LineProblem(line, shown.lower(), Said(_("this column is there twice")))
        seen.add(heading.lower())


def _decode(content: bytes) -> str:
    """Return the text; bytes that are none stay in it as lone surrogates, to be named later."""
    if content.startswith(UTF16_MARKS):
        try:
            return content.decode("utf-16", errors="surrogatepass")
        except UnicodeDecodeError as error:
            raise _refusal(NOT_UTF8) from error
    return content.decode("utf-8-sig", errors="surrogateescape")


def _read_csv(text: str) -> Iterator[tuple[int, Sequence[object]]]:
    try:
        yield from read_csv(text)
    except BrokenCsvError as error:
        message = Said(_("is not a line of a CSV file: %(reason)s"), reason=str(error))
        raise RosterError((LineProblem(error.line, "", message),)) from error


def _refusal(message: Said) -> RosterError:
    return RosterError((LineProblem(1, "", message),))
