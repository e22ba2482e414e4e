"""Read pages and files as somebody with patience does: every line, every link, every filter."""

import csv
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from io import BytesIO, StringIO
from urllib.parse import urlencode
from xml.etree import ElementTree as ET
from zipfile import ZipFile

LINES = frozenset(
    {"tr", "p", "li", "h1", "h2", "h3", "h4", "caption", "summary", "dd", "div", "figcaption",
     "text", "title", "section", "blockquote", "footer"}
)  # fmt: skip
SILENT = frozenset({"style", "template"})
BOUND = frozenset({"td", "th"})
SPREADSHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
SHEETS = "xl/worksheets/sheet"


@dataclass(frozen=True)
class Line:
    """One line of a page or file; is_row where it stands in a table, head says under what.

    cells are those of a row, each with the head of its column, where the two can be matched.
    """

    text: str
    head: str = ""
    is_row: bool = False
    cells: tuple[tuple[str, str], ...] = ()


@dataclass
class Page:
    """What was read at one address; subject is what the whole page is about."""

    address: str
    status: int
    lines: list[Line] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    choices: list[str] = field(default_factory=list)
    subject: str = ""
    chosen: dict[str, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """Return everything that can be read."""
        return "\n".join(line.text for line in self.lines)


class Reader(HTMLParser):
    """Turn a page into lines, each with the headings above it."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self.page = page
        self.parts: list[str] = []
        self.heads = {"h1": "", "h2": "", "caption": "", "thead": ""}
        self.open: list[str] = []
        self.select = ""
        self.form: dict[str, list[tuple[str, bool]]] = {}
        self.option: tuple[str, bool] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.parts.append(" ")
        if tag in LINES and not self._is_in_row(tag):
            self._end_line()
        if tag in BOUND:
            self.parts.append(" | ")
        if tag in {*self.heads, "tr", "select", "option", "script", "nav", *SILENT}:
            self.open.append(tag)
        if tag in {"table", "h2"}:
            self.heads |= {"caption": "", "thead": ""}
        if tag == "a" and given.get("href"):
            self.page.links.append(str(given["href"]))
        self._start_choice(tag, given)

    def _start_choice(self, tag: str, given: dict[str, str | None]) -> None:
        if tag == "select":
            self.select = str(given.get("name"))
            self.form[self.select] = []
        if tag == "option":
            self.option = (str(given.get("value")), "selected" in given)
            self.form[self.select].append(self.option)

    def handle_endtag(self, tag: str) -> None:
        self.parts.append(" ")
        if (tag in LINES or tag in self.heads) and not self._is_in_row(tag):
            self._end_line()
        if tag in self.open:
            while self.open.pop() != tag:
                pass
        if tag == "form":
            self._end_form()

    def handle_data(self, data: str) -> None:
        if "script" in self.open:
            self.page.lines += read_chart(data)
            return
        if "option" in self.open:
            if self.option and self.option[1]:
                self.page.subject += f"\n{data.strip()}"
            self.page.lines.append(Line(data.strip()))
        elif not SILENT & set(self.open):
            self.parts.append(data)

    def close(self) -> None:
        super().close()
        self._end_line()

    def _is_in_row(self, tag: str) -> bool:
        """Say whether a tag stands inside a row, whose cells belong together."""
        return "tr" in self.open and tag != "tr"

    def _end_line(self) -> None:
        text = " ".join("".join(self.parts).split())
        self.parts.clear()
        if not text or text == "|":
            return
        for tag in self.heads:
            if tag in self.open:
                self.heads[tag] = f"{self.heads[tag]} {text}" if tag == "thead" else text
        if "h1" in self.open:
            self.page.subject += f"\n{text}"
        head = "\n".join(self.heads.values())
        is_row = "tr" in self.open and "thead" not in self.open
        cells = match_cells(self.heads["thead"], text) if is_row else ()
        self.page.lines.append(Line(text, head, is_row, cells))

    def _end_form(self) -> None:
        """Remember what the form sends if one of its lists is changed."""
        chosen = {
            name: next((value for value, is_chosen in options if is_chosen), "")
            for name, options in self.form.items()
        }
        for name, options in self.form.items():
            self.page.choices += [
                "?" + urlencode(chosen | {name: value})
                for value, is_chosen in options
                if not is_chosen
            ]
        self.page.chosen |= chosen
        self.form = {}


def read_page(address: str, status: int, html: str) -> Page:
    """Read a page."""
    page = Page(address, status)
    reader = Reader(page)
    reader.feed(html)
    reader.close()
    return page


def read_chart(text: str) -> Iterator[Line]:
    """Yield a line for each mark of a chart: its name, where it stands and how far its arms go.

    Where a picture shows no axes, places mean nothing.
    """
    figure = json.loads(text) if text.strip() else {"data": []}
    is_drawn = figure.get("layout", {}).get("xaxis", {}).get("visible") is False
    for trace in figure["data"]:
        if "markers" not in trace.get("mode", ""):
            continue
        said = trace.get("customdata") or trace.get("text") or [""] * len(trace["x"])
        arms = [
            trace.get(axis, {}).get(arm, [])
            for axis in ("error_x", "error_y")
            for arm in ("array", "arrayminus")
        ]
        for place, columns in enumerate(zip(said, trace["x"], trace["y"], strict=True)):
            beside = [arm[place] for arm in arms if place < len(arm)]
            columns = columns[:1] if is_drawn else columns
            yield Line(f"{columns} {beside}".replace("[", " ").replace("]", " "))


def match_cells(head: str, row: str) -> tuple[tuple[str, str], ...]:
    """Return the cells of a row with the heads of their columns; none where cells span columns."""
    heads, cells = ([one.strip() for one in text.split("|")[1:]] for text in (head, row))
    return tuple(zip(heads, cells, strict=True)) if len(heads) == len(cells) else ()


def read_csv(text: str) -> Iterator[Sequence[str]]:
    """Yield the rows of a file, its head first."""
    return csv.reader(StringIO(text))


def read_xlsx(book: bytes) -> Iterator[Sequence[str]]:
    """Yield the rows of all sheets of a workbook as texts, the head of the first one first."""
    with ZipFile(BytesIO(book)) as parts:
        strings = ["".join(one.itertext()) for one in _parse(parts, "xl/sharedStrings.xml")]
        names = sorted(name for name in parts.namelist() if name.startswith(SHEETS))
        for name in names:
            width = 0
            for row in _parse(parts, name).iter(f"{SPREADSHEET}row"):
                cells = {_place(one): _read_cell(one, strings) for one in row}
                width = width or len(cells)
                yield [cells.get(place, "") for place in range(max([width - 1, *cells]) + 1)]


def _parse(parts: ZipFile, name: str) -> ET.Element:
    return ET.fromstring(parts.read(name))  # noqa: S314 - our own server wrote it


def _place(cell: ET.Element) -> int:
    """Return the column of a cell such as "AB7", from 0 on."""
    letters = cell.attrib["r"].rstrip("0123456789")
    place = 0
    for letter in letters:
        place = 26 * place + ord(letter) - ord("A") + 1
    return place - 1


def _read_cell(cell: ET.Element, strings: Sequence[str]) -> str:
    value = cell.findtext(f"{SPREADSHEET}v", "")
    if cell.get("t") == "s":
        return strings[int(value)]
    return f"{float(value):.15g}" if value else ""
