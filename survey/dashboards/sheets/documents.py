"""A document of headings, paragraphs and tables, shown as a page and written as Markdown."""

from collections.abc import Iterator
from dataclasses import dataclass

Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: what stands above its columns, and its rows; the first cell names the row."""

    columns: Row
    rows: tuple[Row, ...]
    is_english: bool = False  # its second column is, whatever language the others are in

    @property
    def labelled_rows(self) -> tuple[tuple[tuple[str, str], ...], ...]:
        """Return the rows, each cell with what stands above its column."""
        return tuple(tuple(zip(self.columns, row, strict=True)) for row in self.rows)


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with paragraphs, points and a table; a long one is folded on the page."""

    title: str
    paragraphs: tuple[str, ...] = ()
    points: tuple[str, ...] = ()
    grid: Grid | None = None
    is_long: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document."""

    title: str
    lead: str
    sections: tuple[Section, ...]


def write_markdown(document: Document) -> str:
    """Return a document as Markdown."""
    return "\n".join(_lines(document))


def _lines(document: Document) -> Iterator[str]:
    yield from (f"# {document.title}", "", document.lead, "")
    for section in document.sections:
        yield from (f"## {section.title}", "")
        for paragraph in section.paragraphs:
            yield from (paragraph, "")
        if section.points:
            yield from (*(f"- {point}" for point in section.points), "")
        if section.grid:
            yield from (*_table(section.grid), "")


def _table(grid: Grid) -> Iterator[str]:
    yield _row(grid.columns)
    yield _row(("---",) * len(grid.columns))
    yield from map(_row, grid.rows)


def _row(cells: Row) -> str:
    told = (cell.replace("|", r"\|").replace("\n", " ") for cell in cells)
    return f"| {' | '.join(told)} |"
