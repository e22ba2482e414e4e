"""Spreadsheets (XLSX) as lines of cells, looked through before anything is unpacked in memory.

A spreadsheet is a zip of XML. Its sizes are checked by unpacking piece by piece; cells far away,
long texts that many cells share and merged cells are refused by where they stand.
"""

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_noop as _
from python_calamine import CalamineSheet, CalamineWorkbook, SheetVisibleEnum

from survey.organization.archives import (
    BOOK,
    DAMAGES,
    OLE_MARK,
    SHEETS,
    TEXTS,
    number_of,
    panics_as_errors,
)
from survey.organization.files import LineProblem, Said
from survey.organization.lines import RosterError

MOST_PARTS = 1000
LARGEST_UNPACKED = 400 * 1024 * 1024  # bytes
MOST_RATIO = 200  # a sheet of names packs about tenfold
LONGEST_TEXT = 1000  # letters in one cell
MOST_CELLS = 12_000_000  # up to the furthest one, empty or not
MOST_TEXT = 1024**3  # bytes, once every cell holds its own copy
PIECE = 1024 * 1024
DAMAGED = _("the file is damaged, or no spreadsheet of the kind .xlsx")
TOO_FAR = _("stands too far out to belong to a roster")
SHARED_MARK = re.compile(rb"<(/?)(?:\w+:)?si\b([^<>]*)>")
SHARED_CELL = re.compile(rb"<(?:\w+:)?c\b([^<>]*)>\s*<(?:\w+:)?v>(\d{1,9})<")
SHARED_INDEX = re.compile(rb"<(?:\w+:)?v[^>]{0,99}>\s*(\d{1,9})\s*<")
PLACE = re.compile(rb"""\br\s*=\s*["']([A-Za-z]{1,9})?([0-9]{1,12})["']""")


@dataclass(frozen=True, slots=True)
class Workbook:
    """The lines of a workbook's first visible sheet with their numbers; how to call it empty."""

    lines: Iterator[tuple[int, Sequence[object]]]
    n_lines: int
    emptiness: Said


def read_workbook(content: bytes, *, most_columns: int, most_lines: int) -> Workbook:
    """Return the first visible sheet, or raise RosterError where it cannot be read safely."""
    if content.startswith(OLE_MARK):
        raise _refusal(
            _("the file is an old spreadsheet or has a password; save it as .xlsx without one")
        )
    try:
        parts = _unpack(content)
        _check_places(parts, most_columns=most_columns, most_lines=most_lines)
        _check_texts(parts)
        with panics_as_errors():
            book = CalamineWorkbook.from_object(io.BytesIO(content))
            sheet, emptiness = _first_sheet(book)
    except DAMAGES as error:
        raise _refusal(DAMAGED) from error
    _refuse_merged(sheet)
    return Workbook(_read_lines(sheet), sheet.total_height, emptiness)


def _unpack(content: bytes) -> dict[str, bytes]:
    """Return the parts that hold cells and texts, once the sizes of all are known to be true."""
    kept = {}
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        infos = archive.infolist()
        if len(infos) > MOST_PARTS or BOOK not in archive.namelist():
            raise zipfile.BadZipFile
        if any(info.flag_bits & 1 for info in infos):
            raise _refusal(_("the file has a password; save it without one"))
        size = sum(info.file_size for info in infos)
        if size > LARGEST_UNPACKED or size > MOST_RATIO * len(content):
            raise _refusal(
                _("the file is packed so tightly that it must be a trap: it was not unpacked")
            )
        for info in infos:
            with archive.open(info) as part:
                if info.filename == TEXTS or info.filename.startswith(SHEETS):
                    kept[info.filename] = part.read()
                else:
                    while part.read(PIECE):
                        pass  # the archive itself compares the size and the check sum at the end
    return kept


def _check_places(parts: dict[str, bytes], *, most_columns: int, most_lines: int) -> None:
    """Refuse cells so far away that the table up to them would fill the memory."""
    for name, part in parts.items():
        if name == TEXTS:
            continue
        if b"<!DOCTYPE" in part or b"\x00" in part[:64]:
            raise zipfile.BadZipFile
        far = _first_far(part, most_columns, most_lines)
        if far is not None:
            line, letters = far
            raise RosterError((LineProblem(line, f"column {letters}", Said(TOO_FAR)),))


