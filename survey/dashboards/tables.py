"""A table of a page as a file: the printed values, nothing finer, and how they were made.

Every figure that leaves a page leaves through here, so that text which a spreadsheet would run is
marked as text in one place.
"""

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO, StringIO

from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.text import slugify
from xlsxwriter import Workbook

Value = str | int | float | None
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
FORMATS = ("csv", "xlsx")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST_SHEET_NAME = 31


@dataclass(frozen=True, slots=True)
class Table:
    """One table to take along; notes say how it was made, as (what, value)."""

    title: str
    columns: tuple[str, ...]
    rows: Iterable[Sequence[Value]]
    notes: tuple[tuple[str, Value], ...] = ()


def respond_with(table: Table, *, as_format: str) -> HttpResponseBase:
    """Answer with a table as a file to keep, CSV (streamed) or XLSX."""
    name = f"{slugify(table.title)}.{as_format}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    if as_format == "csv":
        lines = write_csv(table)
        return StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8", headers=headers)
    return HttpResponse(write_xlsx(table), content_type=XLSX, headers=headers)


def write_csv(table: Table) -> Iterator[str]:
    """Yield the lines of a table, its notes below it after an empty line."""
    yield _line(table.columns)
    for row in table.rows:
        yield _line(row)
    if table.notes:
        yield _line([])
    for note in table.notes:
        yield _line(note)


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
            sheet.write_row(place, 0, [_safe(value) for value in row])
        sheet.autofit()
        about = book.add_worksheet("How it was made")
        for place, note in enumerate(table.notes):
            about.write_row(place, 0, [_safe(value) for value in note])
        about.set_column(0, 1, 40)
    return out.getvalue()


def _line(values: Sequence[Value]) -> str:
    out = StringIO()
    csv.writer(out).writerow(["" if value is None else _safe(value) for value in values])
    return out.getvalue()


def _safe(value: Value) -> Value:
    """Mark text that a spreadsheet would take for a formula."""
    if isinstance(value, str) and value.startswith(FORMULA_STARTS):
        return f"'{value}"
    return value


def _sheet_name(title: str) -> str:
    kept = "".join(" " if letter in "[]:*?/\\'" else letter for letter in title)
    return kept.strip()[:LONGEST_SHEET_NAME] or "Table"
