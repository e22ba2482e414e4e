"""All pairs of scales of one study as a table: the number in every cell, and what it is worth."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from survey.dashboards.linkage.findings import Finding, print_q, read_finding
from survey.linkage.models import Result
from survey.statistics.evidence import Q_LIMIT

STEPS = (0.1, 0.2, 0.3, 0.4)
CLEAR = 0.05


@dataclass(frozen=True, slots=True)
class Cell:
    """One pair with its finding; q_value is None where too few teams can be compared."""

    ex_name: str
    cx_name: str
    finding: Finding
    q_value: float | None
    address: str
    is_chosen: bool

    @property
    def word(self) -> str:
        """Say in a word how good the evidence is."""
        return self.finding.word

    @property
    def shade(self) -> str:
        """Return the step of the heat scale; only what chance among many leaves has a colour."""
        if self.q_value is None or self.q_value >= Q_LIMIT:
            return "" if self.finding.r is None else "h0"
        return shade(self.finding.r)

    @property
    def q(self) -> str:
        """Return q as printed."""
        return "" if self.q_value is None else print_q(self.q_value)

    @property
    def is_clear(self) -> bool:
        """Say whether it would stand out among all pairs tested."""
        return self.q_value is not None and self.q_value < CLEAR


@dataclass(frozen=True, slots=True)
class Themes:
    """Rows are staff scales, columns customer scales; an absent pair is None."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Cell | None, ...]], ...]
    n_tested: int

    @property
    def cells(self) -> list[Cell]:
        """Return all pairs there are, row by row."""
        return [cell for _, cells in self.rows for cell in cells if cell is not None]

    @property
    def is_shown(self) -> bool:
        """Say whether there is more than the one pair that the page is about."""
        return len(self.cells) > 1

    @property
    def has_hidden(self) -> bool:
        """Say whether some pair has too few teams for a number."""
        return any(not cell.finding.has_coefficient for cell in self.cells)


def build_themes(
    results: Sequence[Result],
    *,
    chosen: Result,
    names: Mapping[str, str],
    n_tested: int,
    address: Callable[[Result], str],
) -> Themes:
    """Lay out the results of one study as a table of scales."""
    by_pair = {(result.ex_scale, result.cx_scale): result for result in results}
    rows = list(dict.fromkeys(result.ex_scale for result in results))
    columns = list(dict.fromkeys(result.cx_scale for result in results))

    def cell(row: str, column: str) -> Cell | None:
        result = by_pair.get((row, column))
        if result is None:
            return None
        finding = read_finding(result)
        return Cell(
            names.get(row, row),
            names.get(column, column),
            finding,
            result.numbers.get("q_value") if finding.has_coefficient else None,
            address(result),
            result.pk == chosen.pk,
        )

    return Themes(
        columns=tuple(names.get(code, code) for code in columns),
        rows=tuple(
            (names.get(row, row), tuple(cell(row, column) for column in columns)) for row in rows
        ),
        n_tested=n_tested,
    )


def shade(r: float | None) -> str:
    """Return the step of the heat scale: five for links upwards, one for links downwards."""
    if r is None:
        return ""
    if r <= -STEPS[0]:
        return "hn"
    return f"h{sum(r >= step for step in STEPS)}"