def _first_far(part: bytes, most_columns: int, most_lines: int) -> tuple[int, str] | None:
    numbers: dict[bytes, int] = {b"": 0}
    last_line = last_column = 0
    for match in PLACE.finditer(part):
        letters, line = match[1] or b"", int(match[2])
        column = numbers.get(letters) or numbers.setdefault(letters, number_of(letters))
        last_line, last_column = max(last_line, line), max(last_column, column)
        is_far = line > most_lines or column > most_columns
        if is_far or last_line * last_column > MOST_CELLS:
            return line, letters.decode().upper() or "A"
    return None


def _check_texts(parts: dict[str, bytes]) -> None:
    """Refuse long texts by the first cell that holds one, and texts that too many cells share."""
    texts = parts.get(TEXTS, b"")
    if b"<!" in texts:  # a comment could pretend that a text has ended
        raise zipfile.BadZipFile
    sizes = []
    for index, size in enumerate(_sizes_of(texts)):
        sizes.append(size)
        if size > 8 * LONGEST_TEXT:
            line, column = _find_text(parts, index)
            raise RosterError(
                (
                    LineProblem(
                        line, column, Said(_("is longer than %(n)s letters"), n=LONGEST_TEXT)
                    ),
                )
            )
    sheets = [part for name, part in parts.items() if name != TEXTS]
    n_values = sum(part.count(b"v>") for part in sheets)
    if n_values * max(sizes, default=0) <= MOST_TEXT:
        return
    found = (int(index) for part in sheets for index in SHARED_INDEX.findall(part))
    if sum(sizes[index] for index in found if index < len(sizes)) > MOST_TEXT:
        raise _refusal(_("the file repeats a long text so often that it would fill the memory"))


def _sizes_of(texts: bytes) -> Iterator[int]:
    """Yield the size of each shared text, looking at every byte once however they are nested."""
    begins: int | None = None
    for mark in SHARED_MARK.finditer(texts):
        if mark[1]:
            if begins is not None:
                yield mark.start() - begins
            begins = None
        elif begins is None and mark[2].endswith(b"/"):
            yield 0
        elif begins is None:
            begins = mark.end()


def _find_text(parts: dict[str, bytes], index: int) -> tuple[int, str]:
    for name, part in parts.items():
        cells = () if name == TEXTS else SHARED_CELL.finditer(part)
        for cell in cells:
            place = PLACE.search(cell[1]) if int(cell[2]) == index else None
            if place is not None and place[1]:
                return int(place[2]), f"column {place[1].decode().upper()}"
    return 1, ""


def _first_sheet(book: CalamineWorkbook) -> tuple[CalamineSheet, Said]:
    visible = [one.name for one in book.sheets_metadata if one.visible == SheetVisibleEnum.Visible]
    if not visible:
        raise _refusal(_("the file has no visible sheet"))
    name = visible[0]
    sheet = book.get_sheet_by_name(name)
    if len(visible) == 1:
        return sheet, Said(_("the sheet %(name)s is empty"), name=repr(name))
    sentence = _("the sheet %(name)s, the first of %(n)s, is empty")
    return sheet, Said(sentence, name=repr(name), n=len(visible))


def _refuse_merged(sheet: CalamineSheet) -> None:
    merged = sheet.merged_cell_ranges
    if merged:
        (line, column), _end = min(merged)
        message = Said(_("is merged with other cells; split them, so that every line says its own"))
        raise RosterError((LineProblem(line + 1, f"column {_letters_of(column)}", message),))


def _letters_of(column: int) -> str:
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _read_lines(sheet: CalamineSheet) -> Iterator[tuple[int, Sequence[object]]]:
    try:
        with panics_as_errors():
            rows = sheet.to_python(skip_empty_area=False)
    except DAMAGES as error:
        raise _refusal(DAMAGED) from error
    for line, cells in enumerate(rows, start=1):
        if any(cell != "" for cell in cells):
            yield line, cells


def _refusal(sentence: str) -> RosterError:
    return RosterError((LineProblem(1, "", Said(sentence)),))
