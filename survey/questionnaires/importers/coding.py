"""Codes of strangers as ours: small letters, digits and _, each once."""

import re
import unicodedata
from collections.abc import Iterable, Sequence

from survey.questionnaires.importers.reports import Report
from survey.questionnaires.importers.telling import tell as _

LONGEST_CODE = 70
LEAST_VALUE, MOST_VALUE = -999, 32767
WHOLE = re.compile(r"-?[0-9]{1,5}")


def make_code(raw: str, fallback: str) -> str:
    """Return what a code is in our letters; the fallback where nothing is left of it."""
    plain = unicodedata.normalize("NFKD", raw).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "_", plain).strip("_") if not _is_ours(raw) else raw
    if not slug:
        slug = fallback
    return (slug if slug[0].isalpha() else f"q_{slug}")[:LONGEST_CODE]


def _is_ours(raw: str) -> bool:
    return re.fullmatch(r"[a-z][a-z0-9_]*", raw) is not None


class Codes:
    """Gives questions or sections a code of their own, and tells what it had to change."""

    def __init__(self, report: Report) -> None:
        self._used: set[str] = set()
        self._next: dict[str, int] = {}  # where to look on for a free number
        self._report = report

    def take(self, raw: str, fallback: str, where: str) -> str:
        """Return a code that nobody has yet."""
        wanted = make_code(raw, fallback)
        code, number = wanted, self._next.get(wanted, 2)
        while code in self._used:
            code, number = f"{wanted[:64]}_{number}", number + 1
        self._used.add(code)
        self._next[wanted] = number
        if code != wanted:
            self._report.add(
                where, _("the code “%(code)s”") % {"code": raw or wanted}, self._twice(code)
            )
        elif raw and code != raw.lower():
            reason = _("is written “%(code)s” here: small letters, digits and _") % {"code": code}
            self._report.add(where, _("the code “%(code)s”") % {"code": raw}, reason)
        return code

    @staticmethod
    def _twice(code: str) -> str:
        return _("stands more than once; here it is “%(code)s”") % {"code": code}


def number_answers(codes: Sequence[str]) -> tuple[int, ...]:
    """Return a number for each answer: its own where all have different ones, else its place."""
    if all(WHOLE.fullmatch(code) for code in codes):
        numbers = [int(code) for code in codes]
        is_small = all(LEAST_VALUE <= number <= MOST_VALUE for number in numbers)
        if is_small and len(set(numbers)) == len(numbers):
            return tuple(numbers)
    return tuple(range(1, len(codes) + 1))


def free_number(numbers: Iterable[int]) -> int:
    """Return a number that no answer has: the next one, or one that is free below."""
    used = set(numbers)
    following = max(used, default=0) + 1
    if following <= MOST_VALUE:
        return following
    return next(number for number in range(1, MOST_VALUE) if number not in used)
