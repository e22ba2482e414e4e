"""Read pages and files as somebody with patience does: every line, every link, every filter."""

import csv
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from io import BytesIO, StringIO
from urllib.parse import urlencode
from zipfile import ZipFile

LINES = frozenset(
    {"tr", "p", "li", "h1", "h2", "h3", "h4", "caption", "summary", "dd", "div", "figcaption",
     "text", "title", "section"}
)  # fmt: skip
SILENT = frozenset({"style", "template"})
SHARED_STRING = re.compile(r"<si>.*?</si>", re.DOTALL)
CELL = re.compile(r'<c r="[A-Z]+\d+"[^>]*?(?: t="(\w+)")?(?:/>|><v>([^<]*)</v>)')


@dataclass(frozen=True)
class Line:
    """One line of a page or file; is_row where it stands in a table, head says under what."""

    text: str
    head: str = ""
    is_row: bool = False


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
        if tag in LINES:
            self._end_line()
        if tag in {"td", "th"}:
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
        if tag in LINES or tag in self.heads:
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
        self.page.lines.append(Line(text, head, "tr" in self.open and "thead" not in self.open))

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
    """Yield a line for each mark of a chart: its name, where it stands and how far its arms go."""
    for trace in json.loads(text)["data"] if text.strip() else []:
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
            yield Line(f"{columns} {beside}".replace("[", " ").replace("]", " "))


def read_csv(text: str) -> Iterator[list[str]]:
    """Yield the rows of a file, its head first."""
    return csv.reader(StringIO(text))


def read_xlsx(book: bytes) -> str:
    """Return every text and number of a workbook, one a line."""
    with ZipFile(BytesIO(book)) as parts:
        sheets = [name for name in parts.namelist() if name.startswith("xl/worksheets/sheet")]
        strings = parts.read("xl/sharedStrings.xml").decode()
        numbers = [
            value
            for sheet in sheets
            for kind, value in CELL.findall(parts.read(sheet).decode())
            if kind != "s" and value
        ]
    return "\n".join(
        [re.sub(r"<[^>]+>", "", one) for one in SHARED_STRING.findall(strings)] + numbers
    )
