"""Files that no roster should ever be, each with where it is wrong; written for this purpose."""

import io
import random
import re
import zipfile
from collections.abc import Callable

from tests.organization.arrivals import csv_of, xlsx_of

HEAD = ("person_id", "name", "email", "team", "team_name", "parent", "leader")
GOOD = ("1", "Ana", "ana@example.org", "bakery", "Bakery", "", "")
GOOD_LINE = ",".join(GOOD)
EVERYTHING = (
    "person_id,name,email,team,team_name,parent,leader,from,phone,time_zone,manager,closed,"
    "succeeded_by,language"
)


def wide(*lines: str) -> bytes:
    """Return a CSV file with every column we know."""
    return csv_of(*lines, header=EVERYTHING)


def doctored(change: Callable[[str, bytes], bytes], *rows: tuple[object, ...]) -> bytes:
    """Return a spreadsheet whose parts have been changed."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(xlsx_of(HEAD, *(rows or (GOOD,))))) as good,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as bad,
    ):
        for name in good.namelist():
            bad.writestr(name, change(name, good.read(name)))
    return out.getvalue()


def in_sheet(old: bytes, new: bytes) -> bytes:
    """Return a spreadsheet whose sheet says something else."""
    return doctored(
        lambda name, part: part.replace(old, new, 1) if name.endswith("sheet1.xml") else part
    )


def zip_bomb() -> bytes:
    """Return a spreadsheet that unpacks to a gigabyte of nothing."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("xl/workbook.xml", "<workbook/>")
        with book.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            for _ in range(300):
                sheet.write(bytes(1024 * 1024))
    return out.getvalue()


def lying_bomb() -> bytes:
    """Return a spreadsheet whose directory says that its parts are small."""
    filling = b"<!--" + random.Random(1).randbytes(100_000).hex().encode() + b"-->"  # noqa: S311
    bomb = in_sheet(b"</worksheet>", filling + b"</worksheet>")
    with zipfile.ZipFile(io.BytesIO(bomb)) as book:
        size = book.getinfo("xl/worksheets/sheet1.xml").file_size
    return bomb.replace(size.to_bytes(4, "little"), (4096).to_bytes(4, "little"))


def shared_text_bomb() -> bytes:
    """Return a spreadsheet in which one long text would be copied into many cells."""
    return doctored(
        lambda name, part: (
            part.replace(b">Ana<", b">" + b"A" * 9_000 + b"<")
            if name.endswith("sharedStrings.xml")
            else part
        )
    )


def merged() -> bytes:
    """Return a spreadsheet with two cells that are one."""
    return in_sheet(
        b"</sheetData>", b'</sheetData><mergeCells><mergeCell ref="B2:C2"/></mergeCells>'
    )


def encrypted_zip() -> bytes:
    """Return an archive whose parts carry the mark of a password."""
    content = bytearray(xlsx_of(HEAD, GOOD))
    for found in re.finditer(rb"PK\x01\x02", bytes(content)):
        content[found.start() + 8] |= 1
    return bytes(content)


def half_a_sign() -> bytes:
    """Return a CSV file in UTF-16 with the first half of a pair and nothing behind it."""
    content = csv_of("1,An?,,bakery,B,,").decode().encode("utf-16-le")
    return b"\xff\xfe" + content.replace(b"?\x00", b"\x00\xd8")


def half_a_reference(name: str, part: bytes) -> bytes:
    """Put a lone surrogate into the texts of a spreadsheet."""
    return part.replace(b">Ana<", b">A&#xD800;<") if "Strings" in name else part


OLD_EXCEL = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000)

