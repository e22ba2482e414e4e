"""HTML of strangers as plain text, and what is lost by that. Nothing of it is ever run."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

import nh3
from django.utils.translation import gettext_noop as _

from survey.questionnaires.importers.telling import tell
from survey.questionnaires.reading import UNWRITABLE

LONGEST_MARKUP = 100_000  # characters
MOST_TAGS = 2_000  # deep nesting costs its square
MARKED_UP = re.compile(
    r"<[A-Za-z/!?]|&(#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});"
)
BREAKS = ("br", "p", "div", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table")
BREAK = re.compile(rf"</?(?:{'|'.join(BREAKS)})>")
CELL = re.compile(r"</?(?:td|th)>")
LOST: dict[str, tuple[re.Pattern[str], str]] = {
    "script": (re.compile(r"<\s*script\b", re.I), _("a script")),
    "style": (re.compile(r"<\s*(?:style|link)\b", re.I), _("a style sheet")),
    "event": (re.compile(r"<[^<>]{1,500}[\s\"'/]on[a-z]{3,20}\s*=", re.I), _("an event handler")),
    "image": (re.compile(r"<\s*(?:img|image|svg|picture|canvas)\b", re.I), _("a picture")),
    "sound": (re.compile(r"<\s*(?:audio|video|source|track)\b", re.I), _("a sound or film")),
    "link": (re.compile(r"<\s*a\b[^<>]{0,500}\bhref", re.I), _("where a link leads")),
    "frame": (
        re.compile(r"<\s*(?:iframe|frame|object|embed|applet)\b", re.I),
        _("a page inside the page"),
    ),
    "form": (
        re.compile(r"<\s*(?:form|input|button|select|textarea)\b", re.I),
        _("a form inside the text"),
    ),
    "table": (re.compile(r"<\s*table\b", re.I), _("the layout of a table")),
}


@dataclass(frozen=True, slots=True)
class PlainText:
    """A text without markup, and what was taken out of it."""

    text: str
    lost: tuple[str, ...] = ()


def read_markup(source: str) -> PlainText:
    """Return HTML as plain text; a text without any markup stays as it is."""
    text = drop_unwritable(source)
    lost = list(_list_lost(source, text))
    text = "<".join(text[:LONGEST_MARKUP].split("<")[: MOST_TAGS + 1])
    if len(text) < len(source):
        text = re.sub(r"<[^<>]*\Z", "", text)  # no half of a tag
    if MARKED_UP.search(text):
        text = drop_unwritable(_plain(text))
    return PlainText(text.strip(), tuple(lost))


def drop_unwritable(text: str) -> str:
    """Return a text without the characters that cannot be shown or stored."""
    return UNWRITABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def escape_markup(text: str) -> str:
    """Return a plain text so that read_markup gives it back, changed only where it must be."""
    return text.replace("&", "&amp;").replace("<", "&lt;") if MARKED_UP.search(text) else text


def _list_lost(source: str, writable: str) -> Iterator[str]:
    if len(writable) < len(source.replace("\r\n", "\n")):
        yield tell(_("characters that cannot be shown"))
    if len(writable) > LONGEST_MARKUP or writable.count("<") > MOST_TAGS:
        yield tell(_("what stands after 100,000 characters or 2,000 tags"))
    if "<" in writable:
        for pattern, what in LOST.values():
            if pattern.search(writable[:LONGEST_MARKUP]):
                yield tell(what)


def _plain(source: str) -> str:
    """Let nh3 take out all but bare breaks, which become lines."""
    kept = nh3.clean(source, tags={*BREAKS, "td", "th"}, attributes={}, link_rel=None)
    lines = CELL.sub(" ", BREAK.sub("\n", re.sub(r"\s+", " ", kept)))
    text = html.unescape(lines).replace("\N{NO-BREAK SPACE}", " ")
    tidy = (" ".join(line.split()) for line in text.split("\n"))
    return re.sub(r"\n{2,}", "\n", "\n".join(tidy)).strip()
