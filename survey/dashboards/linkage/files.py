"""The tables of the page to take along: the printed values, nothing finer."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from survey.dashboards.filters import choose
from survey.dashboards.linkage.method import write_notes
from survey.dashboards.linkage.pages import LinkagePage
from survey.dashboards.linkage.units import Unit
from survey.dashboards.tables import Table, Value
from survey.linkage.printed import Margin

UNIT_COLUMNS = (
    "team", "part", "staff_mean", "staff_low", "staff_high", "staff_answers",
    "customer_mean", "customer_low", "customer_high", "customer_answers",
)  # fmt: skip
THEME_COLUMNS = (
    "staff_question", "customer_question", "teams", "r", "low", "high", "q_value", "evidence",
    "reason",
)  # fmt: skip
LAG_COLUMNS = ("periods_later", "r", "low", "high", "teams")

Writer = Callable[[LinkagePage], tuple[str, tuple[str, ...], list[Sequence[Value]]]]


def write_table(page: LinkagePage, name: str | None) -> Table:
    """Return one table of the page with how it was made; the teams unless another is named."""
    title, columns, rows = WRITERS[choose(name, dict.fromkeys(WRITERS, ""))](page)
    return Table(title, columns, rows, write_notes(page))


def _write_units(page: LinkagePage) -> tuple[str, tuple[str, ...], list[Sequence[Value]]]:
    return "Inside and outside, teams", UNIT_COLUMNS, [_write_unit(unit) for unit in page.units]


def _write_unit(unit: Unit) -> Sequence[Value]:
    return (unit.name, unit.part, *_write_side(unit.inside), *_write_side(unit.outside))


def _write_side(side: Margin) -> Sequence[Value]:
    return (*(_printed(end) for end in (side.mean, side.low, side.high)), side.n)


def _write_themes(page: LinkagePage) -> tuple[str, tuple[str, ...], list[Sequence[Value]]]:
    rows: list[Sequence[Value]] = [
        (
            cell.ex_name, cell.cx_name, cell.finding.n_teams, cell.finding.r, cell.finding.low,
            cell.finding.high, cell.q_value, cell.word, cell.finding.reason,
        )
        for cell in page.themes.cells
    ]  # fmt: skip
    return "Inside and outside, themes", THEME_COLUMNS, rows


def _write_lags(page: LinkagePage) -> tuple[str, tuple[str, ...], list[Sequence[Value]]]:
    points: Sequence[Mapping[str, Any]] = page.result.numbers.get("lags", {}).get("points", ())
    shown = points if page.finding.has_coefficient else ()
    rows: list[Sequence[Value]] = [
        tuple(point[name] for name in ("lag", "r", "low", "high", "n_teams")) for point in shown
    ]
    return "Inside and outside, lags", LAG_COLUMNS, rows


def _printed(value: float | None) -> float | None:
    return None if value is None else round(value, 1)


WRITERS: Mapping[str, Writer] = {
    "units": _write_units,
    "themes": _write_themes,
    "lags": _write_lags,
}
