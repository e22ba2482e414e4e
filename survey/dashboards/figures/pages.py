"""The page of all released figures: how many were chosen, and a hundred of them at a time."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from survey.aggregation.listing import count_figures
from survey.dashboards.access import Reader
from survey.dashboards.figures.choices import ALL, Chosen, Dated, choose_figures
from survey.dashboards.figures.groups import Named, read_groups
from survey.dashboards.figures.rows import COLUMNS, read_rows
from survey.dashboards.filters import Filter, UnknownChoiceError
from survey.dashboards.moments import Moment, read_moments
from survey.dashboards.tables import Value

ROWS_OF_A_PAGE = 100
MOST_XLSX_ROWS = 20_000


Keyed = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class FiguresPage:
    """One page of the chosen figures; rows are keyed by column, addresses are queries."""

    filters: tuple[Filter, ...]
    rows: tuple[Keyed, ...]
    n_rows: int
    number: int
    n_pages: int
    moments: tuple[Moment, ...]
    csv_address: str
    all_address: str  # of all periods
    xlsx_address: str  # none where there are too many rows for a spreadsheet
    previous_address: str
    next_address: str

    @property
    def most_xlsx_rows(self) -> int:
        """Return how many rows a spreadsheet may have."""
        return MOST_XLSX_ROWS

    @property
    def first(self) -> int:
        """Return the place of the first row, counted from 1."""
        return (self.number - 1) * ROWS_OF_A_PAGE + 1

    @property
    def last(self) -> int:
        """Return the place of the last row."""
        return self.first + len(self.rows) - 1


@dataclass(frozen=True, slots=True)
class _Part:
    """One release, which of its groups are within reach, and how many figures they show."""

    dated: Dated
    groups: Named
    n_rows: int


def build_figures_page(
    *, reader: Reader, wanted: Mapping[str, str], now: datetime
) -> FiguresPage | None:
    """Count what a reader chose and read one page of it; None: nothing is released to them."""
    chosen = choose_figures(reader=reader, wanted=wanted)
    if chosen is None:
        return None
    parts = [_count(chosen, dated) for dated in chosen.releases]
    n_rows = sum(part.n_rows for part in parts)
    n_pages = max(1, -(-n_rows // ROWS_OF_A_PAGE))
    number = _read_number(wanted.get("page"), n_pages)
    return FiguresPage(
        filters=chosen.filters,
        rows=tuple(_read_page(chosen, parts, (number - 1) * ROWS_OF_A_PAGE)),
        n_rows=n_rows,
        number=number,
        n_pages=n_pages,
        moments=tuple(_read_moments(chosen, now)),
        csv_address=chosen.address(format="csv"),
        all_address=chosen.address(format="csv", period=ALL),
        xlsx_address=chosen.address(format="xlsx") if n_rows <= MOST_XLSX_ROWS else "",
        previous_address=chosen.address(page=str(number - 1)) if number > 1 else "",
        next_address=chosen.address(page=str(number + 1)) if number < n_pages else "",
    )


def _read_moments(chosen: Chosen, now: datetime) -> Iterator[Moment]:
    """Say when the figures were made; months and quarters that begin alike are two periods."""
    for length in sorted({one.length for one in chosen.releases}):
        dated = [one for one in chosen.releases if one.length == length]
        campaigns = list({one.campaign.pk: one.campaign for one in dated}.values())
        yield from read_moments(campaigns=campaigns, period=length, start=dated[0].start, now=now)


def _count(chosen: Chosen, dated: Dated) -> _Part:
    groups = read_groups(wave=dated.release.wave, reach=chosen.reach)
    n_rows = count_figures(release=dated.release, metric=chosen.metric, group_ids=groups.ids)
    return _Part(dated, groups, n_rows)


def _read_number(wanted: str | None, n_pages: int) -> int:
    number = int(wanted) if wanted and wanted.isascii() and wanted.isdigit() else 1
    if not 1 <= number <= n_pages or (wanted and str(number) != wanted):
        raise UnknownChoiceError(wanted)
    return number


def _read_page(chosen: Chosen, parts: Iterable[_Part], start: int) -> Iterator[Keyed]:
    """Yield the rows of one page, which may begin in one release and end in another."""
    wanted = ROWS_OF_A_PAGE
    for part in parts:
        end = min(start + wanted, part.n_rows)
        if start < end:
            wanted -= end - start
            for row in read_rows(chosen, part.dated, part.groups, start=start, end=end):
                yield dict(zip(COLUMNS, row, strict=True))
        start = max(start - part.n_rows, 0)
