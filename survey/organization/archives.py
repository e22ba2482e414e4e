"""What every reader of spreadsheets (.xlsx: a zip of XML) knows of them and of how they break."""

import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from python_calamine import CalamineError

ZIP_MARK = b"PK\x03\x04"
OLE_MARK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # old spreadsheets, and those with a password
BOOK = "xl/workbook.xml"
TEXTS = "xl/sharedStrings.xml"
SHEETS = "xl/worksheets/"
DAMAGES = (  # what a broken file can end in
    CalamineError,
    EOFError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
    struct.error,
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
)


def is_workbook(content: bytes) -> bool:
    """Tell whether a file is a spreadsheet or an archive, and not text."""
    return content.startswith((ZIP_MARK, OLE_MARK))


@contextmanager
def panics_as_errors() -> Iterator[None]:
    """Raise CalamineError where the reader, which is written in Rust, gives up by a panic."""
    try:
        yield
    except BaseException as error:
        if type(error).__name__ == "PanicException":  # it cannot be imported, and is no Exception
            raise CalamineError(str(error)) from None
        raise


def number_of(letters: bytes) -> int:
    """Return the number of the column that is called by letters: 1 for A."""
    number = 0
    for letter in letters.upper():
        number = 26 * number + letter - 64
    return number
