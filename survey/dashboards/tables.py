"""A table of a page as a file: the printed values, nothing finer, and how they were made.

Every figure that leaves a page leaves through here, so that text which a spreadsheet would run is
marked as text in one place.
"""

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO, StringIO
from itertools import chain, islice

import pandas as pd
from django.conf import settings
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.text import slugify
from django.utils.translation import override
from xlsxwriter import Workbook

Value = str | int | float | None
FORMULA_STARTS = frozenset("=+-@\t\r\n")
FORMATS = ("csv", "xlsx")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST_SHEET_NAME = 31
LINES_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Table:
    """One table to take along; notes say how it was made, as (what, value).

    Notes are read after the rows, so they may say what is known only then: how many there were.
    """

    title: str
    columns: tuple[str, ...]
    rows: Iterable[Sequence[Value]]
    notes: Iterable[tuple[str, Value]] = ()


def respond_with(table: Table, *, as_format: str) -> HttpResponseBase:
    """Answer with a table as a file to keep, CSV (streamed) or XLSX."""
    name = f"{slugify(table.title)}.{as_format}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    if as_format == "csv":
        lines = _in_english(write_csv(table))
        return StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8", headers=headers)
    return HttpResponse(write_xlsx(table), content_type=XLSX, headers=headers)


def write_csv(table: Table) -> Iterator[str]:
    """Yield the head of a table, then some hundred lines at a time, its notes below a gap."""
    lines = chain(table.rows, _set_apart(table.notes))
    some: list[Sequence[Value]] = [table.columns]
    out = StringIO(newline="")
    writer = csv.writer(out)
    while some:
        writer.writerows(map(_make_safe, some))
        yield out.getvalue()
        out.seek(0)
        out.truncate()
        some = list(islice(lines, LINES_AT_ONCE))


def write_xlsx(table: Table) -> bytes:
    """Return a workbook of two sheets: the table, and how it was made."""
    out = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(out, options) as book:
        bold = book.add_format({"bold": True})
        sheet = book.add_worksheet(_sheet_name(table.title))
        sheet.write_row(0, 0, table.columns, bold)
        sheet.freeze_panes(1, 1)
        for place, row in enumerate(table.rows, start=1):
            sheet.write_row(place, 0, _make_safe(row))
        sheet.autofit()
        about = book.add_worksheet("How it was made")
        for place, note in enumerate(table.notes):
            about.write_row(place, 0, _make_safe(note))
        about.set_column(0, 1, 40)
    return out.getvalue()


def write_frame(frame: pd.DataFrame) -> str:
    """Return a frame as CSV for a script to read, its numbers as they are."""
    marked = frame.copy()
    for name, words in frame.select_dtypes(exclude="number").items():
        marked[name] = pd.Series([_make_safe([word])[0] for word in words], frame.index)
    return marked.to_csv(index=False)


def _in_english(lines: Iterator[str]) -> Iterator[str]:
    """Pass lines on that are written in English, whatever is spoken while they are sent."""
    while True:
        with override(settings.LANGUAGE_CODE):
            line = next(lines, None)
        if line is None:
            return
        yield line


def _set_apart(notes: Iterable[tuple[str, Value]]) -> Iterator[Sequence[Value]]:
    for place, note in enumerate(notes):
        if place == 0:
            yield ()
        yield note


def _make_safe(row: Sequence[Value]) -> list[Value]:
    """Mark text that a spreadsheet would take for a formula."""
    return [
        f"'{value}" if isinstance(value, str) and value[:1] in FORMULA_STARTS else value
        for value in row
    ]


def _sheet_name(title: str) -> str:
    kept = "".join(" " if letter in "[]:*?/\\'" else letter for letter in title)
    return kept.strip()[:LONGEST_SHEET_NAME] or "Table"