FILES: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", "line 1: the file is empty"),
    "blanks": (b" \r\n \n", "line 1: the file is empty"),
    "a mark only": (b"\xef\xbb\xbf", "line 1: the file is empty"),
    "headings only": (csv_of(), "line 1: there is no line below"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "line 1, column 1: this column is not"),
    "latin-1": (
        csv_of("1,Zoë,,bakery,Bakery,,").decode().encode("latin-1"),
        "line 2, name: is not written in UTF-8",
    ),
    "utf-16 cut off": (
        csv_of(GOOD_LINE).decode().encode("utf-16")[:-1],
        "line 1: the file is not written in UTF-8",
    ),
    "utf-16 with half a sign": (half_a_sign(), "line 2, name: is not written in UTF-8"),
    "half a sign in UTF-8": (
        csv_of("1,An\xed,,bakery,B,,").replace(b"\xc3\xad", b"\xed\xa0\x80"),
        "line 2, name: is not written in UTF-8",
    ),
    "NUL": (csv_of("1,A\x00na,,bakery,B,,"), "line 2, name: holds a line break or another sign"),
    "NUL in a heading": (
        csv_of(GOOD_LINE, header="person_id,na\x00me,email,team,a,b,c"),
        "line 1, column 2: this column is not known",
    ),
    "a line break in a name": (
        csv_of('1,"Ana\nBen",,bakery,B,,'),
        "line 2, name: holds a line break",
    ),
    "writing that is turned": (
        csv_of("1,Ana \u202egpj.exe,,bakery,B,,"),
        "line 2, name: holds a hidden sign",
    ),
    "a formula": (
        csv_of('1,"=HYPERLINK(""http://x"")",,bakery,B,,'),
        "line 2, name: begins with =",
    ),
    "a formula in a team": (csv_of("1,Ana,,bakery,=1+1,,"), "line 2, team_name: begins with ="),
    "a huge cell": (csv_of(f"1,{'A' * 100_000},,bakery,B,,"), "line 2, name: is longer than 200"),
    "a cell beyond all measure": (
        csv_of(f"1,{'A' * 200_000},,bakery,B,,"),
        "line 2: is not a line of a CSV",
    ),
    "a quote without an end": (
        csv_of('1,"Ana,,bakery,B,,', *[GOOD_LINE] * 3),
        "line 2: is not a line of a CSV",
    ),
    "a cell too many": (csv_of(GOOD_LINE + ",x"), "line 2: has 8 cells, but there are 7 columns"),
    "a cell too few": (csv_of("1,Ana,,bakery"), "line 2: has 4 cells, but there are 7 columns"),
    "a column without a heading": (
        csv_of("1,Ana,,x,bakery", header="person_id,name,email,,team"),
        "line 1, column 4: this column has no heading",
    ),
    "a column twice": (
        csv_of(GOOD_LINE, header="person_id,name,email,team,TEAM,a,b"),
        "line 1, team: this column is there twice",
    ),
    "columns without end": (
        csv_of(",".join("x" * 5000), header=",".join(f"c{n}" for n in range(5000))),
        "line 1: has 5000 columns",
    ),
    "a heading without end": (
        csv_of(GOOD_LINE, header="person_id,name,email,team,b,c," + "x" * 300),
        "line 1, column 7: is longer than 200 letters",
    ),
    "no team": (
        csv_of("1,Ana,", header="person_id,name,email"),
        "line 1, team: this column is missing",
    ),
    "a person twice": (
        csv_of(GOOD_LINE, "1,Ben,,bakery,,,"),
        "line 3, person_id: '1' stands in line 2 already",
    ),
    "an address twice": (
        csv_of(GOOD_LINE, "2,Ben,ANA@example.org,bakery,,,"),
        "line 3, email: 'ana@example.org' stands in line 2",
    ),
    "a wrong date": (
        wide("1,Ana,,bakery,B,,,31/11/2026,,,,,,"),
        "line 2, from: '31/11/2026' is not a date",
    ),
    "a day that is none": (
        wide("1,Ana,,bakery,B,,,2026-11-31,,,,,,"),
        "line 2, from: '2026-11-31' is not a date",
    ),
    "a year of five digits": (
        wide("1,Ana,,bakery,B,,,12026-11-30,,,,,,"),
        "line 2, from: '12026-11-30' is not a date",
    ),
    "a time zone from a path": (
        wide("1,Ana,,bakery,B,,,,,../../etc/passwd,,,,"),
        "line 2, time_zone:",
    ),
    "a phone of letters": (
        wide("1,Ana,,bakery,B,,,,call me,,,,,"),
        "line 2, phone: 'call me' is not a number",
    ),
    "a team in a circle": (
        csv_of(",,,a,A,b,", ",,,b,B,a,"),
        "line 2, parent: 'a' would stand below itself",
    ),
    "a team that nobody knows": (
        csv_of("1,Ana,,bakery,Bakery,south,"),
        "line 2, parent: no team has the code 'south'",
    ),
    "two names of a team": (
        csv_of(GOOD_LINE, "2,Ben,,bakery,Bread,,"),
        "line 3, team_name: 'Bread', but line 2 says",
    ),
    "a path as a team": (csv_of("1,Ana,,../bakery,B,,"), "line 2, team: '../bakery' is not a code"),
    "managers in a circle": (
        wide("1,Ana,,b,B,,,,,,2,,,", "2,Ben,,b,,,,,,,1,,,"),
        "line 2, manager: '1' would be among",
    ),
    "one's own manager": (wide("1,Ana,,b,B,,,,,,1,,,"), "line 2, manager: '1' would be among"),
    "a manager whom nobody knows": (
        wide("1,Ana,,b,B,,,,,,9,,,"),
        "line 2, manager: nobody in this file",
    ),
    "managers without end": (
        wide("1,Ana,,b,B,,,,,,,,,", *(f"{n},X,,b,,,,,,,{n - 1},,," for n in range(2, 99))),
        "line 42, manager: '41' has more than 40",
    ),
    "a team that closes under people": (
        wide("1,Ana,,b,B,,,,,,,2026-12-01,,"),
        "line 2, team: the team 'b' has been closed",
    ),
    "a team that succeeds itself": (
        wide(",,,b,B,,,,,,,2026-12-01,b,"),
        "line 2, succeeded_by: 'b' would succeed",
    ),
    "an e-mail with a second line": (
        csv_of('1,Ana,"a@example.org\nBcc: x@example.org",bakery,B,,'),
        "line 2, email: holds a line break",
    ),
    "an old spreadsheet": (OLD_EXCEL, "line 1: the file is an old spreadsheet or has a password"),
    "an archive with a password": (encrypted_zip(), "line 1: the file has a password"),
    "a zip bomb": (zip_bomb(), "line 1: the file is packed so tightly"),
    "a zip bomb that lies": (lying_bomb(), "line 1: the file is damaged"),
    "another archive": (
        doctored(lambda _, part: part).replace(b"xl/workbook.xml", b"xl/workbook.xmm"),
        "line 1: the file is damaged",
    ),
    "half a spreadsheet": (xlsx_of(HEAD, GOOD)[:2000], "line 1: the file is damaged"),
    "a text that many cells share": (
        shared_text_bomb(),
        "line 2, column B: is longer than 1000 letters",
    ),
    "a cell far below": (
        in_sheet(b'r="A2"', b'r="A1048576"'),
        "line 1048576, column A: stands too far out",
    ),
    "a cell far right": (
        in_sheet(b'r="E2"', b'r="XFD2"'),
        "line 2, column XFD: stands too far out",
    ),
    "an entity in XML": (
        in_sheet(b"<worksheet", b'<!DOCTYPE x [<!ENTITY a "b">]><worksheet'),
        "line 1: the file is damaged",
    ),
    "half a sign in XML": (doctored(half_a_reference), "line 1: the file is damaged"),
    "merged cells": (merged(), "line 2, column B: is merged with other cells"),
    "the wrong sheet": (
        xlsx_of(("Notes",), ("call Ana",), sheets=("Notes", "Staff")),
        "line 1, team: this column is missing",
    ),
    "an empty sheet": (
        xlsx_of(sheets=("Empty", "Staff")),
        "line 1: the sheet 'Empty', the first of 2, is empty",
    ),
    "the error of a formula": (
        xlsx_of(HEAD, ("1", "#REF!", *GOOD[2:])),
        "line 2, name: holds #REF!",
    ),
    "a number that lost digits": (
        xlsx_of(HEAD, (1e18, *GOOD[1:])),
        "line 2, person_id: is a number too long",
    ),
}
