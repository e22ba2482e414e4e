"""Follow every link and filter of the leaders' pages, and look for what may not stand there."""

import re
from collections import Counter, deque
from collections.abc import Collection, Iterator, Sequence
from functools import cache
from urllib.parse import parse_qs, urljoin, urlsplit

from django.test import Client
from django.urls import Resolver404, resolve

from tests.attacks.dating import date_pieces
from tests.attacks.printed import NUMBER, SURELY, Printed
from tests.attacks.reading import Line, Page, read_csv, read_page, read_xlsx

LEADER_PAGES = "/dashboards/"
MOST_CHOICES = 10  # of one page: every list is tried, long ones in strides
PER_SHAPE = 8
COUNTED_ROUTES = {"team", "figures", "overview", "waves", "linkage"}
OTHER_FIGURES = {"", "participation", "releases"}  # of ledgers.py
COUNT_COLUMNS = re.compile(r"^n$|^n,|answer|favourable|per ?cent|^asked|shown|threshold")
CLAIMS = re.compile(r"\b(?:drives?|drove|causes?|caused|impact of|leads to)\b", re.IGNORECASE)

DENIALS = re.compile(r"\bnot\b|\bnever\b", re.IGNORECASE)
MOST_LINES = 300  # of a file: longer ones are read in strides


def crawl(client: Client, *, only: str = "", per_shape: int = PER_SHAPE) -> list[Page]:
    """Return every page and file that can be reached, so many of one shape; only: one route."""
    waiting = deque([("/", "")])
    seen, shapes, pages = {"/"}, Counter[str](), []
    while waiting:
        address, subject = waiting.popleft()
        page = fetch(client, address, subject)
        pages.append(page)
        for link in [*page.links, *_stride(page.choices)]:
            target = urljoin(address, link).partition("#")[0]
            shape = _name_shape(target)
            if target in seen or not shape or (only and not shape.startswith(only)):
                continue
            if shapes[shape] < per_shape:
                seen.add(target)
                shapes[shape] += 1
                waiting.append((target, page.subject))
    return pages


def fetch(client: Client, address: str, subject: str = "") -> Page:
    """Read one address, whatever it answers; files are about what their page was about."""
    reply = client.get(address, follow=True)
    kind = reply.get("Content-Type", "")
    if kind.startswith("text/html"):
        return read_page(address, reply.status_code, reply.content.decode())
    page = Page(address, reply.status_code, subject=subject)
    if kind.startswith("text/csv"):
        text = b"".join(reply.streaming_content).decode()
        page.lines = _read_lines(read_csv(text))
    elif "spreadsheetml" in kind:
        page.lines = _read_lines(read_xlsx(reply.content))
    return page


def _read_lines(rows: Iterator[Sequence[str]]) -> list[Line]:
    """Return the rows of a file: decimals count, and whole numbers where the column says so."""
    head = next(rows)
    lines = [_read_line(head, row) for row in rows]
    return lines[:: 1 + len(lines) // MOST_LINES]


def _read_line(head: Sequence[str], row: Sequence[str]) -> Line:
    cells = tuple(
        (name, cell)
        for name, cell in zip(head, row, strict=False)
        if not cell.lstrip("-").isdigit() or COUNT_COLUMNS.search(name)
    )
    is_row = len(row) == len(head)
    return Line(" | ".join(cell for _, cell in cells), "", is_row, cells if is_row else ())


def _name_shape(address: str) -> str:
    """Return what kind of page an address is; none for pages that leaders do not read."""
    parts = urlsplit(address)
    if not parts.path.startswith(LEADER_PAGES):
        return ""
    try:
        route = resolve(parts.path).url_name or ""
    except Resolver404:
        return parts.path
    query = parse_qs(parts.query)
    return " ".join([route, *query.get("format", []), *query.get("table", [])])


def _stride(choices: list[str]) -> list[str]:
    step = max(1, len(choices) // MOST_CHOICES)
    return choices[::step]


def route_of(page: Page) -> str:
    """Return the name of a page's route."""
    return _name_shape(page.address).partition(" ")[0]


def find_names(
    pages: Collection[Page], names: Collection[str], *, surveys: Collection[str]
) -> set[str]:
    """Return which names stand on any page, names of surveys aside."""
    found = set()
    pattern = any_of(tuple(names))
    for page in pages:
        text = page.text
        for survey in surveys:
            text = text.replace(survey, "")
        found |= set(pattern.findall(text))
    return found


def find_unexplained(page: Page, printed: Printed) -> list[str]:
    """Return the figures of a page that are neither stored nor a difference of two stored ones.

    A figure must be stored of the group, the measure and the time that the page says it is of.
    """
    route = route_of(page)
    if route in OTHER_FIGURES:
        return []
    groups, measures = any_of(tuple(printed.groups)), any_of(tuple(printed.measures))

    @cache
    def metrics_in(text: str) -> set[str]:
        return {printed.measures[name] for name in measures.findall(text)}

    about, asked = set(groups.findall(page.subject)), metrics_in(page.subject)
    found, last, head = [], set[str](), ""
    for line in page.lines:
        last, head = (last if head == line.head and not line.is_row else set()), line.head
        last = metrics = metrics_in(line.text) or last or metrics_in(line.head) or asked
        named = set(groups.findall(line.text))
        for piece, whens in date_pieces(line, page.subject, printed.whens):
            text = measures.sub(" ", groups.sub(" ", printed.whens.remove(piece)))
            found += [
                f"{token} in {piece[:90]!r} of {line.text[:90]!r}"
                for token in _figures_of(SURELY.sub(" ", text), line, route)
                if not printed.allows(
                    token,
                    groups=named or about,
                    metrics=metrics,
                    whens=whens,
                    of_groups=bool(named) and ("." not in token or named <= printed.levels),
                )
            ]
    return found


def _figures_of(text: str, line: Line, route: str) -> Iterator[str]:
    """Yield the numbers that say something of people: decimals, shares, and numbers in tables."""
    for match in NUMBER.finditer(text):
        is_share = text[match.end() :].lstrip().startswith("%")
        is_counted = line.is_row and route in COUNTED_ROUTES
        if "." in match.group() or is_share or is_counted:
            yield match.group()


def find_claims(page: Page) -> list[str]:
    """Return the sentences that say that one thing brings another about; denials are none."""
    sentences = re.split(r"(?<=[.!?])\s|\n", page.text)
    return [one for one in sentences if CLAIMS.search(one) and not DENIALS.search(one)]


@cache
def any_of(names: tuple[str, ...]) -> re.Pattern[str]:
    """Return what finds any of some names, of two that begin alike the longer."""
    longest_first = sorted(names, key=len, reverse=True)
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, longest_first)) + r")(?!\w)")
