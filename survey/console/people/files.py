"""Differences as a file to take along; nothing in it runs in a spreadsheet."""

import csv
from io import StringIO

from django.http import HttpResponse
from django.utils.text import slugify

from survey.organization.models import RosterImport
from survey.organization.summaries import list_changes

COLUMNS = ("who", "what", "before", "after", "from", "also")
FORMULA_STARTS = tuple("=+-@\t\r\n")


def respond_with_difference(roster: RosterImport) -> HttpResponse:
    """Answer with the lines of a difference that were kept, as CSV."""
    out = StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for one in list_changes(roster.difference):
        cells = (one.name, one.kind, one.before, one.after, str(one.from_date))
        writer.writerow([as_text(cell) for cell in (*cells, "; ".join(one.details))])
    name = slugify(roster.name.rpartition(".")[0]) or "roster"
    headers = {"Content-Disposition": f'attachment; filename="{name}-differences.csv"'}
    return HttpResponse(out.getvalue(), content_type="text/csv; charset=utf-8", headers=headers)


def as_text(cell: str) -> str:
    """Return a cell that every spreadsheet takes for text, whatever it begins with."""
    return f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell
