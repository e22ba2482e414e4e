"""The figures behind a chart as a file: the printed values, nothing finer."""

import csv
from io import StringIO

from survey.dashboards.linkage.pages import LinkagePage

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
COLUMNS = (
    "team", "part", "staff_mean", "staff_low", "staff_high", "staff_answers",
    "customer_mean", "customer_low", "customer_high", "customer_answers",
)  # fmt: skip


def write_units(page: LinkagePage) -> str:
    """Write the drawn teams as CSV; text that a spreadsheet would run is marked as text."""
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for unit in page.units:
        sides = (
            value
            for side in (unit.inside, unit.outside)
            for value in (*map(_printed, (side.mean, side.low, side.high)), side.n)
        )
        writer.writerow([_as_text(unit.name), _as_text(unit.part), *sides])
    return out.getvalue()


def _printed(value: float | None) -> str:
    return "" if value is None else f"{value:.1f}"


def _as_text(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text
