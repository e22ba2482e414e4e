"""When a figure is of: the months, quarters and waves that a page names beside it."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache

from survey.aggregation.models import Release
from survey.aggregation.periods import find_period
from survey.campaigns.models import Wave
from survey.core.periods import Period, period_name
from tests.attacks.reading import Line

EVER = ""
ANY_TIME = frozenset({EVER})
DAYS = re.compile(r"\d{4}-\d\d-\d\d|\d{1,2} [A-Z][a-z]+ \d{4}")
QUARTERS = re.compile(r"Q([1-4]) (\d{4})|(\d{4})-Q([1-4])")
MONTHS = re.compile(r"\b([A-Z][a-z]{2,8}) (\d{4})\b|\b(\d{4})-(\d\d)\b")
NAMES = {f"{date(2000, month, 1):%B}": month for month in range(1, 13)}
YEARS = re.compile(r"\b20\d\d\b")
NOW_COLUMN = re.compile(r"^(?:score|n|value|low|high|printed|now|now_\w+)\b", re.IGNORECASE)
THEN_COLUMN = re.compile(r"^(?:then|before|then_\w+)$", re.IGNORECASE)
CHANGE_COLUMN = re.compile(r"change|difference", re.IGNORECASE)


class Whens:
    """Names of times as they stand in texts: "2025-Q4", "2025-12", or a wave's own name."""

    def __init__(self) -> None:
        self.waves: dict[str, str] = {}
        for wave in Wave.objects.select_related("campaign"):
            names = (str(wave), f"{wave.campaign.name}, wave {wave.number}")
            self.waves |= dict.fromkeys(names, str(wave))
        longest_first = sorted(self.waves, key=len, reverse=True)
        self._waves = re.compile(
            r"(?<!\w)(?:" + "|".join(map(re.escape, longest_first)) + r")(?!\w)"
        )
        self.list = cache(self._list)  # pages say much the same
        self.remove = cache(self._remove)

    def of_release(self, release: Release) -> frozenset[str]:
        """Return under which names a release may be told: its wave, month and quarter."""
        wave = release.wave
        starts = [(find_period(release, period), period) for period in Period.values]
        found = {when for start, period in starts for when in self.of_period(start, period)}
        return frozenset(found | {str(wave)})

    def of_period(self, start: date, period: str) -> frozenset[str]:
        """Return under which names a month or quarter may be told."""
        return ANY_TIME | self.find(period_name(start, period))

    def find(self, text: str) -> frozenset[str]:
        """Return the times that a text names; days are none."""
        return frozenset(self.list(text))

    def _list(self, text: str) -> tuple[str, ...]:
        """Return the times that a text names in their order, each once."""
        placed = [
            (match.start(), self.waves[match.group()]) for match in self._waves.finditer(text)
        ]
        rest = DAYS.sub(lambda match: " " * len(match.group()), text)
        placed += [(match.start(), _name_quarter(match)) for match in QUARTERS.finditer(rest)]
        placed += [
            (match.start(), when) for match in MONTHS.finditer(rest) if (when := _name_month(match))
        ]
        return tuple(dict.fromkeys(when for _, when in sorted(placed)))

    def _remove(self, text: str) -> str:
        """Return a text without its times, whose numbers are no figures."""
        for pattern in (self._waves, DAYS, QUARTERS, MONTHS, YEARS):
            text = pattern.sub(_blank, text)
        return text


def date_pieces(line: Line, subject: str, whens: Whens) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield a line in pieces that are about the same times, with these; of none: of any time.

    A column that names a time is about that one, and a row whose cell is nothing but a time about
    that; else what the line names and what the whole page is about.
    """
    around = whens.find(line.text) | whens.find(line.head) | whens.find(subject)
    if not line.cells:
        yield line.text, around
        return
    own = [whens.find(cell) for _, cell in line.cells if _is_time(cell, whens)]
    chosen = whens.list(subject) or whens.list(line.head)
    for head, cell in line.cells:
        if CHANGE_COLUMN.search(head):
            yield cell, around
        elif own:
            yield cell, frozenset().union(*own)
        else:
            yield cell, _of_column(head, chosen, whens) or around


def _of_column(head: str, chosen: Sequence[str], whens: Whens) -> frozenset[str]:
    """Return the time that a column is about: the one it names, or that of the page, or before."""
    if len(chosen) > 1 and NOW_COLUMN.search(head):
        return whens.find(head) or frozenset(chosen[:1])
    if len(chosen) > 1 and THEN_COLUMN.search(head):
        return whens.find(head) or frozenset(chosen[1:])
    return whens.find(head)


def _is_time(cell: str, whens: Whens) -> bool:
    return bool(whens.find(cell)) and not whens.remove(cell).strip(" ,")


def _name_quarter(match: re.Match[str]) -> str:
    return f"{match[2]}-Q{match[1]}" if match[1] else f"{match[3]}-Q{match[4]}"


def _name_month(match: re.Match[str]) -> str:
    if match[3]:
        return f"{match[3]}-{match[4]}"
    return f"{match[2]}-{NAMES[match[1]]:02}" if match[1] in NAMES else ""


def _blank(match: re.Match[str]) -> str:
    """Keep words that look like the name of a month and are none."""
    is_word = match.re is MONTHS and not _name_month(match)
    return match.group() if is_word else " "
