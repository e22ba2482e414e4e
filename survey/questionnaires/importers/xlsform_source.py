"""What the columns of an XLSForm say: languages, lists of answers, types and constraints."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from survey.questionnaires.importers.expressions import (
    XPATH,
    Call,
    CannotSayError,
    Compared,
    Joined,
    Literal,
    Name,
    Node,
    parse,
)
from survey.questionnaires.importers.reports import Report
from survey.questionnaires.importers.tags import MOST_LANGUAGES, read_tag
from survey.questionnaires.importers.telling import tell as _
from survey.questionnaires.importers.xlsform_sheets import Line, Sheet
from survey.questionnaires.models import ItemKind
from survey.questionnaires.reading import is_day

WORDED = ("label", "hint", "constraint_message", "required_message")
SELECT = re.compile(
    r"(?P<type>select[ _]?one|select1|select[ _]?multiple|select all that apply|rank)"
    r"(?: from)?\s+(?P<list>\S+)(?P<other>\s+or[ _](?:specify[ _])?other)?",
    re.IGNORECASE,
)
PARAMETER = re.compile(r"([a-z_]+)\s*=\s*([^\s,;]+)", re.IGNORECASE)


class Languages:
    """The languages of a form, and its texts by them."""

    def __init__(self, sheets: Iterable[Sheet], default: str, report: Report) -> None:
        self._by_name: dict[str, str] = {}
        self.tags: list[str] = []
        names = [name for sheet in sheets for name in _languages_of(sheet.headings)]
        has_plain = any(word in sheet.headings for sheet in sheets for word in ("label", "hint"))
        own = default if default and default.lower() != "default" else ""
        for name in dict.fromkeys(names):
            self._take(name, report)
        if own and own not in self._by_name and read_tag(own) not in self.tags:
            self._take(own, report)
        first = self._by_name.get(own) or read_tag(own)
        self.tags.sort(key=lambda tag: tag != first)
        if has_plain and not own:
            tag = self.tags[0] if self.tags else "en"
            reason = _("is not said; its texts are taken as “%(tag)s”") % {"tag": tag}
            report.add(_("the form"), _("the language of the plain column “label”"), reason)
        self.tags = self.tags or ["en"]

    def texts(self, cells: Mapping[str, str], word: str) -> dict[str, str]:
        """Return the texts of a column by tag."""
        texts = {
            tag: cells[f"{word}::{name}"]
            for name, tag in self._by_name.items()
            if f"{word}::{name}" in cells
        }
        if word in cells:
            texts.setdefault(self.tags[0], cells[word])
        return texts

    def _take(self, name: str, report: Report) -> None:
        tag = read_tag(name)
        if tag is None and not self.tags:
            tag = "und"
            reason = _("is no language known here; its texts are taken as “und”, undetermined")
            report.add(_("the languages"), name, reason)
        is_full = len(self.tags) >= MOST_LANGUAGES
        if tag is None or is_full or (tag in self.tags and name not in self._by_name):
            reason = _("is no language known here, stands twice, or is one too many")
            report.add(_("the languages"), name, reason)
            return
        self._by_name[name] = tag
        self.tags.append(tag)


def _languages_of(headings: Iterable[str]) -> Iterator[str]:
    for heading in headings:
        word, _colons, language = heading.partition("::")
        if word in WORDED and language:
            yield language


@dataclass(frozen=True, slots=True)
class Choices:
    """Lists of answers by name, each with its lines."""

    lists: Mapping[str, list[Line]]


def read_choices(sheet: Sheet, report: Report) -> Choices:
    """Return the lists of answers; tell lines and columns that say nothing here."""
    lists: dict[str, list[Line]] = {}
    seen: set[tuple[str, str]] = set()
    for line in sheet.lines:
        name, where = line.cells.get("list_name", "").strip(), choices_line(line)
        if not name or not code_of(line):
            report.add(where, _("the answer"), _("it has no list or no name"))
        elif (name, code_of(line)) in seen:
            what = _("the answer “%(name)s”") % {"name": code_of(line)}
            report.add(where, what, _("it stands twice in its list"))
        else:
            seen.add((name, code_of(line)))
            lists.setdefault(name, []).append(line)
    known = ("list_name", "name", "value", "score")
    for heading in sheet.headings:
        if heading not in known and heading.partition("::")[0] != "label":
            what = _("the column “%(heading)s”") % {"heading": heading}
            report.add(_("sheet “choices”"), what, _("has no counterpart here"))
    return Choices(lists)


def code_of(line: Line) -> str:
    """Return the name of an answer."""
    return (line.cells.get("name") or line.cells.get("value") or "").strip()


def choices_line(line: Line) -> str:
    """Say where an answer stands."""
    return _("sheet “choices”, line %(line)s") % {"line": line.number}


@dataclass(slots=True)
class Constraint:
    """Bounds of an answer, answers that stand alone, and whether anything was not understood."""

    settings: dict[str, Any] = field(default_factory=dict)
    exclusive: list[str] = field(default_factory=list)
    lost: str = ""  # why some of it was not


def read_constraint(said: str, kind: str) -> Constraint:
    """Return what a constraint says of an item of a kind."""
    found = Constraint()
    try:
        tree = parse(said, XPATH)
        parts = tree.parts if isinstance(tree, Joined) and tree.by == "all" else (tree,)
    except CannotSayError as error:
        found.lost = error.why
        return found
    for part in parts:
        if not (_take_alone(part, found) or _take_bound(part, kind, found)):
            found.lost = _("only bounds of the answer itself can be kept")
    return found


def _take_bound(part: Node, kind: str, found: Constraint) -> bool:
    match part:
        case Compared(Name("."), op, Literal(value, True)) if kind == ItemKind.NUMBER:
            return _take_number(op, float(value), found)
        case Compared(Name("."), op, Call("date", (Literal(value),)) | Literal(value, False)):
            name = {">=": "minimum", "<=": "maximum"}.get(op)
            if kind == ItemKind.DATE and name and is_day(value):
                found.settings[name] = value
                return True
        case Compared(Call("count-selected", (Name("."),)), op, Literal(value, True)):
            return kind == ItemKind.MULTIPLE and _take_count(op, value, found)
    return False


def _take_number(op: str, value: float, found: Constraint) -> bool:
    """Take a bound; one that stands outside itself is known to be whole only for integers."""
    name = {">=": "minimum", "<=": "maximum"}.get(op)
    if name is None or abs(value) > 1e15:
        return False
    found.settings[name] = int(value) if value.is_integer() else value
    return True


def _take_count(op: str, value: str, found: Constraint) -> bool:
    count = int(float(value))
    bounds = {">=": ("min_choices", count), ">": ("min_choices", count + 1)}
    bounds |= {"<=": ("max_choices", count), "<": ("max_choices", count - 1)}
    if op not in bounds or not 0 <= bounds[op][1] <= 32767:
        return False
    found.settings.update([bounds[op]])
    return True


def _take_alone(part: Node, found: Constraint) -> bool:
    """Take “not this one together with others”."""
    match part:
        case Call(
            "not",
            (
                Joined(
                    "all",
                    (
                        Call("selected", (Name("."), Literal(code))),
                        Compared(Call("count-selected", (Name("."),)), ">", Literal("1")),
                    ),
                ),
            ),
        ):
            found.exclusive.append(code)
            return True
    return False


def read_parameters(said: str) -> dict[str, str]:
    """Return the parameters of a question by name."""
    return {name.lower(): value for name, value in PARAMETER.findall(said)}
