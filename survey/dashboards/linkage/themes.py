"""All pairs of scales of one study as a table: the number in every cell, and what it is worth."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from survey.dashboards.linkage.findings import read_finding
from survey.linkage.models import Result

STEPS = (0.1, 0.2, 0.3, 0.4)


@dataclass(frozen=True, slots=True)
class Cell:
    """One pair; r is None where too few teams can be compared."""

    r: float | None
    word: str
    shade: str
    address: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Themes:
    """Rows are staff scales, columns customer scales; an absent pair is None."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Cell | None, ...]], ...]
    n_pairs: int

    @property
    def is_shown(self) -> bool:
        """Say whether there is more than the one pair that the page is about."""
        return self.n_pairs > 1


def build_themes(
    results: Sequence[Result],
    *,
    chosen: Result,
    names: Mapping[str, str],
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
            finding.r,
            finding.chip.removeprefix("Evidence: "),
            shade(finding.r),
            address(result),
            result.pk == chosen.pk,
        )

    return Themes(
        columns=tuple(names.get(code, code) for code in columns),
        rows=tuple(
            (names.get(row, row), tuple(cell(row, column) for column in columns)) for row in rows
        ),
        n_pairs=len(results),
    )


def shade(r: float | None) -> str:
    """Return the step of the heat scale: five for links upwards, one for links downwards."""
    if r is None:
        return ""
    if r <= -STEPS[0]:
        return "hn"
    return f"h{sum(r >= step for step in STEPS)}"
