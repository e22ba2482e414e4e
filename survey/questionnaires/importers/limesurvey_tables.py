"""The tables inside a LimeSurvey file (.lss), read piece by piece and within bounds."""

from collections.abc import Mapping
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from survey.questionnaires.importers.reports import ImportRefusedError
from survey.questionnaires.importers.telling import tell as _

MOST_ROWS = 100_000
LONGEST_CELL = 1_000_000  # characters
TABLE, ROWS, ROW, CELL = 2, 3, 4, 5  # how deep in the file each stands
DEEPEST = 8

Row = dict[str, str]
Tables = Mapping[str, list[Row]]


class _Reader:
    """Takes what the parser meets and keeps rows by table, never a tree."""

    def __init__(self) -> None:
        self._path: list[str] = []
        self._text: list[str] = []
        self._n_characters = 0
        self._n_rows = 0
        self.tables: dict[str, list[Row]] = {}
        self.values: dict[str, str] = {}

    def start(self, tag: str, attributes: object) -> None:
        self._path.append(tag)
        self._text, self._n_characters = [], 0
        if len(self._path) == 1 and tag != "document":
            raise _no_survey()
        if len(self._path) > DEEPEST:
            raise ImportRefusedError(_("the file"), _("is nested too deeply for a LimeSurvey file"))
        if len(self._path) == ROW and tag == "row" and self._path[ROWS - 1] == "rows":
            self._n_rows += 1
            if self._n_rows > MOST_ROWS:
                raise ImportRefusedError(_("the file"), _("has more than 100,000 rows"))
            self.tables.setdefault(self._path[TABLE - 1], []).append({})

    def end(self, tag: str) -> None:
        text = "".join(self._text)
        if len(self._path) == CELL and self._path[ROW - 1] == "row":
            self.tables[self._path[TABLE - 1]][-1][tag] = text
        elif len(self._path) == TABLE:
            self.values[tag] = text.strip()
        self._path.pop()
        self._text = []

    def data(self, text: str) -> None:
        self._n_characters += len(text)
        if self._n_characters > LONGEST_CELL:
            raise ImportRefusedError(
                _("the file"), _("holds a text of more than a million characters")
            )
        self._text.append(text)

    def close(self) -> None:
        """Satisfy the parser; nothing is left open."""


def read_tables(data: bytes) -> Tables:
    """Return the rows of each table of a LimeSurvey file, or refuse what is none."""
    reader = _Reader()
    try:
        parser = DefusedXMLParser(target=reader, forbid_dtd=True)
        parser.feed(data)
        parser.close()
    except DefusedXmlException as error:
        reason = _("declares entities or a document type, which is refused as unsafe")
        raise ImportRefusedError(_("the file"), reason) from error
    except ParseError as error:
        line = _("line %(line)s") % {"line": error.position[0]}
        raise ImportRefusedError(line, _("is damaged: it is no well-formed XML")) from error
    except (ValueError, LookupError) as error:
        raise ImportRefusedError(_("the file"), _("is written in an unknown encoding")) from error
    if reader.values.get("LimeSurveyDocType") != "Survey":
        raise _no_survey()
    return reader.tables


def _no_survey() -> ImportRefusedError:
    reason = _("is no survey of LimeSurvey; export it there as “Survey structure (.lss)”")
    return ImportRefusedError(_("the file"), reason)
