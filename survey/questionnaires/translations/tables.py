"""Translations as a spreadsheet: one row per text, one column per language."""

import io
import re
import zipfile
from collections.abc import Iterator, Sequence

import xlsxwriter
from django.utils.translation import gettext as _

from survey.questionnaires.documents import Document
from survey.questionnaires.importers import ImportRefusedError, LeftOut
from survey.questionnaires.importers.telling import shorten
from survey.questionnaires.importers.xlsform_sheets import read_first_rows
from survey.questionnaires.translations.comparing import Translation, plain
from survey.questionnaires.translations.tags import find_tag
from survey.questionnaires.translations.texts import list_targets, list_texts, source_of

WHERE, SOURCE = "where", "source"
FORMULA = re.compile(
    rb"""<(?:\w+:)?c\b[^<>]*?\br\s*=\s*["']([A-Z]{1,3}[0-9]{1,7})["'][^<>]*>\s*<(?:\w+:)?f\b"""
)
MOST_NAMED = 10

Row = Sequence[str]


def write_table(document: Document) -> bytes:
    """Return the texts of a questionnaire as an XLSX file to translate in."""
    targets, languages = list_targets(document), document.languages
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        sheet = book.add_worksheet("texts")
        lines = book.add_format({"text_wrap": True, "valign": "top"})
        sheet.freeze_panes(1, 2)
        sheet.set_column(0, 0, 28, lines)
        sheet.set_column(1, 1 + len(targets), 60, lines)
        for column, heading in enumerate((WHERE, SOURCE, *targets)):
            sheet.write_string(0, column, heading)
        for number, text in enumerate(list_texts(document), start=1):
            said = [text.texts.get(tag, "") for tag in targets]
            cells = (text.where, source_of(text.texts, languages), *said)
            for column, cell in enumerate(map(plain, cells)):
                if cell:
                    sheet.write_string(number, column, cell)  # "=1+1" stays a text
    return buffer.getvalue()


def read_table(
    data: bytes, offered: Sequence[str]
) -> tuple[tuple[Translation, ...], tuple[LeftOut, ...]]:
    """Return the translations in an XLSX file and what in it is none; raise ImportRefusedError."""
    rows = read_first_rows(data)
    _refuse_formulas(data)
    at = next((at for at, row in enumerate(rows) if any(row)), None)
    if at is None:
        raise ImportRefusedError(_("the file"), _("its first sheet is empty"))
    headings = [heading.strip() for heading in rows[at]]
    where, source = (_find_column(headings, name) for name in (WHERE, SOURCE))
    columns, left_out = _languages(headings, {where, source}, offered)
    if not columns:
        raise ImportRefusedError(
            _("the headings"), _("none of them is a language of this questionnaire")
        )
    return tuple(
        Translation(_("row %(n)s") % {"n": number}, row[where].strip(), row[source], tag, row[at])
        for number, row in _numbered(rows, at + 1, len(headings))
        for at, tag in columns.items()
    ), tuple(left_out)


def _numbered(rows: Sequence[Row], begin: int, width: int) -> Iterator[tuple[int, Row]]:
    """Yield the rows below the headings with their numbers, all as wide as the headings."""
    for number, row in enumerate(rows[begin:], start=begin + 1):
        yield number, (*row, *[""] * (width - len(row)))


def _find_column(headings: Sequence[str], name: str) -> int:
    found = [at for at, heading in enumerate(headings) if heading.lower() == name]
    if len(found) != 1:
        why = _("there must be one column “%(name)s”, as in the file that was downloaded")
        raise ImportRefusedError(_("the headings"), why % {"name": name})
    return found[0]


def _languages(
    headings: Sequence[str], known: set[int], offered: Sequence[str]
) -> tuple[dict[int, str], list[LeftOut]]:
    columns: dict[int, str] = {}
    left_out = []
    for at, heading in enumerate(headings):
        if at in known or not heading:
            continue
        tag = find_tag(heading, offered)
        if tag is None:
            where = _("column “%(heading)s”") % {"heading": shorten(heading)}
            left_out.append(
                LeftOut(
                    where, _("all of it"), _("its heading names no language of the questionnaire")
                )
            )
        elif tag in columns.values():
            why = _("there are two columns for %(tag)s") % {"tag": tag}
            raise ImportRefusedError(_("the headings"), why)
        else:
            columns[at] = tag
    return columns, left_out


def _refuse_formulas(data: bytes) -> None:
    """Refuse cells that are worked out: what they show is not what stands in them."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sheets = (name for name in archive.namelist() if name.startswith("xl/worksheets/"))
        found = [cell.decode() for name in sheets for cell in FORMULA.findall(archive.read(name))]
    if found:
        where = _("cell %(cells)s") % {"cells": ", ".join(found[:MOST_NAMED])}
        raise ImportRefusedError(where, _("holds a formula; write the text itself"))
