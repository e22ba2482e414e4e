"""The sheets of an XLSForm (.xlsx), looked through before anything is unpacked in memory."""

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from python_calamine import CalamineWorkbook

from survey.organization.archives import (
    BOOK,
    DAMAGES,
    OLE_MARK,
    SHEETS,
    TEXTS,
    ZIP_MARK,
    number_of,
    panics_as_errors,
)
from survey.questionnaires.importers.reports import ImportRefusedError, Report
from survey.questionnaires.importers.telling import tell as _

MOST_PARTS = 500
PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
LARGEST_UNPACKED = 60 * 1024 * 1024  # bytes
MOST_RATIO = 200
MOST_ROWS, MOST_COLUMNS, MOST_CELLS = 20_000, 300, 1_000_000
MOST_TEXT = 50_000_000  # characters, once every cell holds its own copy
PLACE = re.compile(rb"""\br\s*=\s*["']([A-Za-z]{1,9})?([0-9]{1,12})["']""")
FORM_SHEETS = ("survey", "choices", "settings")

Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a sheet with its number: cells by heading, the empty ones left out."""

    number: int
    cells: Row


@dataclass(frozen=True, slots=True)
class Sheet:
    """The headings of a sheet and its lines."""

    headings: tuple[str, ...]
    lines: tuple[Line, ...]


EMPTY = Sheet((), ())


def read_sheets(data: bytes, report: Report) -> dict[str, Sheet]:
    """Return the sheets of a form by their names, or refuse what cannot be read safely."""
    with _open_book(data) as book:
        return _sheets(book, report)


def read_first_rows(data: bytes) -> list[list[str]]:
    """Return the cells of a workbook's first sheet, or refuse what cannot be read safely."""
    with _open_book(data) as book:
        rows = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
        return [list(map(_text, row)) for row in rows]


@contextmanager
def _open_book(data: bytes) -> Iterator[CalamineWorkbook]:
    if data.startswith(OLE_MARK):
        raise _refusal(_("is an old spreadsheet or has a password; save it as .xlsx without one"))
    if not data.startswith(ZIP_MARK):
        raise _refusal(_("is no spreadsheet of the kind .xlsx"))
    try:
        _look_through(data)
        with panics_as_errors():
            yield CalamineWorkbook.from_object(io.BytesIO(data))
    except DAMAGES as error:
        raise _refusal(_("is damaged, or no spreadsheet of the kind .xlsx")) from error


def _look_through(data: bytes) -> None:
    """Refuse archives with passwords, traps and cells that stand far out."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        infos = archive.infolist()
        is_plain = all(info.compress_type in PACKINGS for info in infos)
        if len(infos) > MOST_PARTS or BOOK not in archive.namelist() or not is_plain:
            raise zipfile.BadZipFile
        if any(info.flag_bits & 1 for info in infos):
            raise _refusal(_("has a password; save it without one"))
        size = sum(info.file_size for info in infos)
        if size > LARGEST_UNPACKED or size > MOST_RATIO * len(data):
            raise _refusal(_("is packed so tightly that it must be a trap: it was not unpacked"))
        n_values = longest = 0
        for info in infos:
            part = archive.read(info)  # the archive compares size and check sum at the end
            if info.filename.startswith(SHEETS):
                _check_places(part)
                n_values += part.count(b"v>") // 2
            elif info.filename == TEXTS:
                longest = _longest_text(part)
        if n_values * longest > MOST_TEXT:
            raise _refusal(_("repeats a long text so often that it would fill the memory"))


def _check_places(part: bytes) -> None:
    if b"<!DOCTYPE" in part or b"<!ENTITY" in part:
        raise zipfile.BadZipFile
    furthest_row = furthest_column = 0
    for found in PLACE.finditer(part):
        furthest_row = max(furthest_row, int(found[2]))
        furthest_column = max(furthest_column, number_of(found[1] or b"A"))
    is_far = furthest_row > MOST_ROWS or furthest_column > MOST_COLUMNS
    if is_far or furthest_row * furthest_column > MOST_CELLS:
        raise _refusal(_("has cells that stand too far out to belong to a form"))


def _longest_text(part: bytes) -> int:
    if b"<!" in part:
        raise zipfile.BadZipFile
    ends = [found.start() for found in re.finditer(rb"</(?:\w+:)?si>", part)]
    return max(
        (end - begin for begin, end in zip([0, *ends], ends, strict=False)), default=len(part)
    )


def _sheets(book: CalamineWorkbook, report: Report) -> dict[str, Sheet]:
    sheets = {}
    for name in book.sheet_names:
        known = name.strip().lower()
        if known in FORM_SHEETS and known not in sheets:
            rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
            sheets[known] = _sheet(known, rows, report)
        else:
            where = _("sheet “%(name)s”") % {"name": name}
            report.add(where, _("all of it"), _("only survey, choices and settings are read"))
    if "survey" not in sheets:
        raise _refusal(_("has no sheet “survey”: it is no XLSForm"))
    return sheets


def _sheet(name: str, rows: Sequence[Sequence[object]], report: Report) -> Sheet:
    at = next((at for at, row in enumerate(rows) if any(cell != "" for cell in row)), None)
    if at is None:
        return EMPTY
    headings: list[str] = []
    for cell in rows[at]:
        heading = _heading(_text(cell))
        if heading and heading in headings:
            where = _("sheet “%(name)s”") % {"name": name}
            what = _("the second column “%(heading)s”") % {"heading": heading}
            report.add(where, what, _("the column stands twice"))
            heading = ""
        headings.append(heading)
    lines = []
    for number, row in enumerate(rows[at + 1 :], start=at + 2):
        pairs = zip(headings, map(_text, row), strict=False)
        cells = {heading: text for heading, text in pairs if heading and text}
        if cells:
            lines.append(Line(number, cells))
    return Sheet(tuple(filter(None, headings)), tuple(lines))


def _heading(said: str) -> str:
    """Return a heading with its language behind “::”, whatever way it is written."""
    first, *rest = re.split(r"::?", said.strip(), maxsplit=1)
    name = re.sub(r"[\s-]+", "_", first.strip().lower())
    return "::".join([name, *(part.strip() for part in rest)])


def _text(cell: object) -> str:
    """Return a cell as text; whole numbers without the point that sheets give them."""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime | date | time):
        return cell.isoformat()[:10] if not isinstance(cell, time) else cell.isoformat()
    if isinstance(cell, timedelta):
        return str(cell)
    return str(cell)


def _refusal(why: str) -> ImportRefusedError:
    return ImportRefusedError(_("the file"), why)
